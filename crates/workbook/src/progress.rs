//! How far a person has come: modules, parts and the whole workbook.

mod count;
mod note;

use std::collections::BTreeSet;

use dreamtree_content::{Library, Module, ToolId};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

pub use count::Count;
pub(crate) use note::{note_change, note_completion, touch};

use crate::{
    Answered, Position,
    entity::user_modules::{Column, Entity, Model},
};

/// How far a person has come in one module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleProgress {
    /// Such as `1.1`.
    pub module: String,
    /// The part that it belongs to; 1 and up.
    pub part: i32,
    /// The module's title.
    pub title: String,
    /// Its required placements.
    pub count: Count,
    /// When it was first found complete by a save; never changes afterwards. `None` if not asked for, too.
    pub first_completed_at: Option<Instant>,
    /// When anything in the module was last saved. `None` if not asked for, too.
    pub last_modified_at: Option<Instant>,
}

/// How far a person has come in one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartProgress {
    /// 1 and up.
    pub part: i32,
    /// The title of the module that opens the part, if there is one.
    pub title: Option<String>,
    /// The required placements of its modules.
    pub count: Count,
}

/// How far a person has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Where they stand.
    pub position: Position,
    /// All required placements.
    pub count: Count,
    /// All parts in the order of reading.
    pub parts: Vec<PartProgress>,
    /// All modules in the order of reading.
    pub modules: Vec<ModuleProgress>,
}

impl Progress {
    /// The progress of the scope's person, in one statement, and another one if the times of the modules are wanted.
    pub async fn find(scope: &Scope, library: &Library, times: bool) -> Result<Self, DbErr> {
        let answered = Answered::find(scope).await?;
        let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
        let rows = if times {
            scope.gather(mine).await?
        } else {
            Vec::new()
        };
        let modules = library.modules().iter().map(|module| {
            let row = rows.iter().find(|row| row.module_id == module.id);
            ModuleProgress::of(library, module, &answered, row)
        });
        Ok(Self {
            position: Position::of(library, &answered),
            count: Count::of(library.placements(), &answered),
            parts: parts(library, &answered),
            modules: modules.collect(),
        })
    }
}

impl ModuleProgress {
    fn of(library: &Library, module: &Module, answered: &Answered, row: Option<&Model>) -> Self {
        Self {
            module: module.id.clone(),
            part: module.part,
            title: module.title.clone(),
            count: Count::of(&library.placements()[module.span.clone()], answered),
            first_completed_at: row.and_then(|row| row.first_completed_at),
            last_modified_at: row.map(|row| row.last_modified_at),
        }
    }
}

fn parts(library: &Library, answered: &Answered) -> Vec<PartProgress> {
    let modules = library
        .modules()
        .chunk_by(|one, next| one.part == next.part);
    let part = |modules: &[Module]| {
        let [first, ..] = modules else { return None };
        let end = modules.last().unwrap_or(first).span.end;
        let placements = &library.placements()[first.span.start..end];
        Some(PartProgress {
            part: first.part,
            title: (first.module == 0).then(|| first.title.clone()),
            count: Count::of(placements, answered),
        })
    };
    modules.filter_map(part).collect()
}

/// The tools that a step from one position to another unlocks.
pub(crate) fn unlocked(library: &Library, before: Position, after: Position) -> BTreeSet<ToolId> {
    let open = |position: Position, tool| {
        library
            .first_placement_of(tool)
            .is_some_and(|index| position.opens(index))
    };
    let tools = library.tools().iter().map(|tool| tool.id);
    tools
        .filter(|tool| open(after, *tool) && !open(before, *tool))
        .collect()
}
