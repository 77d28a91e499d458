//! Questions, and apart from them what is right about them: whoever shows a question cannot show its answer by mistake.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{CompetencyId, QuestionId, TagId, VersionId, words};

words! {
    /// Which option.
    ChoiceKey {
        /// The first.
        A = "a",
        /// The second.
        B = "b",
        /// The third.
        C = "c",
        /// The fourth.
        D = "d",
    }
}

/// What is asked, in one of its wordings.
#[derive(Clone, Debug)]
pub struct Question {
    /// This wording; it never changes.
    pub version: VersionId,
    /// The question, whatever its wording.
    pub id: QuestionId,
    /// What it tests.
    pub competency: CompetencyId,
    /// How much it counts, 1 to 10.
    pub weight: i32,
    /// The scene and what is asked about it.
    pub text: String,
    /// Four things to choose from.
    pub choices: Vec<Choice>,
    /// What it tests, seen more closely.
    pub tags: Vec<TagId>,
}

/// One of the things to choose from.
#[derive(Clone, Debug, Deserialize)]
pub struct Choice {
    /// Its name.
    pub key: ChoiceKey,
    /// What it says.
    pub text: String,
}

/// What is right about a wording.
#[derive(Clone, Debug)]
pub struct AnswerKey {
    /// The best option.
    pub correct: ChoiceKey,
    /// Why it is.
    pub explanation: String,
    /// A sentence for each other option.
    pub weaker: BTreeMap<ChoiceKey, String>,
}

/// A wording with what is right about it.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) question: Question,
    pub(super) key: AnswerKey,
}
