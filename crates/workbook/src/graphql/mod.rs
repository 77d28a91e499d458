//! The workbook at the edge.

pub mod answer;
pub mod block;
pub mod idea;
pub mod location;
pub mod mutation;
pub mod owned;
pub mod prefill;
pub mod progress;
pub mod query;
pub mod skill;
pub mod tool;
pub mod value;

use async_graphql::MergedObject;

pub use query::Blocks;

/// The workbook's part of the query root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookQuery(
    query::ReaderQuery,
    location::LocationQuery,
    idea::IdeaQuery,
    skill::SkillQuery,
);

/// The workbook's part of the mutation root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookMutation(
    mutation::ReaderMutation,
    owned::OwnedMutation,
    location::LocationMutation,
    idea::IdeaMutation,
    skill::SkillMutation,
);
