//! The workbook at the edge.

pub mod answer;
pub mod block;
pub mod company;
pub mod contact;
pub mod experience;
pub mod job;
pub mod location;
pub mod mutation;
pub mod owned;
pub mod prefill;
pub mod progress;
pub mod query;
pub mod reframe;
pub mod story;
pub mod tool;
pub mod value;

use async_graphql::MergedObject;

pub use query::Blocks;

/// The workbook's part of the query root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookQuery(
    query::ReaderQuery,
    company::CompanyQuery,
    contact::ContactQuery,
    experience::ExperienceQuery,
    job::JobQuery,
    location::LocationQuery,
    reframe::ReframeQuery,
    story::StoryQuery,
);

/// The workbook's part of the mutation root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookMutation(
    mutation::ReaderMutation,
    owned::OwnedMutation,
    company::CompanyMutation,
    contact::ContactMutation,
    experience::ExperienceMutation,
    job::JobMutation,
    location::LocationMutation,
    reframe::ReframeMutation,
    story::StoryMutation,
);
