//! The workbook's parts of the roots, merged in groups: one long chain would nest deeper than the compiler
//! looks.

use async_graphql::MergedObject;

use super::{
    budget::{BudgetMutation, BudgetQuery},
    career::{CareerMutation, CareerQuery},
    company::{CompanyMutation, CompanyQuery},
    contact::{ContactMutation, ContactQuery},
    contents::ContentsQuery,
    daily::{DailyMutation, DailyQuery},
    experience::{ExperienceMutation, ExperienceQuery},
    farewell::FarewellMutation,
    flow_log::{FlowLogMutation, FlowLogQuery},
    idea::{IdeaMutation, IdeaQuery},
    instance::{InstanceMutation, InstanceQuery},
    job::{JobMutation, JobQuery},
    kept::KeptQuery,
    location::{LocationMutation, LocationQuery},
    locked::{LockedMutation, LockedQuery},
    milestone::{MilestoneMutation, MilestoneQuery},
    mutation::ReaderMutation,
    owned::OwnedMutation,
    pairing::{PairingMutation, PairingQuery},
    profile::{ProfileMutation, ProfileQuery},
    query::ReaderQuery,
    question::QuestionMutation,
    reframe::{ReframeMutation, ReframeQuery},
    section::SectionQuery,
    settings::SettingsMutation,
    skill::{SkillMutation, SkillQuery},
    stale::{StaleMutation, StaleQuery},
    story::{StoryMutation, StoryQuery},
    tag::TagMutation,
    toolbox::ToolboxQuery,
    values::{ValuesMutation, ValuesQuery},
};

/// The workbook's part of the query root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookQuery(ReadingQueries, SelfQueries, DirectionQueries, SearchQueries);

/// The workbook's part of the mutation root.
#[derive(Debug, Default, MergedObject)]
pub struct WorkbookMutation(
    ReadingMutations,
    SelfMutations,
    DirectionMutations,
    SearchMutations,
);

/// Reading and answering.
#[derive(Debug, Default, MergedObject)]
struct ReadingQueries(
    ReaderQuery,
    ContentsQuery,
    DailyQuery,
    InstanceQuery,
    ToolboxQuery,
    PairingQuery,
    StaleQuery,
    KeptQuery,
    LockedQuery,
);

/// Reading and answering, and what can be done with anything of one's own.
#[derive(Debug, Default, MergedObject)]
struct ReadingMutations(
    ReaderMutation,
    OwnedMutation,
    DailyMutation,
    InstanceMutation,
    TagMutation,
    PairingMutation,
    StaleMutation,
    LockedMutation,
);

/// Who a person is and what they can do.
#[derive(Debug, Default, MergedObject)]
struct SelfQueries(
    ProfileQuery,
    SectionQuery,
    ValuesQuery,
    SkillQuery,
    ExperienceQuery,
    StoryQuery,
    ReframeQuery,
);

/// Who a person is and what they can do.
#[derive(Debug, Default, MergedObject)]
struct SelfMutations(
    SettingsMutation,
    ProfileMutation,
    ValuesMutation,
    SkillMutation,
    ExperienceMutation,
    StoryMutation,
    ReframeMutation,
    FarewellMutation,
);

/// Where a person wants to go.
#[derive(Debug, Default, MergedObject)]
struct DirectionQueries(
    LocationQuery,
    CareerQuery,
    MilestoneQuery,
    BudgetQuery,
    FlowLogQuery,
    IdeaQuery,
);

/// Where a person wants to go.
#[derive(Debug, Default, MergedObject)]
struct DirectionMutations(
    LocationMutation,
    CareerMutation,
    QuestionMutation,
    MilestoneMutation,
    BudgetMutation,
    FlowLogMutation,
    IdeaMutation,
);

/// The search for work.
#[derive(Debug, Default, MergedObject)]
struct SearchQueries(CompanyQuery, ContactQuery, JobQuery);

/// The search for work.
#[derive(Debug, Default, MergedObject)]
struct SearchMutations(CompanyMutation, ContactMutation, JobMutation);
