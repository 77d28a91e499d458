//! The words of coaching as GraphQL enumerations.

use async_graphql::Enum;
use dreamtree_api::Plain;

/// Whose competencies an assessment goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::coaching::Framework")]
pub enum Framework {
    /// Our own.
    Core,
    /// Those of the International Coaching Federation.
    Icf,
    /// Those of the Association for Coaching.
    Ac,
}

/// How demanding an assessment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::coaching::Difficulty")]
pub enum Difficulty {
    /// For people who begin.
    Beginner,
    /// For people who have some practice.
    Intermediate,
    /// For people who have much.
    Advanced,
}

/// Which of the things to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::coaching::ChoiceKey")]
pub enum ChoiceKey {
    /// The first.
    A,
    /// The second.
    B,
    /// The third.
    C,
    /// The fourth.
    D,
}

/// Whether an insight is about what was missed or about what went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::coaching::InsightType")]
pub enum InsightType {
    /// A question with the tag was missed.
    Weakness,
    /// All questions with the tag were answered well.
    Strength,
}

/// What leads to a category of a learning path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::coaching::ShownWhen")]
pub enum ShownWhen {
    /// One of its competencies is to be worked on.
    Weak,
    /// None is.
    Next,
}

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::coaching::ResourceType")]
pub enum ResourceType {
    /// To read.
    Book,
    /// To read in one sitting.
    Article,
    /// To do, as its steps say.
    Practice,
    /// To attend for some time.
    Course,
    /// To watch.
    Video,
    /// To do.
    Exercise,
    /// To attend once.
    Workshop,
    /// To use.
    Tool,
    /// To measure oneself by.
    Assessment,
}

/// Where an attempt is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::Status")]
pub enum AttemptStatus {
    /// It can be answered and completed.
    InProgress,
    /// It has a result.
    Completed,
    /// It was given up.
    Abandoned,
    /// It was left for more than 30 days.
    Expired,
}
