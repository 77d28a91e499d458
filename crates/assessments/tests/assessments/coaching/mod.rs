//! Coaching, through the crate's part of the schema.

mod history;
mod refusals;
mod secrecy;
mod versions;
mod walk;

use std::sync::Arc;

use async_graphql::Response;
use dreamtree_assessments::AttemptId;
use dreamtree_content::{Library, coaching::Assessment};
use dreamtree_database::testing::TestDatabase;
use dreamtree_types::Actor;
use serde_json::Value;

use crate::support::{ask, data, person};

/// The best choices of Core I, in order.
pub(crate) const BEST_1: &str = "bdacb cadbd acbda";

/// The best choices of Core II, in order.
pub(crate) const BEST_2: &str = "cadbad bdaccb acbdba dbcadc cdbabd";

/// All that is told of an attempt before it is completed.
pub(crate) const OPEN: &str = "attempt { id status total answered position startedAt expiresAt \
    endedAt insights assessment { key } questions { position choice responseTime \
    question { id version text choices { key text } competency { name } } } \
    result { percentage } }";

/// All that is told of a result.
pub(crate) const RESULT: &str = "status answered position result { percentage earned possible passed \
    timeSpent completedAt next tier { key } \
    competencies { percentage earned possible leverage tier { key } competency { name } } \
    insights { kind text action positions tag { name } } \
    learningPath { title shownWhen resources { kind title } } \
    review { position weight choice best correct explanation weaker { key text } responseTime \
    tags { name } question { text } } }";

/// Somebody who takes assessments.
pub(crate) struct Coachee<'a> {
    pub(crate) test: &'a TestDatabase,
    pub(crate) library: Arc<Library>,
    pub(crate) actor: Actor,
}

impl<'a> Coachee<'a> {
    pub(crate) async fn new(test: &'a TestDatabase, library: &Arc<Library>) -> Self {
        Self {
            test,
            library: Arc::clone(library),
            actor: person(test).await,
        }
    }

    pub(crate) async fn send(&self, document: &str) -> Response {
        ask(self.test, self.actor, &self.library, document).await
    }

    pub(crate) async fn ask(&self, document: &str) -> Value {
        data(self.send(document).await)
    }

    pub(crate) fn assessment(&self, key: &str) -> &Assessment {
        let mut all = self.library.coaching().assessments();
        all.find(|one| one.key == key).expect("the assessment")
    }

    /// The mutation that begins an attempt.
    pub(crate) fn starting(&self, key: &str) -> String {
        let id = self.assessment(key).id;
        format!(
            "mutation {{ startAttempt(input: {{ assessment: \"assessment:{id}\" }}) {{ {OPEN} }} }}"
        )
    }

    /// An attempt as it begins or is taken up again.
    pub(crate) async fn start(&self, key: &str) -> Value {
        self.ask(&self.starting(key)).await["startAttempt"]["attempt"].clone()
    }

    /// The mutation that gives answers by place: a letter each, `-` for none.
    pub(crate) fn answering(attempt: &Value, choices: &str) -> String {
        let questions = attempt["questions"].as_array().expect("questions");
        let letters = choices.chars().filter(|letter| *letter != ' ');
        let answers: Vec<String> = questions
            .iter()
            .zip(letters)
            .filter(|(_, letter)| *letter != '-')
            .map(|(one, letter)| {
                let (id, letter) = (&one["question"]["id"], letter.to_ascii_uppercase());
                format!("{{ question: {id}, choice: {letter}, responseTime: 10 }}")
            })
            .collect();
        format!(
            "mutation {{ answerQuestions(input: {{ attempt: {}, answers: [{}] }}) {{ {OPEN} }} }}",
            attempt["id"],
            answers.join(", ")
        )
    }

    /// The attempt after these answers.
    pub(crate) async fn answer(&self, attempt: &Value, choices: &str) -> Value {
        let answered = self.ask(&Self::answering(attempt, choices)).await;
        answered["answerQuestions"]["attempt"].clone()
    }

    /// The mutation that completes an attempt.
    pub(crate) fn completing(attempt: &Value) -> String {
        let id = &attempt["id"];
        format!(
            "mutation {{ completeAttempt(input: {{ attempt: {id} }}) {{ attempt {{ {RESULT} }} }} }}"
        )
    }

    /// The completed attempt.
    pub(crate) async fn complete(&self, attempt: &Value) -> Value {
        let completed = self.ask(&Self::completing(attempt)).await;
        completed["completeAttempt"]["attempt"].clone()
    }

    /// The result of an attempt with these answers.
    pub(crate) async fn take(&self, key: &str, choices: &str) -> Value {
        let attempt = self.start(key).await;
        if choices.contains(|letter: char| letter.is_ascii_lowercase()) {
            self.answer(&attempt, choices).await;
        }
        self.complete(&attempt).await["result"].clone()
    }

    /// The attempt as it is.
    pub(crate) async fn attempt(&self, attempt: &Value, fields: &str) -> Value {
        let id = &attempt["id"];
        let document = format!("{{ attempt(id: {id}) {{ {fields} }} }}");
        self.ask(&document).await["attempt"].clone()
    }
}

/// An id that no attempt has.
pub(crate) fn nobodys() -> String {
    format!("\"attempt:{}\"", AttemptId::new())
}

/// The answers of these places only.
pub(crate) fn only(best: &str, places: &[usize]) -> String {
    let letters = best.chars().filter(|letter| *letter != ' ');
    letters
        .zip(1..)
        .map(|(letter, place)| if places.contains(&place) { letter } else { '-' })
        .collect()
}
