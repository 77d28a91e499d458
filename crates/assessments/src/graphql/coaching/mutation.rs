//! How an assessment is taken. Nobody sends a score: the server computes it.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_content::{
    Library,
    coaching::{AssessmentId, QuestionId},
    graphql::library,
};
use dreamtree_database::Scope;

use super::{attempt::Attempt, words::ChoiceKey};
use crate::{AttemptId, Error, abandon, answer, attempt, complete, start, store_insights};

/// What to take.
#[derive(InputObject)]
pub struct StartAttemptInput {
    /// The assessment.
    pub assessment: Gid<AssessmentId>,
    /// An id of the client's making, a UUID of version 7: a repeated request then leads to the same attempt.
    pub id: Option<Gid<AttemptId>>,
}

/// What was chosen.
#[derive(InputObject)]
pub struct AnswerQuestionsInput {
    /// The attempt.
    pub attempt: Gid<AttemptId>,
    /// 1 to 100 answers to different questions; all are kept or none.
    pub answers: Vec<QuestionAnswerInput>,
}

/// The answer to one question.
#[derive(InputObject)]
pub struct QuestionAnswerInput {
    /// The question, one of the attempt.
    pub question: Gid<QuestionId>,
    /// The chosen one of its four choices.
    pub choice: ChoiceKey,
    /// How long it took, in seconds; 0 to 86,400.
    pub response_time: Option<i32>,
}

/// Which attempt to complete.
#[derive(InputObject)]
pub struct CompleteAttemptInput {
    /// The attempt.
    pub attempt: Gid<AttemptId>,
}

/// Which attempt to give up.
#[derive(InputObject)]
pub struct AbandonAttemptInput {
    /// The attempt.
    pub attempt: Gid<AttemptId>,
}

/// What to store with a result.
#[derive(InputObject)]
pub struct StoreInsightsInput {
    /// The attempt, a completed one.
    pub attempt: Gid<AttemptId>,
    /// A JSON object as text; 16 KiB at most. The server does not look into it, and shows it to nobody else.
    pub insights: String,
}

/// The attempt as it is now.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct AttemptPayload {
    /// The attempt.
    pub attempt: Attempt,
}

/// Coaching's part of the mutation root. What each field does is boxed: the future of the whole root would be larger by all
/// of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoachingMutation;

#[Object]
impl CoachingMutation {
    /// Begins an attempt with the questions as they are now, or returns the one that is open.
    async fn start_attempt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take.")] input: StartAttemptInput,
    ) -> Answer<Ready<AttemptPayload>> {
        Box::pin(written(ctx, async |scope, library| {
            start(scope, library, input.assessment.0, input.id.map(|id| id.0)).await
        }))
        .await
    }

    /// Keeps answers to questions of an open attempt. A question may be answered again until the attempt is completed; the
    /// last answer counts.
    async fn answer_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was chosen.")] input: AnswerQuestionsInput,
    ) -> Answer<Ready<AttemptPayload>> {
        let answers: Vec<_> = input.answers.iter().map(attempt::Answer::from).collect();
        Box::pin(written(ctx, async |scope, library| {
            answer(scope, library, input.attempt.0, &answers).await
        }))
        .await
    }

    /// Scores an open attempt; questions without an answer count as missed. A completed one stays as it is.
    async fn complete_attempt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attempt to complete.")] input: CompleteAttemptInput,
    ) -> Answer<Ready<AttemptPayload>> {
        Box::pin(written(ctx, async |scope, library| {
            complete(scope, library, input.attempt.0).await
        }))
        .await
    }

    /// Gives an open attempt up, so that another can begin.
    async fn abandon_attempt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attempt to give up.")] input: AbandonAttemptInput,
    ) -> Answer<Ready<AttemptPayload>> {
        Box::pin(written(ctx, async |scope, _| {
            abandon(scope, input.attempt.0).await
        }))
        .await
    }

    /// Stores what a frontend makes of a result, in the place of what it has stored before.
    async fn store_insights(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to store with a result.")] input: StoreInsightsInput,
    ) -> Answer<Ready<AttemptPayload>> {
        Box::pin(written(ctx, async |scope, _| {
            store_insights(scope, input.attempt.0, &input.insights).await
        }))
        .await
    }
}

/// What a change makes of an attempt, in a transaction of its own.
async fn written(
    ctx: &Context<'_>,
    change: impl AsyncFnOnce(&Scope, &Library) -> Result<attempt::Attempt, Error>,
) -> Answer<Ready<AttemptPayload>> {
    let scope = caller(ctx)?.write().await?;
    let library = library(ctx)?;
    let changed = change(&scope, library).await?;
    let attempt = Attempt::new(library, &changed)?;
    Caller::commit(scope).await?;
    Ok(Ready(AttemptPayload { attempt }))
}

impl From<&QuestionAnswerInput> for attempt::Answer {
    fn from(input: &QuestionAnswerInput) -> Self {
        Self {
            question: input.question.0,
            choice: input.choice.into(),
            response_time: input.response_time,
        }
    }
}
