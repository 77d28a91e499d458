//! The Daily Dos, at the edge.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_content::{Frequency, Library, PlacementId, ToolId, graphql::library};
use time::{Date, OffsetDateTime};

use crate::daily::{self, Reason, Today};

/// Why something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum DailyDoKind {
    /// The workbook is not complete: go on where it stands.
    Resume,
    /// A tool for every day.
    Daily,
    /// A tool for every week.
    Weekly,
    /// A tool for every month.
    Monthly,
}

/// Something to do today.
#[derive(Clone, PartialEq, Eq, SimpleObject, Plain)]
pub struct DailyDo {
    /// Stable for as long as it is due: `resume`, or the tool's id.
    pub id: String,
    /// Why it is due.
    pub kind: DailyDoKind,
    /// The tool; null for going on with the workbook. `snooze` takes it.
    pub tool: Option<Gid<ToolId>>,
    /// Which tool it is, such as `flow_tracker`; null for going on with the workbook.
    pub tool_name: Option<String>,
    /// The title of the exercise that comes next, or of the tool.
    pub title: Option<String>,
    /// The tool's question.
    pub prompt: Option<String>,
    /// The beginning of the day since which it waits, where the caller lives.
    pub due_since: OffsetDateTime,
    /// The placement to open: where the reader stands, or where the tool first stands.
    pub placement: Gid<PlacementId>,
}

/// A tool that rests in the Daily Dos.
#[derive(Clone, SimpleObject, Plain)]
pub struct Snooze {
    /// The tool; `snooze` with null for the day wakes it.
    pub tool: Gid<ToolId>,
    /// What it is called; null for a tool that the workbook no longer has.
    pub title: Option<String>,
    /// The day on which it may be due again, where the caller lives.
    pub until: Date,
    /// When the caller let it rest.
    pub since: OffsetDateTime,
}

/// A tool to let rest.
#[derive(InputObject)]
pub struct SnoozeInput {
    /// A tool with a reminder.
    pub tool: Gid<ToolId>,
    /// The day on which it may be due again, 1 to 92 days from today where the caller lives; null wakes it.
    pub until: Option<Date>,
}

/// The Daily Dos as they are now.
#[derive(SimpleObject, Plain)]
pub struct DailyDosPayload {
    /// What is due.
    pub daily_dos: Vec<DailyDo>,
}

/// What can be asked about today.
#[derive(Clone, Copy, Debug, Default)]
pub struct DailyQuery;

#[Object]
impl DailyQuery {
    /// What the caller may do today: going on with the workbook first, then the tools that have been reached and
    /// are due, daily ones before weekly and monthly ones. Days begin in the time zone of the caller's settings.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn daily_dos(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<DailyDo>>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let today = daily::find(&scope, library).await?;
        Ok(Ready(cards(library, today)))
    }

    /// The tools that the caller lets rest today, the one that wakes first before the others.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn snoozes(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Snooze>>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let all = daily::snoozes(&scope).await?.into_iter();
        Ok(Ready(all.map(|one| Snooze::of(library, one)).collect()))
    }
}

/// What can be done about today.
#[derive(Clone, Copy, Debug, Default)]
pub struct DailyMutation;

#[Object]
impl DailyMutation {
    /// Lets a tool of the Daily Dos rest until a day.
    async fn snooze(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The tool and the day.")] input: SnoozeInput,
    ) -> Answer<Ready<DailyDosPayload>> {
        let scope = caller(ctx)?.write().await?;
        let library = library(ctx)?;
        daily::snooze(&scope, library, input.tool.0, input.until).await?;
        let today = daily::find(&scope, library).await?;
        Caller::commit(scope).await?;
        Ok(Ready(DailyDosPayload {
            daily_dos: cards(library, today),
        }))
    }
}

/// What is due, as it is shown.
pub(super) fn cards(library: &Library, today: Today) -> Vec<DailyDo> {
    let todos = today.todos.into_iter();
    todos.map(|todo| DailyDo::of(library, todo)).collect()
}

impl DailyDo {
    fn of(library: &Library, todo: daily::DailyDo) -> Self {
        let (tool, kind) = match todo.reason {
            Reason::Resume => (None, DailyDoKind::Resume),
            Reason::Tool(id, frequency) => (Some(id), frequency.into()),
        };
        let named = tool.and_then(|id| library.tool(id));
        Self {
            id: tool.map_or_else(|| "resume".to_owned(), |id| format!("tool:{}", id.0)),
            kind,
            tool: tool.map(Gid),
            tool_name: named.map(|tool| tool.name.clone()),
            title: todo.title,
            prompt: todo.prompt,
            due_since: todo.due_since,
            placement: Gid(todo.placement),
        }
    }
}

impl Snooze {
    fn of(library: &Library, snooze: daily::Snooze) -> Self {
        let tool = library.tool(snooze.tool);
        Self {
            tool: Gid(snooze.tool),
            title: tool.map(|tool| tool.title.clone()),
            until: snooze.until,
            since: snooze.since,
        }
    }
}

impl From<Frequency> for DailyDoKind {
    fn from(frequency: Frequency) -> Self {
        match frequency {
            Frequency::Daily => Self::Daily,
            Frequency::Weekly => Self::Weekly,
            Frequency::Monthly => Self::Monthly,
        }
    }
}
