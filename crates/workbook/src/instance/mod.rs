//! Uses of tools: at a placement of the workbook, where it belongs to the placement, or outside of it, where it is the
//! person's own to make and to take away.

mod details;
mod find;
mod note;
mod own;

use dreamtree_content::{Library, Module, Placement, PlacementId, ToolId};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait};

pub use details::{Asked, Change, Details, details};
pub use find::{Origin, Page, Place, Wanted, find, page};
pub(crate) use note::note_answers;
use note::{note, readable};
pub use own::{Draft, create, delete, update};

use crate::{
    Error, InstanceId,
    answered::Kept,
    entity::user_tool_instances::{ActiveModel, Entity, Model},
    progress,
    sealed::Row,
    tool,
};

const TABLE: &str = "user_tool_instances";
const TITLE: &str = "title";
const SUMMARY: &str = "summary";

/// One use of a tool.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The use among the person's.
    pub id: InstanceId,
    /// The tool.
    pub tool: ToolId,
    /// Where in the workbook it stands, perhaps no longer; `None` for one of the person's own.
    pub placement: Option<PlacementId>,
    /// What the person calls it; at most 200 characters.
    pub title: Private<String>,
    /// A line to know it by, made of what it held when it was last saved; at most 200 characters.
    pub summary: Private<String>,
    /// Of what it held when it was last saved; `None` if that was private and could not be read then.
    pub content_hash: Option<String>,
    /// Counts the times it was saved, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last saved.
    pub updated_at: Instant,
}

/// The use of a tool at a placement, made if there is none. What it holds is noted later, by [`note_answers`].
pub(crate) async fn at(
    scope: &Scope,
    placement: &Placement,
    tool: ToolId,
    known: Option<&Kept>,
) -> Result<InstanceId, DbErr> {
    if let Some(row) = known {
        return Ok(InstanceId::from(row.id));
    }
    let id = InstanceId::new();
    insert(scope, id, tool, Some(placement.id), None).await?;
    Ok(id)
}

/// A row that was not saved yet: the first [`note`] makes it the first revision.
async fn insert(
    scope: &Scope,
    id: InstanceId,
    tool: ToolId,
    placement: Option<PlacementId>,
    title: Option<(String, i32)>,
) -> Result<(), DbErr> {
    let (title, generation) = title.unzip();
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        tool_id: Set(tool.0),
        stem_id: Set(placement.map(|placement| placement.0)),
        title: Set(title),
        summary: Set(None),
        is_sealed: Set(false),
        content_hash: Set(None),
        key_generation: Set(generation),
        revision: Set(0),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Notes that what a tool captured was changed elsewhere than where the tool was used.
pub(crate) async fn touch(scope: &Scope, library: &Library, id: InstanceId) -> Result<(), Error> {
    let row = Entity::find_by_id((scope.user(), id))
        .one(scope.connection())
        .await?;
    let row = row.ok_or(Error::Corrupt("a use of a tool that is not there"))?;
    // A tool that left the workbook holds nothing that could be read.
    if let Some(tool) = library.tool(ToolId(row.tool_id)) {
        let held = tool::held(scope, library, tool, id).await?;
        note(scope, tool, id, readable(&held)).await?;
    }
    let placement = row.stem_id.map(PlacementId);
    let index = placement.and_then(|placement| library.index_of(placement));
    let holds = |index| move |module: &&Module| module.span.contains(&index);
    if let Some(module) = index.and_then(|index| library.modules().iter().find(holds(index))) {
        progress::note_change(scope, module).await?;
    }
    Ok(())
}

/// Refuses to take away what belongs to a use of a tool.
pub(crate) fn refuse(instance: Option<InstanceId>) -> Result<(), Error> {
    match instance {
        Some(_) => Err(Error::invalid(
            "input.id",
            "belongs to a use of a tool; change it there, it cannot be taken away by itself",
        )),
        None => Ok(()),
    }
}

fn read(scope: &Scope, row: &Model) -> Instance {
    let sealed = Row::new(scope, TABLE, row.id);
    let plain = |text: &Option<String>| text.clone().map_or(Private::Empty, Private::Open);
    Instance {
        id: row.id,
        tool: ToolId(row.tool_id),
        placement: row.stem_id.map(PlacementId),
        title: sealed.open(TITLE, row.title.as_deref()),
        summary: if row.is_sealed {
            sealed.open(SUMMARY, row.summary.as_deref())
        } else {
            plain(&row.summary)
        },
        content_hash: row.content_hash.clone(),
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
