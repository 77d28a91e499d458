//! What can be asked about coaching.

use std::sync::Arc;

use async_graphql::{Context, Object};
use dreamtree_api::{Answer, Gid, Nullable, Ready, caller};
use dreamtree_content::{coaching::AssessmentId, graphql::library};
use dreamtree_types::Actor;

use super::{
    assessment::{AssessmentEntry, Tier},
    attempt::{Attempt, Attempts, connection, place},
    growth::{CoachingGrowth, CompetencyGrowth},
    words::Framework,
};
use crate::{AttemptId, Taken, attempt_page, coaching_growth, get_attempt, rating_growth, taken};

/// Coaching's part of the query root. What waits is boxed: the future of the whole root would be larger by all of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoachingQuery;

#[Object]
impl CoachingQuery {
    /// What can be taken, by framework and level. For everybody; with a session each says how the caller stands with it.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that go by this framework.")] framework: Option<Framework>,
        #[graphql(desc = "Only those of this level, 1 to 3.")] level: Option<i32>,
    ) -> Answer<Ready<Vec<AssessmentEntry>>> {
        let taken = Box::pin(my_attempts(ctx)).await?;
        let coaching = library(ctx)?.coaching();
        let framework = framework.map(dreamtree_content::coaching::Framework::from);
        let wanted = coaching.assessments().filter(|one| {
            framework.is_none_or(|wanted| one.framework == wanted)
                && level.is_none_or(|wanted| one.level == wanted)
        });
        let entry = |known| AssessmentEntry::new(coaching, known, taken.as_deref());
        Ok(Ready(wanted.map(entry).collect()))
    }

    /// How scores are read, the lowest tier first.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn assessment_tiers(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Tier>>> {
        let tiers = library(ctx)?.coaching().tiers();
        Ok(Ready(tiers.iter().map(Tier::from).collect()))
    }

    /// One of the caller's attempts.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn attempt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The attempt.")] id: Gid<AttemptId>,
    ) -> Nullable<Ready<Attempt>> {
        Some(Box::pin(attempt(ctx, id.0)).await)
    }

    /// The caller's attempts, the one begun last first.
    #[graphql(complexity = "first.clamp(0, 20) as usize * child_complexity + 1")]
    async fn attempts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those at this assessment.")] assessment: Option<Gid<AssessmentId>>,
        #[graphql(desc = "How many at most; 0 to 20.", default = 5)] first: i32,
        #[graphql(desc = "The cursor of the attempt that the page comes after.")] after: Option<
            String,
        >,
    ) -> Answer<Ready<Attempts>> {
        let scope = Box::pin(caller(ctx)?.read()).await?;
        let after = after.as_deref().map(place).transpose()?;
        let only = assessment.map(|id| id.0);
        let page = Box::pin(attempt_page(&scope, only, first, after)).await?;
        Ok(Ready(connection(library(ctx)?, &page, after.is_some())?))
    }

    /// How the caller's scores in each competency of coaching went.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn coaching_growth(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<CoachingGrowth>>> {
        let scope = Box::pin(caller(ctx)?.read()).await?;
        let library = library(ctx)?;
        let grown = Box::pin(coaching_growth(&scope, library)).await?;
        let growth = |known| CoachingGrowth::new(library.coaching(), known);
        Ok(Ready(grown.iter().filter_map(growth).collect()))
    }

    /// How the caller's own ratings in each competency of the workbook went.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn competency_growth(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<CompetencyGrowth>>> {
        let scope = Box::pin(caller(ctx)?.read()).await?;
        let grown = Box::pin(rating_growth(&scope, library(ctx)?)).await?;
        Ok(Ready(grown.iter().map(CompetencyGrowth::from).collect()))
    }
}

/// The caller's attempts; `None` without a session.
async fn my_attempts(ctx: &Context<'_>) -> Answer<Option<Arc<Taken>>> {
    let caller = caller(ctx)?;
    match caller.actor().await? {
        Actor::Visitor | Actor::Expired => Ok(None),
        Actor::User { .. } => Ok(Some(taken(&*caller.read().await?).await?)),
    }
}

async fn attempt(ctx: &Context<'_>, id: AttemptId) -> Answer<Ready<Attempt>> {
    let scope = caller(ctx)?.read().await?;
    let found = get_attempt(&scope, id).await?;
    Ok(Ready(Attempt::new(library(ctx)?, &found)?))
}
