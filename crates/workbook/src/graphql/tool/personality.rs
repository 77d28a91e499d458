//! The personality type selector at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::Plain;
use dreamtree_content::Library;

use crate::tool::personality::Personality;

/// A personality type. It takes the place of the one that was chosen before, anywhere.
#[derive(InputObject)]
pub struct PersonalityInput {
    /// The code of one of `personalityTypes`, four capital letters such as `INTJ`; null for somebody who would
    /// rather not say.
    pub code: Option<String>,
}

/// The personality type that somebody chose; a person has one, wherever they chose it.
#[derive(SimpleObject, Plain)]
pub struct PersonalityAnswer {
    /// Four capital letters, such as `INTJ`; null for somebody who would rather not say.
    pub code: Option<String>,
    /// What the type is called; null for somebody who would rather not say.
    pub name: Option<String>,
}

impl PersonalityAnswer {
    /// The choice, with the name that the library has for it.
    pub(crate) fn of(library: &Library, choice: Personality) -> Self {
        let mut types = library.personality_types().iter();
        let chosen = types.find(|kind| choice.code.as_ref() == Some(&kind.code));
        Self {
            name: chosen.map(|kind| kind.name.clone()),
            code: choice.code,
        }
    }
}

impl From<PersonalityInput> for Personality {
    fn from(input: PersonalityInput) -> Self {
        Self { code: input.code }
    }
}
