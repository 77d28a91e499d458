//! The personality type selector at the edge.

use async_graphql::{ComplexObject, Context, InputObject, SimpleObject};
use dreamtree_api::Answer;
use dreamtree_content::graphql::library;

use crate::tool::personality::Personality;

/// A personality type. It takes the place of the one that was chosen before, anywhere.
#[derive(InputObject)]
pub struct PersonalityInput {
    /// The code of one of `personalityTypes`, four capital letters such as `INTJ`; null for somebody who would
    /// rather not say.
    pub code: Option<String>,
}

/// The personality type that somebody chose; a person has one, wherever they chose it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct PersonalityAnswer {
    /// Four capital letters, such as `INTJ`; null for somebody who would rather not say.
    pub code: Option<String>,
}

#[ComplexObject]
impl PersonalityAnswer {
    /// What the type is called; null for somebody who would rather not say.
    async fn name(&self, ctx: &Context<'_>) -> Answer<Option<String>> {
        let mut types = library(ctx)?.personality_types().iter();
        let chosen = types.find(|kind| self.code.as_ref() == Some(&kind.code));
        Ok(chosen.map(|kind| kind.name.clone()))
    }
}

impl From<PersonalityInput> for Personality {
    fn from(input: PersonalityInput) -> Self {
        Self { code: input.code }
    }
}

impl From<Personality> for PersonalityAnswer {
    fn from(choice: Personality) -> Self {
        Self { code: choice.code }
    }
}
