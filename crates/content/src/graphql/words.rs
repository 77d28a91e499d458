//! The words of the content as GraphQL enumerations.

use async_graphql::Enum;
use dreamtree_api::Plain;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::ContentKind")]
pub enum ContentKind {
    /// A heading of a module, an exercise or an activity.
    Heading,
    /// Why, how and how long.
    Instruction,
    /// An aside.
    Note,
    /// Somebody's words.
    Quote,
    /// A bridge between modules or parts.
    Transition,
    /// A moment to be proud of.
    Celebration,
}

/// What tools capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::ToolKind")]
pub enum ToolKind {
    /// An ordered list with a name.
    ListBuilder,
    /// A story told in the SOARED steps.
    SoaredForm,
    /// Skills of the master list and one's own.
    SkillTagger,
    /// An order made by comparing pairs.
    RankingGrid,
    /// One of the sixteen personality types.
    MbtiSelector,
    /// Income, expenses and what follows from them.
    BudgetCalculator,
    /// Energy and focus of an activity on a day.
    FlowTracker,
    /// Work, play, love and health on a scale.
    LifeDashboard,
    /// A failure seen anew.
    FailureReframer,
    /// A tree of ideas.
    IdeaTree,
    /// Skills sorted into five buckets by how well they are mastered.
    BucketingTool,
    /// A form to fill in; its `fields` say what it asks.
    Record,
    /// Things that are kept elsewhere too, gathered to a purpose; `collects` says which.
    Collection,
}

/// Which things of a person's own a collection shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::Collected")]
pub enum Collected {
    /// Companies worth a closer look.
    Companies,
    /// People to talk to.
    Contacts,
    /// Openings and applications.
    Jobs,
    /// Steps on the timeline.
    Milestones,
    /// Paths under comparison.
    CareerOptions,
    /// Jobs, courses and projects.
    Experiences,
    /// Places to live.
    Locations,
}

/// The types of the fields of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::FieldType")]
pub enum FieldType {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A whole number.
    Number,
    /// A whole number on a scale.
    Scale,
    /// A day.
    Date,
    /// One of several choices.
    Choice,
    /// Any number of choices.
    Choices,
    /// Yes or no.
    YesNo,
    /// The address of a page, http or https.
    Url,
    /// One of the person's own things.
    Link,
}

/// What a field of a form can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::LinkTarget")]
pub enum LinkTarget {
    /// A company.
    Company,
    /// Somebody to talk to.
    Contact,
    /// An opening or an application.
    Job,
    /// A path under comparison.
    CareerOption,
    /// A job, a course or a project.
    Experience,
    /// A story.
    Story,
    /// A skill that the person has.
    Skill,
}

/// How often a tool asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::Frequency")]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
}

/// What a SOARED story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::StoryType")]
pub enum StoryType {
    /// A challenge met.
    Challenge,
    /// A failure seen anew.
    Reframe,
    /// Anything else.
    Other,
}

/// The groups of skills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::SkillCategory")]
pub enum SkillCategory {
    /// Useful in any field.
    Transferable,
    /// How one goes about things.
    SelfManagement,
    /// What one knows.
    Knowledge,
}

/// How far the review of a skill of somebody's own has come, which may join the master list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::review::ReviewStatus")]
pub enum SkillReview {
    /// Nobody has decided yet.
    Pending,
    /// It counts as a skill of the master list now.
    Approved,
    /// It stays with those who use it.
    Rejected,
}

/// How a skill has come to the master list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::review::SkillOrigin")]
pub enum SkillOrigin {
    /// An author's file has it.
    Edition,
    /// An operator has approved what somebody proposed.
    Review,
}

/// How an exercise uses a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::SourceUsage")]
pub enum SourceUsage {
    /// Word for word.
    DirectQuote,
    /// Its model gives the structure.
    Framework,
    /// The exercise builds on its idea.
    Concept,
    /// The exercise is a changed version of it.
    Adaptation,
    /// A loose influence; named in the credits only.
    Inspiration,
}
