//! The workbook at the edge.

pub mod answer;
pub mod block;
pub mod budget;
pub mod career;
pub mod direction;
pub mod flow_log;
pub mod idea;
pub mod location;
pub mod milestone;
pub mod mutation;
pub mod owned;
pub mod prefill;
pub mod progress;
pub mod query;
pub mod skill;
pub mod tool;
pub mod value;

use async_graphql::MergedObject;

pub use flow_log::FlowLogs;
pub use query::Blocks;

/// The workbook's part of the query root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookQuery(
    query::ReaderQuery,
    location::LocationQuery,
    idea::IdeaQuery,
    skill::SkillQuery,
    direction::DirectionQuery,
);

/// The workbook's part of the mutation root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookMutation(
    mutation::ReaderMutation,
    owned::OwnedMutation,
    location::LocationMutation,
    idea::IdeaMutation,
    skill::SkillMutation,
    direction::DirectionMutation,
);
