//! The index of tools, at the edge.

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_api::{Answer, Gid, Plain, Ready, caller};
use dreamtree_content::{
    Library, Placement, PlacementId,
    graphql::{Location, Tool, library},
};
use time::{Date, OffsetDateTime};

use crate::toolbox::{self, Item};

/// A tool as the caller has it.
#[derive(SimpleObject, Plain)]
pub struct ToolEntry {
    /// The tool.
    pub tool: Tool,
    /// True when the caller has reached it.
    pub unlocked: bool,
    /// What unlocks it; null for a tool that no module places.
    pub unlocked_by: Option<ToolUnlock>,
    /// True when it can be used outside of the workbook: `createToolInstance` takes it, once it is unlocked.
    pub standalone: bool,
    /// How often the caller uses it; `toolInstances` lists the uses.
    pub instances: usize,
    /// How many of these are outside of the workbook.
    pub standalone_instances: usize,
    /// When one of them was last saved.
    pub last_used_at: Option<OffsetDateTime>,
    /// The day on which it is due in the Daily Dos, be it past or to come, where the caller lives; null before it is
    /// unlocked, and for a tool without a reminder.
    pub next_due_on: Option<Date>,
}

/// What unlocks a tool.
#[derive(SimpleObject, Plain)]
pub struct ToolUnlock {
    /// The placement to reach.
    pub placement: Gid<PlacementId>,
    /// Where it stands.
    pub location: Location,
    /// The title of its exercise.
    pub title: Option<String>,
}

/// What can be asked about all tools at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct ToolboxQuery;

#[Object]
impl ToolboxQuery {
    /// All tools: in the order in which the workbook unlocks them, those that it does not place at the end.
    async fn tools_index(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<ToolEntry>>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let items = toolbox::all(&scope, library).await?.into_iter();
        Ok(Ready(
            items.map(|item| ToolEntry::of(library, &item)).collect(),
        ))
    }
}

impl ToolEntry {
    fn of(library: &Library, item: &Item<'_>) -> Self {
        Self {
            tool: Tool::from(item.tool),
            unlocked: item.open,
            unlocked_by: item.opened_by.map(|at| ToolUnlock::of(library, at)),
            standalone: item.standalone,
            instances: item.uses,
            standalone_instances: item.standalone_uses,
            last_used_at: item.last_used,
            next_due_on: item.due_on,
        }
    }
}

impl ToolUnlock {
    fn of(library: &Library, placement: &Placement) -> Self {
        let exercise = library.exercise_of(placement);
        Self {
            placement: Gid(placement.id),
            location: placement.location.into(),
            title: exercise.map(|exercise| exercise.title.clone()),
        }
    }
}
