//! Coaching at the edge.

mod assessment;
mod attempt;
mod growth;
mod learning;
mod mutation;
mod outcome;
mod query;
mod question;
mod words;

pub use assessment::{Assessment, AssessmentEntry, AssessmentStanding, CoachingCompetency, Tier};
pub use attempt::{Attempt, AttemptQuestion, Attempts};
pub use growth::{CoachingGrowth, CompetencyGrowth};
pub use learning::{LearningCategory, LearningResource};
pub use mutation::{
    AbandonAttemptInput, AnswerQuestionsInput, AttemptPayload, CoachingMutation,
    CompleteAttemptInput, QuestionAnswerInput, StartAttemptInput, StoreInsightsInput,
};
pub use outcome::{AttemptResult, CompetencyOutcome, SkillInsight};
pub use query::CoachingQuery;
pub use question::{Question, QuestionChoice, ReviewedQuestion, SkillTag, WeakerChoice};
pub use words::{
    AttemptStatus, ChoiceKey, Difficulty, Framework, InsightType, ResourceType, ShownWhen,
};
