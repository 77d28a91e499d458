//! What can be done with anything of one's own: take it away, put it in order.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Plain, Ready, add_conflict, caller};
use dreamtree_content::graphql::library;
use dreamtree_database::Scope;
use dreamtree_identity::calendar_feed;
use dreamtree_types::{CalendarFeedId, Id, Kind};
use uuid::Uuid;

use crate::{
    Error, Saved, career, company, contact, experience, flow_log, idea, instance, job, location,
    milestone, prefill, question, reframe, skill, story,
};

/// What to take away.
#[derive(InputObject)]
pub struct DeleteInput {
    /// The id of a calendar feed (its address is revoked), a career option (its milestones stay, its questions go) or a
    /// question about one, a company (its contacts and jobs stay), a contact, an experience (its stories stay), a job, a
    /// location, a milestone, a skill of `mySkills`; of a use of a tool outside of the workbook (what it holds goes with
    /// it); or of an entry of the flow log, a reframe, a story or a tree of ideas that belongs to no use of a tool.
    pub id: ID,
    /// The `revision` that the caller has seen; without it the latest one is taken away, whatever it is.
    pub expected_version: Option<i32>,
}

/// Something is gone.
#[derive(SimpleObject, Plain)]
pub struct DeletePayload {
    /// What it was.
    pub id: String,
}

/// What can be ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum Rankable {
    /// Career options.
    CareerOption,
    /// Places to live.
    Location,
    /// Skills of `mySkills`.
    Skill,
}

/// What to put in order.
#[derive(InputObject)]
pub struct ReorderInput {
    /// Things of one kind, best first, each once: locations, at most three career options, or skills of `mySkills` of
    /// one category. What is left out is no longer ranked. Or questions about one career option; those that are left
    /// out follow in the order that they have.
    pub ids: Vec<ID>,
    /// What is no longer ranked at all, where `ids` is empty; of skills, those of every category. Ignored beside ids.
    pub kind: Option<Rankable>,
}

/// The order has changed.
#[derive(SimpleObject, Plain)]
pub struct ReorderPayload {
    /// The ranked ones, best first.
    pub ids: Vec<String>,
}

/// What can be done with anything of one's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnedMutation;

#[Object]
impl OwnedMutation {
    /// Takes something of the caller's away, for good. The contacts and jobs of a company stay, without a company,
    /// and the stories about an experience, without an experience. What belongs to an exercise of the workbook cannot
    /// be taken away, and what belongs to a use of a tool only with that.
    async fn delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take away.")] input: DeleteInput,
    ) -> Answer<Ready<DeletePayload>> {
        let scope = caller(ctx)?.write().await?;
        let expected = input.expected_version;
        let (kind, key) = parts(&input.id, "input.id")?;
        match kind {
            "calendar_feed" => revoke(&scope, id(key)).await?,
            "career_option" => career::delete(&scope, id(key), expected).await?,
            "company" => company::delete(&scope, id(key), expected).await?,
            "contact" => contact::delete(&scope, id(key), expected).await?,
            "experience" => experience::delete(&scope, id(key), expected).await?,
            "flow_log" => flow_log::delete(&scope, id(key), expected).await?,
            "idea_tree" => idea::delete(&scope, id(key), expected).await?,
            "instance" => instance::delete(&scope, id(key), expected).await?,
            "job" => job::delete(&scope, id(key), expected).await?,
            "location" => location::delete(&scope, id(key), expected).await?,
            "milestone" => milestone::delete(&scope, id(key), expected).await?,
            "option_question" => question::delete(&scope, id(key), expected).await?,
            "reframe" => reframe::delete(&scope, id(key), expected).await?,
            "story" => story::delete(&scope, id(key), expected).await?,
            "user_skill" => skill::delete(&scope, library(ctx)?, id(key), expected).await?,
            _ => return Err(Error::missing("input.id").into()),
        }
        prefill::note_gone(&scope, kind).await?;
        Caller::commit(scope).await?;
        Ok(Ready(DeletePayload { id: input.id.0 }))
    }

    /// Ranks things of one kind, all at once. Each whose rank is another one afterwards counts a change.
    async fn reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: ReorderInput,
    ) -> Answer<Ready<ReorderPayload>> {
        let scope = caller(ctx)?.write().await?;
        let given = &input.ids;
        match kind_of(&input)? {
            "career_option" => career::rank(&scope, &ids(given)?).await?,
            "location" => location::rank(&scope, &ids(given)?).await?,
            "option_question" => question::order(&scope, &ids(given)?).await?,
            "user_skill" => skill::rank(&scope, library(ctx)?, &ids(given)?).await?,
            _ => return Err(Error::missing("input.ids[0]").into()),
        }
        Caller::commit(scope).await?;
        let ids = input.ids.into_iter().map(|id| id.0).collect();
        Ok(Ready(ReorderPayload { ids }))
    }
}

async fn revoke(scope: &Scope, id: CalendarFeedId) -> Result<(), Error> {
    let gone = calendar_feed::revoke(scope, id).await?;
    gone.then_some(()).ok_or_else(|| Error::missing("input.id"))
}

/// The kind of what is to be put in order.
fn kind_of(input: &ReorderInput) -> Result<&str, Error> {
    if let Some(first) = input.ids.first() {
        return Ok(parts(first, "input.ids[0]")?.0);
    }
    match input.kind {
        Some(Rankable::CareerOption) => Ok("career_option"),
        Some(Rankable::Location) => Ok("location"),
        Some(Rankable::Skill) => Ok("user_skill"),
        None => Err(Error::invalid("input.kind", "must be there without ids")),
    }
}

fn parts<'a>(text: &'a str, field: &str) -> Result<(&'a str, Uuid), Error> {
    let (kind, key) = text.split_once(':').ok_or_else(|| Error::missing(field))?;
    let key = Uuid::try_parse(key).map_err(|_| Error::missing(field))?;
    Ok((kind, key))
}

fn id<K: Kind>(key: Uuid) -> Id<K> {
    Id::from(key)
}

/// The ids, all of one kind.
fn ids<K: Kind>(texts: &[ID]) -> Result<Vec<Id<K>>, Error> {
    let read = |(index, text): (usize, &ID)| {
        let field = format!("input.ids[{index}]");
        match parts(text, &field)? {
            (kind, key) if kind == K::NAME => Ok(Id::from(key)),
            _ => Err(Error::missing(field)),
        }
    };
    texts.iter().enumerate().map(read).collect()
}

/// What is there after a change: committed, or shown beside a `CONFLICT`.
pub(super) async fn settle<T>(ctx: &Context<'_>, scope: Scope, saved: Saved<T>) -> Answer<T> {
    settle_at(ctx, scope, saved, "input.expectedVersion").await
}

/// The same where the expected version is the argument at `field`.
pub(super) async fn settle_at<T>(
    ctx: &Context<'_>,
    scope: Scope,
    saved: Saved<T>,
    field: &str,
) -> Answer<T> {
    match saved {
        Saved::Done(value) => Caller::commit(scope).await.map(|()| value),
        Saved::Stale(value) => {
            add_conflict(ctx, field);
            Ok(value)
        }
    }
}
