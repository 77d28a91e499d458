//! Uses of tools, in the workbook and outside of it, at the edge.

mod object;

use async_graphql::{
    Context, InputObject, Lookahead, MaybeUndefined, Object, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use dreamtree_api::{Answer, Caller, Cursor, Gid, Plain, Ready, Refusal, caller, patch};
use dreamtree_content::{Library, ToolId, graphql::library};
use dreamtree_database::Scope;
use dreamtree_types::Instant;

use super::{mutation::refusal, owned::settle, value::AnswerValueInput};
use crate::{
    Error, InstanceId, Value,
    instance::{self, Asked, Draft, Instance, Place, Wanted},
};

pub use object::{ToolContent, ToolInstance, ToolInstanceChange, ToolOrigin};

/// A page of uses of tools.
pub type ToolInstances = Connection<String, ToolInstance>;

/// A use of a tool to begin outside of the workbook.
#[derive(InputObject)]
pub struct CreateToolInstanceInput {
    /// An id of the client's own making, `instance:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<InstanceId>>,
    /// The tool: one that is unlocked and can be used outside of the workbook, as `toolsIndex` says.
    pub tool: Gid<ToolId>,
    /// What to call it; at most 200 characters. It is sealed.
    pub title: Option<String>,
    /// What it holds; the field that fits the tool.
    pub value: AnswerValueInput,
}

/// What to change about a use of a tool; a field that is left out stays.
#[derive(InputObject)]
pub struct UpdateToolInstanceInput {
    /// The use.
    pub id: Gid<InstanceId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What to call it; at most 200 characters, null for nothing.
    pub title: MaybeUndefined<String>,
    /// What it holds, in the place of what was there; cannot be taken away. Of a use in the workbook, `answer` says.
    pub value: MaybeUndefined<AnswerValueInput>,
}

/// A use of a tool as it is now.
#[derive(SimpleObject, Plain)]
pub struct ToolInstancePayload {
    /// The use.
    pub instance: ToolInstance,
}

/// What can be asked about uses of tools.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstanceQuery;

#[Object]
impl InstanceQuery {
    /// The caller's uses of tools, in the workbook and outside of it, the one that was saved last first.
    #[graphql(complexity = "first.clamp(1, 100) as usize * child_complexity / 4 + 1")]
    async fn tool_instances(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only uses of this tool.")] tool: Option<Gid<ToolId>>,
        #[graphql(desc = "Only uses that come from there.")] origin: Option<ToolOrigin>,
        #[graphql(
            desc = "Only uses with this in their title or summary, in whatever case; at most 100 characters. What is \
                    locked is not found."
        )]
        search: Option<String>,
        #[graphql(default = 20, desc = "How many uses, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the use to go on behind.")] after: Option<String>,
    ) -> Answer<Ready<ToolInstances>> {
        let after = after.as_deref().map(place).transpose()?;
        let wanted = Wanted {
            tool: tool.map(|tool| tool.0),
            origin: origin.map(Into::into),
            search,
        };
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let page = instance::page(&scope, library, &wanted, first, after).await?;
        let asked = ctx.look_ahead();
        let asked = [asked.field("nodes"), asked.field("edges").field("node")];
        let shown = shown(&scope, library, &asked, &page.instances).await?;
        let mut connection = Connection::new(after.is_some(), page.has_next);
        let edges = page.instances.iter().zip(shown);
        connection.edges.extend(edges.map(edge));
        Ok(Ready(connection))
    }

    /// One of the caller's uses of tools.
    async fn tool_instance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The use.")] id: Gid<InstanceId>,
    ) -> Answer<Ready<ToolInstance>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let found = instance::find(&scope, library, id.0).await?;
        Ok(Ready(one(&scope, library, ctx.look_ahead(), &found).await?))
    }
}

/// What can be done with uses of tools.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstanceMutation;

#[Object]
impl InstanceMutation {
    /// Begins a use of a tool outside of the workbook. The same id again returns the use that is there. What a person
    /// has only once, and what puts something of the workbook in order, cannot be used so.
    async fn create_tool_instance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The use.")] input: CreateToolInstanceInput,
    ) -> Answer<Ready<ToolInstancePayload>> {
        let refuse = |error: Error| refusal(&error, "input");
        let value = Value::try_from(input.value).map_err(refuse)?;
        let scope = caller(ctx)?.write().await?;
        let library = library(ctx)?;
        let (id, title) = (input.id.map(|id| id.0), input.title.as_deref());
        let made = instance::create(&scope, library, id, input.tool.0, title, &value).await;
        let made = made.map_err(refuse)?;
        let payload = ToolInstancePayload::of(ctx, &scope, library, &made).await?;
        Caller::commit(scope).await?;
        Ok(Ready(payload))
    }

    /// Changes a use of a tool: what it is called, or, outside of the workbook, what it holds. An `expectedVersion` that
    /// is not the latest gets `CONFLICT` and shows the use as it is.
    async fn update_tool_instance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateToolInstanceInput,
    ) -> Answer<Ready<ToolInstancePayload>> {
        let refuse = |error: Error| refusal(&error, "input");
        let draft = Draft {
            title: patch(input.title),
            value: patch(input.value)
                .try_map(Value::try_from)
                .map_err(refuse)?,
        };
        let scope = caller(ctx)?.write().await?;
        let library = library(ctx)?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = instance::update(&scope, library, id, expected, draft).await;
        let saved = saved.map_err(refuse)?;
        let payload = ToolInstancePayload::of(ctx, &scope, library, saved.value()).await?;
        Ok(Ready(settle(ctx, scope, saved.map(|_| payload)).await?))
    }
}

impl ToolInstancePayload {
    async fn of(
        ctx: &Context<'_>,
        scope: &Scope,
        library: &Library,
        found: &Instance,
    ) -> Result<Self, Error> {
        let asked = ctx.look_ahead().field("instance");
        let instance = one(scope, library, asked, found).await?;
        Ok(Self { instance })
    }
}

async fn one(
    scope: &Scope,
    library: &Library,
    asked: Lookahead<'_>,
    found: &Instance,
) -> Result<ToolInstance, Error> {
    let shown = shown(scope, library, &[asked], std::slice::from_ref(found)).await?;
    let shown = shown.into_iter().next();
    shown.ok_or(Error::Corrupt("a use of a tool that left the workbook"))
}

/// The uses with what is asked for of them, which costs no statement where it is not.
async fn shown(
    scope: &Scope,
    library: &Library,
    asked: &[Lookahead<'_>],
    instances: &[Instance],
) -> Result<Vec<ToolInstance>, Error> {
    let wants = |field| asked.iter().any(|one| one.field(field).exists());
    let asked = Asked {
        data: wants("data"),
        skills: wants("skills"),
        history: wants("history"),
    };
    let mut details = instance::details(scope, library, instances, asked).await?;
    let show = |one| ToolInstance::of(library, &mut details, one);
    Ok(instances.iter().filter_map(show).collect())
}

/// The place that a cursor of this list stands for: microseconds since 1970, and the use.
fn place(cursor: &str) -> Result<Place, Refusal> {
    let Cursor { key, id } = Cursor::read(cursor)?;
    let micros = key.parse::<i64>().ok().map(i128::from);
    let moment = micros.and_then(|micros| Instant::from_unix_timestamp_nanos(micros * 1_000).ok());
    let updated_at = moment.ok_or_else(Cursor::<crate::Instance>::refused)?;
    Ok(Place { updated_at, id })
}

fn edge((instance, shown): (&Instance, ToolInstance)) -> Edge<String, ToolInstance, EmptyFields> {
    let micros = instance.updated_at.unix_timestamp_nanos() / 1_000;
    let cursor = Cursor {
        key: micros.to_string(),
        id: instance.id,
    };
    Edge::new(cursor.to_string(), shown)
}
