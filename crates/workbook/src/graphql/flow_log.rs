//! The flow log at the edge, outside of any placement.

use async_graphql::{
    Context, InputObject, MaybeUndefined, Object, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use dreamtree_api::{Answer, Caller, Cursor, Gid, Plain, Ready, Refusal, caller, patch};
use dreamtree_content::graphql::library;
use time::{Date, OffsetDateTime, format_description::well_known::Iso8601};

use super::owned::settle;
use crate::{
    FlowLogId, InstanceId,
    flow_log::{self, Draft, Entry, Place, Wanted},
};

/// An entry of the flow log, wherever it was written.
#[derive(SimpleObject, Plain)]
pub struct FlowLog {
    /// The entry; `delete` takes it.
    pub id: Gid<FlowLogId>,
    /// Which use of the flow tracker it belongs to; null for one that was written by itself.
    pub instance: Option<Gid<InstanceId>>,
    /// The day, where the person was.
    pub date: Date,
    /// What they did; 1 to 200 characters.
    pub activity: String,
    /// Whether it drained them or gave them energy; −2 to 2.
    pub energy: i32,
    /// How absorbed they were; 1 to 5.
    pub focus: i32,
    /// True when `energy` is 1 or more and `focus` 4 or more.
    pub high_flow: bool,
    /// Anything else; at most 2,000 characters.
    pub notes: Option<String>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// How many entries there are beyond the page.
#[derive(SimpleObject, Plain)]
pub struct FlowLogTotal {
    /// How many entries fit the filters, on all pages.
    pub total_count: usize,
}

/// A page of the flow log.
pub type FlowLogs = Connection<String, FlowLog, FlowLogTotal, EmptyFields>;

/// A new entry of the flow log.
#[derive(InputObject)]
pub struct CreateFlowLogInput {
    /// An id of the client's own making, `flow_log:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<FlowLogId>>,
    /// The day, such as `2025-06-30`, where the person was; from 1970 until today.
    pub date: Date,
    /// What they did; 1 to 200 characters.
    pub activity: String,
    /// Whether it drained them or gave them energy; −2 to 2.
    pub energy: i32,
    /// How absorbed they were; 1 to 5.
    pub focus: i32,
    /// Anything else; at most 2,000 characters.
    pub notes: Option<String>,
}

/// What to change about an entry; a field that is left out stays. Only the notes can be taken away, with null.
#[derive(InputObject)]
pub struct UpdateFlowLogInput {
    /// The entry.
    pub id: Gid<FlowLogId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// The day, such as `2025-06-30`, where the person was; from 1970 until today.
    pub date: MaybeUndefined<Date>,
    /// What they did; 1 to 200 characters.
    pub activity: MaybeUndefined<String>,
    /// Whether it drained them or gave them energy; −2 to 2.
    pub energy: MaybeUndefined<i32>,
    /// How absorbed they were; 1 to 5.
    pub focus: MaybeUndefined<i32>,
    /// Anything else; at most 2,000 characters.
    pub notes: MaybeUndefined<String>,
}

/// An entry as it is now.
#[derive(SimpleObject, Plain)]
pub struct FlowLogPayload {
    /// The entry.
    pub flow_log: FlowLog,
}

/// What can be asked about the flow log.
#[derive(Clone, Copy, Debug, Default)]
pub struct FlowLogQuery;

#[Object]
impl FlowLogQuery {
    /// The caller's flow log, wherever its entries were written: the newest day first, of a day the newest entry
    /// first.
    #[graphql(complexity = "first.clamp(1, 100) as usize * child_complexity + 1")]
    async fn flow_logs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "True for entries of high flow only, false for the others only.")]
        high_flow: Option<bool>,
        #[graphql(desc = "Only entries of this day and later.")] from: Option<Date>,
        #[graphql(desc = "Only entries of this day and earlier.")] to: Option<Date>,
        #[graphql(default = 20, desc = "How many entries, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the entry to go on behind.")] after: Option<String>,
    ) -> Answer<Ready<FlowLogs>> {
        let after = after.as_deref().map(place).transpose()?;
        let wanted = Wanted {
            high_flow,
            from,
            to,
        };
        let scope = caller(ctx)?.read().await?;
        let page = flow_log::page(&scope, wanted, first, after).await?;
        let total_count = if ctx.look_ahead().field("totalCount").exists() {
            flow_log::count(&scope, wanted).await?
        } else {
            0
        };
        let total = FlowLogTotal { total_count };
        let mut connection =
            Connection::with_additional_fields(after.is_some(), page.has_next, total);
        let edges = page.entries.into_iter().map(edge);
        connection.edges.extend(edges);
        Ok(Ready(connection))
    }
}

/// What can be done with the flow log.
#[derive(Clone, Copy, Debug, Default)]
pub struct FlowLogMutation;

#[Object]
impl FlowLogMutation {
    /// Adds an entry to the flow log. The same id again returns the entry that is there.
    async fn create_flow_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entry.")] input: CreateFlowLogInput,
    ) -> Answer<Ready<FlowLogPayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let log = flow_log::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(log.into()))
    }

    /// Changes an entry of the flow log, wherever it was written. An `expectedVersion` that is not the latest gets
    /// `CONFLICT` and shows the entry as it is.
    async fn update_flow_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateFlowLogInput,
    ) -> Answer<Ready<FlowLogPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = flow_log::update(&scope, library(ctx)?, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

/// The place that a cursor of this list stands for.
fn place(cursor: &str) -> Result<Place, Refusal> {
    let Cursor { key, id } = Cursor::read(cursor)?;
    let date =
        Date::parse(&key, &Iso8601::DATE).map_err(|_| Cursor::<crate::FlowLog>::refused())?;
    Ok(Place { date, id })
}

fn edge(log: flow_log::FlowLog) -> Edge<String, FlowLog, EmptyFields> {
    let cursor = Cursor {
        key: log.entry.date.to_string(),
        id: log.id,
    };
    Edge::new(cursor.to_string(), log.into())
}

impl From<CreateFlowLogInput> for Entry {
    fn from(input: CreateFlowLogInput) -> Self {
        Self {
            date: input.date,
            activity: input.activity,
            energy: input.energy,
            focus: input.focus,
            notes: input.notes,
        }
    }
}

impl From<UpdateFlowLogInput> for Draft {
    fn from(input: UpdateFlowLogInput) -> Self {
        Self {
            date: patch(input.date),
            activity: patch(input.activity),
            energy: patch(input.energy),
            focus: patch(input.focus),
            notes: patch(input.notes),
        }
    }
}

impl From<flow_log::FlowLog> for FlowLog {
    fn from(log: flow_log::FlowLog) -> Self {
        Self {
            id: Gid(log.id),
            instance: log.instance.map(Gid),
            high_flow: log.entry.is_high_flow(),
            date: log.entry.date,
            activity: log.entry.activity,
            energy: log.entry.energy,
            focus: log.entry.focus,
            notes: log.entry.notes,
            revision: log.revision,
            created_at: log.created_at,
            updated_at: log.updated_at,
        }
    }
}

impl From<flow_log::FlowLog> for FlowLogPayload {
    fn from(log: flow_log::FlowLog) -> Self {
        Self {
            flow_log: log.into(),
        }
    }
}
