//! The crate's part of the schema.

use dreamtree_assessments::Choice;
use dreamtree_content::Library;
use dreamtree_database::{counted, on_both, testing::TestDatabase};
use dreamtree_types::Actor;
use serde_json::json;

use crate::support::{ask, clock, content, data, person, refusal, submit};

on_both!(
    a_visitor_reads_competencies_without_a_score,
    a_chosen_text_becomes_a_score,
    what_does_not_fit_is_refused,
    everything_personal_needs_a_session,
    lists_cost_the_same_whatever_their_length,
);

const COMPETENCIES: &str =
    "{ competencies { id category levels { id text } myScore { score level } } }";

/// The mutation that chooses these texts.
fn choosing(choices: &[Choice]) -> String {
    let entry = |choice: &Choice| {
        let (competency, level) = (choice.competency, choice.level);
        format!("{{ competency: \"competency:{competency}\", level: \"level:{level}\" }}")
    };
    let scores: Vec<String> = choices.iter().map(entry).collect();
    format!(
        "mutation {{ submitCompetencyScores(input: {{ scores: [{}] }}) {{ \
         result {{ overall {{ average scored total complete }} balanced {{ score }} reassessmentDue }} \
         scores {{ score competency {{ name myScore {{ level }} }} }} }} }}",
        scores.join(", ")
    )
}

/// The text of a level, 1 to 5, of the competency at a place.
fn choice(library: &Library, place: usize, level: usize) -> Choice {
    let competency = &library.competencies()[place];
    Choice {
        competency: competency.id,
        level: competency.levels[level - 1].id,
    }
}

async fn a_visitor_reads_competencies_without_a_score(test: &TestDatabase) {
    let library = content(test).await;
    let answer = data(ask(test, Actor::Visitor, &library, COMPETENCIES).await);
    let competencies = answer["competencies"].as_array().unwrap();
    assert_eq!(competencies.len(), 15);
    for one in competencies {
        assert_eq!(one["levels"].as_array().unwrap().len(), 5);
        assert_eq!(one["myScore"], json!(null));
    }
    let in_order = library
        .competencies()
        .iter()
        .zip(competencies)
        .filter(|(known, shown)| {
            let texts = known.levels.iter().map(|level| level.description.as_str());
            texts.eq(shown["levels"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["text"].as_str().unwrap()))
        });
    assert!(in_order.count() < 3);
    assert_eq!(
        data(ask(test, Actor::Expired, &library, COMPETENCIES).await),
        answer
    );
}

async fn a_chosen_text_becomes_a_score(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    let choices = [choice(&library, 0, 4), choice(&library, 14, 3)];
    let payload =
        &data(ask(test, me, &library, &choosing(&choices)).await)["submitCompetencyScores"];
    let overall = json!({ "average": 3.5, "scored": 2, "total": 15, "complete": false });
    assert_eq!(payload["result"]["overall"], overall);
    assert_eq!(payload["result"]["balanced"], json!([{ "score": 3 }]));
    assert_eq!(payload["result"]["reassessmentDue"], json!(false));
    assert_eq!(payload["scores"][0]["score"], 4);
    let answer = data(ask(test, me, &library, COMPETENCIES).await);
    let mine = json!({ "score": 4, "level": format!("level:{}", choices[0].level) });
    assert_eq!(answer["competencies"][0]["myScore"], mine);
    assert_eq!(answer["competencies"][1]["myScore"], json!(null));
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    let good = choice(&library, 0, 1);
    let foreign = Choice {
        level: choice(&library, 1, 1).level,
        ..good
    };
    let unknown = Choice {
        level: dreamtree_content::LevelId::new(),
        ..good
    };
    let nothing = Choice {
        competency: dreamtree_content::CompetencyId::new(),
        ..good
    };
    let cases = [
        (vec![], "INVALID_INPUT", "input.scores"),
        (vec![foreign], "INVALID_INPUT", "input.scores[0].level"),
        (vec![unknown], "NOT_FOUND", "input.scores[0].level"),
        (
            vec![good, nothing],
            "NOT_FOUND",
            "input.scores[1].competency",
        ),
        (
            vec![good, good],
            "DUPLICATE_ENTRY",
            "input.scores[1].competency",
        ),
    ];
    for (choices, code, field) in cases {
        let answer = ask(test, me, &library, &choosing(&choices)).await;
        assert_eq!(refusal(&answer), (code.to_owned(), field.to_owned()));
    }
    let lists = [
        ("first: 101", "first"),
        ("first: -1", "first"),
        ("after: \"x\"", "after"),
    ];
    for (arguments, field) in lists {
        let document = format!("{{ competencyHistory({arguments}) {{ nodes {{ score }} }} }}");
        let answer = ask(test, me, &library, &document).await;
        assert_eq!(
            refusal(&answer),
            ("INVALID_INPUT".to_owned(), field.to_owned())
        );
    }
    let answer = data(ask(test, me, &library, "{ competencyResult { assessedAt } }").await);
    assert_eq!(answer, json!({ "competencyResult": null }));
}

async fn everything_personal_needs_a_session(test: &TestDatabase) {
    let library = content(test).await;
    let mutation = choosing(&[choice(&library, 0, 1)]);
    let documents = [
        "{ competencyResult { assessedAt } }",
        "{ competencyHistory { nodes { score } } }",
        mutation.as_str(),
    ];
    for document in documents {
        let visitor = ask(test, Actor::Visitor, &library, document).await;
        assert_eq!(refusal(&visitor).0, "UNAUTHENTICATED");
        let expired = ask(test, Actor::Expired, &library, document).await;
        assert_eq!(refusal(&expired).0, "SESSION_EXPIRED");
    }
}

async fn lists_cost_the_same_whatever_their_length(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    let first = library.competencies()[0].id;
    let documents = [
        COMPETENCIES.to_owned(),
        "{ competencyResult { strengths { competency { name myScore { score } } } } }".to_owned(),
        format!(
            "{{ competencyHistory(competency: \"competency:{first}\") {{ pageInfo {{ hasNextPage }} \
             edges {{ cursor node {{ score competency {{ myScore {{ score }} }} }} }} }} }}"
        ),
    ];
    let mut costs = Vec::new();
    for scores in [&[3, 4][..], &[3; 15]] {
        submit(test, me, &library, scores).await;
        let mut cost = Vec::new();
        for document in &documents {
            let (answer, statements) = counted(ask(test, me, &library, document)).await;
            data(answer);
            cost.push(statements);
        }
        costs.push(cost);
    }
    assert_eq!(costs[0], costs[1]);
    let visitor = counted(ask(test, Actor::Visitor, &library, COMPETENCIES)).await;
    assert_eq!(visitor.1, 0);
}
