//! What can be asked about competencies and one's own scores.

use async_graphql::{Context, Object};
use dreamtree_api::{Answer, Gid, Nullable, Ready, caller};
use dreamtree_content::{CompetencyId, graphql::library};
use dreamtree_types::Actor;

use super::{
    competency::{Catalogue, Competency},
    history::{History, connection},
    result::CompetencyResult,
};
use crate::{
    assessment,
    history::{self, Cursor},
    score::{self, Score},
};

/// Self-assessment's part of the query root.
#[derive(Clone, Copy, Debug, Default)]
pub struct RatingQuery;

#[Object]
impl RatingQuery {
    /// The competencies by group, with five texts each to choose from. For everybody; with a session
    /// each has the caller's score.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn competencies(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Competency>>> {
        let scores = my_scores(ctx).await?;
        Ok(Ready(Catalogue::new(library(ctx)?, &scores).all()))
    }

    /// What follows from the caller's scores; null before the first one. With some scores only it is
    /// the result so far.
    async fn competency_result(&self, ctx: &Context<'_>) -> Nullable<Ready<CompetencyResult>> {
        result(ctx).await.transpose()
    }

    /// All scores that the caller ever gave themselves, newest first.
    #[graphql(complexity = "first.clamp(0, 100) as usize * child_complexity / 4 + 1")]
    async fn competency_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only the scores in this competency.")] competency: Option<
            Gid<CompetencyId>,
        >,
        #[graphql(desc = "How many at most; 0 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor of the entry that the page comes after.")] after: Option<
            String,
        >,
    ) -> Answer<Ready<History>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let cursor = after.as_deref().map(Cursor::parse).transpose()?;
        let only = competency.map(|id| id.0);
        let page = history::page(&scope, library, only, first, cursor).await?;
        let scores = score::current(&scope).await?;
        let catalogue = Catalogue::new(library, &scores);
        Ok(Ready(connection(&page, catalogue, cursor.is_some())))
    }
}

/// The caller's current scores; none without a session.
async fn my_scores(ctx: &Context<'_>) -> Answer<Vec<Score>> {
    let caller = caller(ctx)?;
    match caller.actor().await? {
        Actor::Visitor | Actor::Expired => Ok(Vec::new()),
        Actor::User { .. } => Ok(score::current(&*caller.read().await?).await?.to_vec()),
    }
}

async fn result(ctx: &Context<'_>) -> Answer<Option<Ready<CompetencyResult>>> {
    let scope = caller(ctx)?.read().await?;
    let library = library(ctx)?;
    let found = assessment::find(&scope, library).await?;
    Ok(found.map(|found| Ready(CompetencyResult::new(library, &found, &ctx.look_ahead()))))
}
