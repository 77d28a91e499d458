//! Content changes; what was begun and what was reached do not.

use std::{fs, path::PathBuf};

use dreamtree_content::Shelf;
use dreamtree_database::{on_both, testing::TestDatabase};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{BEST_1, Coachee, RESULT};
use crate::support::{clock, content, load, refusal, seed_data};

on_both!(
    an_open_attempt_keeps_its_questions,
    a_result_stays_what_it_was,
    a_retired_question_is_not_served_any_more,
    a_retired_competency_is_not_listed_any_more,
    a_server_that_is_behind_says_so,
);

/// A copy of the content that a test may change; gone when it is dropped.
struct Edited(PathBuf);

impl Edited {
    fn new() -> Self {
        let name = format!("dreamtree-coaching-{}", uuid::Uuid::now_v7());
        let folder = std::env::temp_dir().join(name);
        copy(&seed_data(), &folder);
        Self(folder)
    }

    /// Replaces a text that must be there, once.
    fn replace(self, file: &str, from: &str, to: &str) -> Self {
        let path = self.0.join("coaching").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} holds {from:?}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
        self
    }
}

impl Drop for Edited {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the copy goes");
    }
}

fn copy(from: &PathBuf, to: &PathBuf) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|one| (one.path(), one.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// The first question with other words, another best choice and another weight.
fn reworded() -> Edited {
    Edited::new()
        .replace(
            "core-1.toml",
            "Marek has just begun",
            "Maren has just begun",
        )
        .replace("core-1.toml", "correct = \"b\"", "correct = \"a\"")
        .replace("core-1.toml", "weaker = { a =", "weaker = { b =")
        .replace("core-1.toml", "weight = 1", "weight = 3")
}

async fn an_open_attempt_keeps_its_questions(test: &TestDatabase) {
    let mut me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    me.library = load(test, &reworded().0).await;
    assert_eq!(
        me.start("core-1").await,
        attempt,
        "the old words, and the same ids"
    );
    me.answer(&attempt, BEST_1).await;
    let result = me.complete(&attempt).await["result"].clone();
    assert_eq!(
        (&result["earned"], &result["possible"]),
        (&json!(27), &json!(27))
    );
    assert_eq!(result["review"][0]["best"], "B");
    let new = me.start("core-1").await;
    let ids =
        |attempt: &serde_json::Value, what: &str| attempt["questions"][0]["question"][what].clone();
    assert_eq!(ids(&new, "id"), ids(&attempt, "id"));
    assert_ne!(ids(&new, "version"), ids(&attempt, "version"));
    assert!(ids(&new, "text").as_str().unwrap().starts_with("Maren"));
    me.answer(&new, BEST_1).await;
    let result = me.complete(&new).await["result"].clone();
    assert_eq!(
        (&result["earned"], &result["possible"]),
        (&json!(26), &json!(29))
    );
}

async fn a_result_stays_what_it_was(test: &TestDatabase) {
    let mut me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    me.answer(&attempt, "bdaab cbd-d bca-a").await;
    let completed = me.complete(&attempt).await;
    let moved = reworded()
        .replace("tiers.toml", "below = 50", "below = 60")
        .replace("tiers.toml", "from = 50", "from = 60");
    me.library = load(test, &moved.0).await;
    assert_eq!(me.attempt(&attempt, RESULT).await, completed);
    // The old words come back as the version that they were.
    me.library = content(test).await;
    let again = me.start("core-1").await;
    assert_eq!(again["questions"], attempt["questions"]);
}

async fn a_retired_question_is_not_served_any_more(test: &TestDatabase) {
    let library = content(test).await;
    let mut me = Coachee::new(test, &library).await;
    let mut late = Coachee::new(test, &library).await;
    let attempt = me.start("core-1").await;
    let retired = Edited::new().replace(
        "core-1.toml",
        "key = \"two-sentences-in\"",
        "key = \"two-sentences-in\"\nretired = true",
    );
    me.library = load(test, &retired.0).await;
    late.library = me.library.clone();
    let answered = me.answer(&attempt, "b").await;
    assert_eq!(
        (&answered["total"], &answered["answered"]),
        (&json!(15), &json!(1))
    );
    let short = late.start("core-1").await;
    assert_eq!(short["total"], 14);
    let gone = &attempt["questions"][0]["question"]["id"];
    let refused = late
        .send(&format!(
            "mutation {{ answerQuestions(input: {{ attempt: {}, answers: [{{ question: {gone}, \
             choice: B }}] }}) {{ attempt {{ id }} }} }}",
            short["id"]
        ))
        .await;
    let expected = (
        "NOT_FOUND".to_owned(),
        "input.answers[0].question".to_owned(),
    );
    assert_eq!(refusal(&refused), expected);
    let result = late.complete(&short).await["result"].clone();
    assert_eq!(result["possible"], 26);
}

async fn a_retired_competency_is_not_listed_any_more(test: &TestDatabase) {
    let mut me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    let completed = me.complete(&attempt).await;
    let listed =
        "{ assessments(framework: CORE, level: 1) { assessment { competencies { name } } } }";
    let names = |all: &Value| -> Vec<String> {
        let competencies = all["assessments"][0]["assessment"]["competencies"]
            .as_array()
            .unwrap();
        let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
        competencies.iter().map(name).collect()
    };
    let all = names(&me.ask(listed).await);
    assert_eq!(all.len(), 3);
    let retired = "UPDATE competency_display_names SET is_active = false \
        WHERE competency_key = 'active-listening'";
    test.owner.execute_unprepared(retired).await.unwrap();
    me.library = Shelf::open(&test.database).await.unwrap().current();
    assert_eq!(names(&me.ask(listed).await), all[1..]);
    let kept = me.attempt(&attempt, RESULT).await;
    assert_eq!(kept, completed, "what was reached stays told");
    // An assessment that is retired as a whole keeps what it was about.
    let retired = "UPDATE competency_display_names SET is_active = false; \
        UPDATE assessments SET is_active = false";
    test.owner.execute_unprepared(retired).await.unwrap();
    me.library = Shelf::open(&test.database).await.unwrap().current();
    let told = me
        .attempt(&attempt, "assessment { competencies { name } }")
        .await;
    assert_eq!(
        told["assessment"]["competencies"].as_array().unwrap().len(),
        3
    );
}

async fn a_server_that_is_behind_says_so(test: &TestDatabase) {
    let old = content(test).await;
    let mut me = Coachee::new(test, &old).await;
    me.library = load(test, &reworded().0).await;
    let attempt = me.start("core-1").await;
    let newer = std::mem::replace(&mut me.library, old);
    let id = &attempt["id"];
    let documents = [
        format!("{{ attempt(id: {id}) {{ status }} }}"),
        Coachee::answering(&attempt, "a"),
        Coachee::completing(&attempt),
    ];
    for document in documents {
        assert_eq!(refusal(&me.send(&document).await).0, "BUSY");
    }
    me.library = newer;
    assert_eq!(me.start("core-1").await, attempt, "nothing was written");
}
