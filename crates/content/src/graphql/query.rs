//! Questions about content that need nobody to be known.

use async_graphql::{
    Context, Object,
    connection::{Connection, Edge, EmptyFields},
};
use dreamtree_api::{Answer, Ready};

use super::{
    library,
    reference::{ConsentText, DataObject, PersonalityType, Practice, Skill, SkillTotal, Terms},
    words::SkillCategory,
};
use crate::page::page;

/// A page of skills.
pub type Skills = Connection<String, Skill, SkillTotal, EmptyFields>;

/// What is the same for everybody.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContentQuery;

#[Object]
impl ContentQuery {
    /// The sixteen personality types, by code.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn personality_types(&self, ctx: &Context<'_>) -> Answer<Vec<PersonalityType>> {
        Ok(library(ctx)?
            .personality_types()
            .iter()
            .map(PersonalityType::from)
            .collect())
    }

    /// The master list of skills, by name. With `search`, names that begin with it come first, then those that
    /// contain it, then those that are like it, for people who mistype.
    async fn skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Part of a name, in any case; blanks around it do not count.")]
        search: Option<String>,
        #[graphql(desc = "Only this group of skills.")] category: Option<SkillCategory>,
        #[graphql(desc = "How many at most; 0 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor of the skill that the page comes after.")] after: Option<
            String,
        >,
    ) -> Answer<Ready<Skills>> {
        let library = library(ctx)?;
        let search = search.unwrap_or_default();
        let found = library.search_skills(&search, category.map(Into::into));
        let span = page(&found, first, after.as_deref())?;
        let more_before = span.start > 0;
        let more_after = span.end < found.len();
        let total = SkillTotal {
            total_count: found.len(),
        };
        let mut skills = Connection::with_additional_fields(more_before, more_after, total);
        skills.edges.extend(
            found[span]
                .iter()
                .map(|skill| Edge::new(skill.id.to_string(), Skill::from(*skill))),
        );
        Ok(Ready(skills))
    }

    /// The terms that count now; null where there are none.
    async fn terms(&self, ctx: &Context<'_>) -> Answer<Option<Terms>> {
        Ok(library(ctx)?.terms().map(Terms::from))
    }

    /// The texts that people may agree to beyond the terms, by kind, each in the version that counts now. What the caller has
    /// said to them is told by `consents`.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn consent_texts(&self, ctx: &Context<'_>) -> Answer<Vec<ConsentText>> {
        let texts = library(ctx)?.consents().iter();
        Ok(texts.map(ConsentText::from).collect())
    }

    /// What the workbook keeps for its readers and where it comes up again, as its authors describe it.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn data_objects(&self, ctx: &Context<'_>) -> Answer<Vec<DataObject>> {
        let objects = library(ctx)?.data_objects().iter();
        Ok(objects.map(DataObject::from).collect())
    }

    /// What readers keep doing after the exercise that taught it.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn practices(&self, ctx: &Context<'_>) -> Answer<Vec<Practice>> {
        Ok(library(ctx)?
            .practices()
            .iter()
            .map(Practice::from)
            .collect())
    }
}
