//! The workbook at the edge.

pub mod answer;
pub mod block;
pub mod contents;
pub mod cursor;
pub mod location;
pub mod mutation;
pub mod owned;
pub mod prefill;
pub mod profile;
pub mod progress;
pub mod query;
pub mod settings;
pub mod tool;
pub mod value;
pub mod values;

use async_graphql::MergedObject;

pub use query::Blocks;

/// The workbook's part of the query root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookQuery(
    query::ReaderQuery,
    contents::ContentsQuery,
    location::LocationQuery,
    profile::ProfileQuery,
    values::ValuesQuery,
);

/// The workbook's part of the mutation root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookMutation(
    mutation::ReaderMutation,
    owned::OwnedMutation,
    location::LocationMutation,
    profile::ProfileMutation,
    settings::SettingsMutation,
    values::ValuesMutation,
);
