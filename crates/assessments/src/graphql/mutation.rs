//! How a person rates themselves.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_content::{CompetencyId, LevelId, graphql::library};

use super::{
    competency::{Catalogue, ScoredCompetency},
    result::CompetencyResult,
};
use crate::{
    assessment,
    level::{Choice, scores_of},
};

/// The text that describes the caller best in one competency.
#[derive(InputObject)]
pub struct CompetencyScoreInput {
    /// The competency.
    pub competency: Gid<CompetencyId>,
    /// The chosen one of the competency's five levels.
    pub level: Gid<LevelId>,
}

/// The caller's choices.
#[derive(InputObject)]
pub struct SubmitCompetencyScoresInput {
    /// 1 to 15 choices, one for each competency at most. Competencies left out keep their score.
    pub scores: Vec<CompetencyScoreInput>,
}

/// The choices are kept.
#[derive(Debug, SimpleObject, Plain)]
pub struct SubmitCompetencyScoresPayload {
    /// What follows from all of the caller's scores.
    pub result: CompetencyResult,
    /// All of the caller's scores, in the order of `competencies`.
    pub scores: Vec<ScoredCompetency>,
}

/// Self-assessment's part of the mutation root.
#[derive(Clone, Copy, Debug, Default)]
pub struct RatingMutation;

#[Object]
impl RatingMutation {
    /// Rates the caller by the texts that they chose, all at once or a few at a time. Each submission
    /// is added to the history.
    async fn submit_competency_scores(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The caller's choices.")] input: SubmitCompetencyScoresInput,
    ) -> Answer<Ready<SubmitCompetencyScoresPayload>> {
        let scope = caller(ctx)?.write().await?;
        let library = library(ctx)?;
        let choices: Vec<Choice> = input.scores.iter().map(Choice::from).collect();
        let scores = scores_of(library, &choices)?;
        let assessment = assessment::submit(&scope, library, scores).await?;
        Caller::commit(scope).await?;
        Ok(Ready(SubmitCompetencyScoresPayload {
            result: CompetencyResult::new(library, &assessment, &ctx.look_ahead().field("result")),
            scores: Catalogue::new(library, &assessment.scores).scored(),
        }))
    }
}

impl From<&CompetencyScoreInput> for Choice {
    fn from(input: &CompetencyScoreInput) -> Self {
        Self {
            competency: input.competency.0,
            level: input.level.0,
        }
    }
}
