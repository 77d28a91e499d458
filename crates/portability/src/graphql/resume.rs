//! The résumé at the edge.

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_api::{Answer, Plain, Ready, caller};
use dreamtree_content::graphql::library;

use super::JsonDocument;
use crate::resume;

/// What the caller has done, for programs that make résumés. `GET /resume.json` has the document alone, as a file.
#[derive(Debug, SimpleObject, Plain)]
pub struct Resume {
    /// The document: JSON Resume 1.0.0 (<https://jsonresume.org/schema>), of experiences, skills and the profile.
    pub json: JsonDocument,
    /// Members that are written down but locked, and therefore not in the document, such as `basics.summary`.
    pub left_out: Vec<String>,
}

/// What can be asked about the résumé.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResumeQuery;

#[Object]
impl ResumeQuery {
    /// What the caller has done, for programs that make résumés.
    #[graphql(complexity = "100 + child_complexity")]
    async fn resume(&self, ctx: &Context<'_>) -> Answer<Ready<Resume>> {
        let scope = caller(ctx)?.read().await?;
        // Boxed: whatever waits for it would be larger by all of it.
        let resume = Box::pin(resume::get(&scope, library(ctx)?)).await?;
        Ok(Ready(Resume {
            json: JsonDocument(resume.json),
            left_out: resume.left_out.into_iter().map(str::to_owned).collect(),
        }))
    }
}
