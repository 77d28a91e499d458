//! Uses of tools outside of the workbook: made, changed and taken away by the person.

use std::sync::Arc;

use dreamtree_content::{Library, Tool, ToolId, ToolKind, ToolPlacement, ToolSettings};
use dreamtree_database::Scope;
use dreamtree_types::Patch;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use super::{Instance, TABLE, TITLE, insert, note, read, readable};
use crate::{
    Answered, Error, InstanceId, Position, Saved, Value,
    entity::user_tool_instances::{Column, Entity, Model},
    owned::is_stale,
    sealed::{Row, optional},
    tool::{self, Site},
};

/// The most uses of tools outside of the workbook that a person may have.
const MOST: u64 = 500;

const LONGEST_TITLE: usize = 200;

/// What to change about a use of a tool.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What the person calls it; at most 200 characters.
    pub title: Patch<String>,
    /// What it holds; cannot be taken away. Of one of the workbook, the answer at its placement says.
    pub value: Patch<Value>,
}

/// Begins a use of a tool outside of the workbook. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    library: &Library,
    id: Option<InstanceId>,
    tool: ToolId,
    title: Option<&str>,
    value: &Value,
) -> Result<Instance, Error> {
    let id = id.unwrap_or_default();
    if let Some(row) = row(scope, id).await? {
        return Ok(read(scope, &row));
    }
    let tool = library.tool(tool).ok_or_else(|| Error::missing("tool"))?;
    let at = outside(tool)?;
    refuse_locked(scope, library, tool.id).await?;
    refuse_too_many(scope).await?;
    let title = seal(scope, id, title)?;
    insert(scope, id, tool.id, None, title).await?;
    save(scope, library, &at, id, value).await?;
    one(scope, id).await
}

/// Changes a use of a tool; of one of the workbook only what it is called.
pub async fn update(
    scope: &Scope,
    library: &Library,
    id: InstanceId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Instance>, Error> {
    let row = row(scope, id).await?.ok_or_else(|| Error::missing("id"))?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(scope, &row)));
    }
    retitle(scope, &row, draft.title).await?;
    match &draft.value {
        Patch::Keep => count(scope, id).await?,
        Patch::Clear => return Err(Error::invalid("value", "must not be empty")),
        Patch::Set(_) if row.stem_id.is_some() => {
            let rule = "belongs to an exercise of the workbook; answer its placement to change it";
            return Err(Error::invalid("value", rule));
        }
        Patch::Set(value) => {
            let tool = library.tool(ToolId(row.tool_id));
            let tool = tool.ok_or_else(|| Error::missing("id"))?;
            save(scope, library, &outside(tool)?, id, value).await?;
        }
    }
    Ok(Saved::Done(one(scope, id).await?))
}

/// Takes a use of a tool away with all that it holds, unless it belongs to the workbook.
pub async fn delete(scope: &Scope, id: InstanceId, expected: Option<i32>) -> Result<(), Error> {
    let row = row(scope, id).await?;
    let row = row.ok_or_else(|| Error::missing("input.id"))?;
    if row.stem_id.is_some() {
        let rule =
            "belongs to an exercise of the workbook; change it there, it cannot be taken away";
        return Err(Error::invalid("input.id", rule));
    }
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    tool::ideas::fell_of(scope, id).await?;
    Entity::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// The tool as it is where no author asks anything of it.
fn outside(tool: &Arc<Tool>) -> Result<ToolPlacement, Error> {
    let settings = ToolSettings::standalone(tool.kind).ok_or_else(|| {
        let rule = match tool.kind {
            ToolKind::RankingGrid | ToolKind::BucketingTool => {
                "puts something of the workbook in order, and is used there"
            }
            ToolKind::Collection => "shows what is kept by itself, and holds nothing",
            _ => "is there once for each person, and is not used anew",
        };
        Error::invalid("tool", rule)
    })?;
    Ok(ToolPlacement {
        tool: Arc::clone(tool),
        instructions: None,
        settings,
    })
}

async fn refuse_locked(scope: &Scope, library: &Library, tool: ToolId) -> Result<(), Error> {
    let answered = Answered::find(scope).await?;
    let position = Position::of(library, &answered);
    let first = library.first_placement_of(tool);
    match first.filter(|index| position.opens(*index)) {
        Some(_) => Ok(()),
        None => Err(Error::Locked("tool")),
    }
}

async fn refuse_too_many(scope: &Scope) -> Result<(), Error> {
    let count = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::StemId.is_null())
        .count(scope.connection())
        .await?;
    if count < MOST {
        return Ok(());
    }
    let rule = format!("has room for {MOST} uses of tools of one's own; take one away first");
    Err(Error::invalid("", rule))
}

/// Keeps the data and notes what is held now.
async fn save(
    scope: &Scope,
    library: &Library,
    at: &ToolPlacement,
    id: InstanceId,
    value: &Value,
) -> Result<(), Error> {
    let data = tool::check_kind(at.tool.kind, value)?;
    let site = Site {
        placement: None,
        tool: at,
        instance: id,
    };
    tool::save(scope, library, site, data).await?;
    let held = tool::held(scope, library, &at.tool, id).await?;
    note(scope, &at.tool, id, readable(&held)).await
}

/// A title as it is kept, with the generation of its key.
fn seal(
    scope: &Scope,
    id: InstanceId,
    title: Option<&str>,
) -> Result<Option<(String, i32)>, Error> {
    let Some(title) = optional(title, LONGEST_TITLE, "title")? else {
        return Ok(None);
    };
    let row = Row::new(scope, TABLE, id);
    let generation = row.generation(None)?;
    let sealed = row.seal(TITLE, Some(&title))?;
    Ok(sealed.map(|title| (title, generation)))
}

/// Gives it another title, or none.
async fn retitle(scope: &Scope, row: &Model, title: Patch<String>) -> Result<(), Error> {
    let title = match &title {
        Patch::Keep => return Ok(()),
        Patch::Clear => None,
        Patch::Set(title) => seal(scope, row.id, Some(title))?,
    };
    let sealed = Row::new(scope, TABLE, row.id);
    // What cannot be read now is not taken away by mistake.
    let generation = if row.title.is_some() || title.is_some() {
        Some(sealed.generation(row.key_generation)?)
    } else {
        row.key_generation
    };
    Entity::update_many()
        .col_expr(Column::Title, Expr::value(title.map(|(title, _)| title)))
        .col_expr(Column::KeyGeneration, Expr::value(generation))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(row.id))
        .exec(scope.connection())
        .await?;
    Ok(())
}

async fn count(scope: &Scope, id: InstanceId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id))
        .exec(scope.connection())
        .await?;
    Ok(())
}

async fn row(scope: &Scope, id: InstanceId) -> Result<Option<Model>, Error> {
    let row = Entity::find_by_id((scope.user(), id));
    Ok(row.one(scope.connection()).await?)
}

async fn one(scope: &Scope, id: InstanceId) -> Result<Instance, Error> {
    let row = row(scope, id).await?;
    let row = row.ok_or(Error::Corrupt("a use of a tool was not kept"))?;
    Ok(read(scope, &row))
}
