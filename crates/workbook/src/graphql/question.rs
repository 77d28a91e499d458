//! What a person wants to find out about career options, at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller, patch};
use time::OffsetDateTime;

use super::owned::settle;
use crate::{
    CareerOptionId, OptionQuestionId,
    question::{self, Draft, Question},
};

/// Something to find out about a career option.
#[derive(SimpleObject, Plain)]
pub struct OptionQuestion {
    /// The question; `delete` and `reorder` take it.
    pub id: Gid<OptionQuestionId>,
    /// The career option.
    pub career_option: Gid<CareerOptionId>,
    /// What is to be found out; 1 to 500 characters.
    pub text: String,
    /// True once the person has found out.
    pub answered: bool,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// Something more to find out.
#[derive(InputObject)]
pub struct CreateOptionQuestionInput {
    /// An id of the client's own making, `option_question:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<OptionQuestionId>>,
    /// The career option, one of the caller's.
    pub career_option: Gid<CareerOptionId>,
    /// What is to be found out; 1 to 500 characters.
    pub text: String,
    /// True when the person has found out already; false when it is left out.
    pub answered: Option<bool>,
}

/// What to change about a question; a field that is left out stays.
#[derive(InputObject)]
pub struct UpdateOptionQuestionInput {
    /// The question.
    pub id: Gid<OptionQuestionId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What is to be found out; 1 to 500 characters, not null.
    pub text: MaybeUndefined<String>,
    /// True once the person has found out; not null.
    pub answered: MaybeUndefined<bool>,
}

/// A question as it is now.
#[derive(SimpleObject, Plain)]
pub struct OptionQuestionPayload {
    /// The question.
    pub option_question: OptionQuestion,
}

/// What can be done with questions.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuestionMutation;

#[Object]
impl QuestionMutation {
    /// Adds something to find out about a career option, behind what is there. The same id again returns the question
    /// that is there.
    async fn create_option_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question.")] input: CreateOptionQuestionInput,
    ) -> Answer<Ready<OptionQuestionPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, option) = (input.id.map(|id| id.0), input.career_option.0);
        let draft = Draft {
            text: Some(input.text).into(),
            answered: input.answered.into(),
        };
        let question = question::create(&scope, id, option, draft).await?;
        Caller::commit(scope).await?;
        Ok(Ready(question.into()))
    }

    /// Changes a question. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the question as it is.
    async fn update_option_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateOptionQuestionInput,
    ) -> Answer<Ready<OptionQuestionPayload>> {
        let scope = caller(ctx)?.write().await?;
        let draft = Draft {
            text: patch(input.text),
            answered: patch(input.answered),
        };
        let saved = question::update(&scope, input.id.0, input.expected_version, draft).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<Question> for OptionQuestion {
    fn from(question: Question) -> Self {
        Self {
            id: Gid(question.id),
            career_option: Gid(question.career_option),
            text: question.text,
            answered: question.answered,
            revision: question.revision,
            created_at: question.created_at,
            updated_at: question.updated_at,
        }
    }
}

impl From<Question> for OptionQuestionPayload {
    fn from(question: Question) -> Self {
        Self {
            option_question: question.into(),
        }
    }
}
