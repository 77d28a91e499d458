//! The workbook at the edge.

pub mod answer;
pub mod block;
pub mod budget;
pub mod career;
pub mod company;
pub mod contact;
pub mod contents;
pub mod cursor;
pub mod direction;
pub mod experience;
pub mod flow_log;
pub mod idea;
pub mod job;
pub mod location;
pub mod milestone;
pub mod mutation;
pub mod owned;
pub mod prefill;
pub mod profile;
pub mod progress;
pub mod query;
pub mod reframe;
pub mod settings;
pub mod skill;
pub mod story;
pub mod tool;
pub mod value;
pub mod values;

use async_graphql::MergedObject;

pub use flow_log::FlowLogs;
pub use query::Blocks;

/// The workbook's part of the query root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookQuery(
    query::ReaderQuery,
    company::CompanyQuery,
    contact::ContactQuery,
    contents::ContentsQuery,
    direction::DirectionQuery,
    experience::ExperienceQuery,
    idea::IdeaQuery,
    job::JobQuery,
    location::LocationQuery,
    profile::ProfileQuery,
    reframe::ReframeQuery,
    skill::SkillQuery,
    story::StoryQuery,
    values::ValuesQuery,
);

/// The workbook's part of the mutation root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookMutation(
    mutation::ReaderMutation,
    owned::OwnedMutation,
    company::CompanyMutation,
    contact::ContactMutation,
    direction::DirectionMutation,
    experience::ExperienceMutation,
    idea::IdeaMutation,
    job::JobMutation,
    location::LocationMutation,
    profile::ProfileMutation,
    reframe::ReframeMutation,
    settings::SettingsMutation,
    skill::SkillMutation,
    story::StoryMutation,
    values::ValuesMutation,
);
