//! What can be asked about sources; by everybody.

use async_graphql::{Context, Object};
use dreamtree_api::Answer;
use dreamtree_content::graphql::library;

use super::reference::{Citation, Reference};
use crate::{Error, credits::credits};

/// Attribution's part of the query root.
#[derive(Clone, Copy, Debug, Default)]
pub struct AttributionQuery;

#[Object]
impl AttributionQuery {
    /// Every work that the workbook stands on, by the first author's surname.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn credits(&self, ctx: &Context<'_>) -> Answer<Vec<Reference>> {
        let library = library(ctx)?;
        Ok(credits(library)
            .into_iter()
            .map(|one| Reference::new(library, one))
            .collect())
    }

    /// What to show about the sources of one exercise, by number.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn citations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The exercise, such as `1.1.2`.")] exercise: String,
    ) -> Answer<Vec<Citation>> {
        let library = library(ctx)?;
        let known = library.exercise(&exercise).ok_or(Error::UnknownExercise)?;
        Ok(Citation::of(library, &known.id))
    }
}
