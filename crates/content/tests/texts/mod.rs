//! Texts that people accept and agree to.

use dreamtree_content::{LoadError, Shelf};
use dreamtree_database::{on_both, testing::TestDatabase};

use super::{clock, count, put, support::Copy};

on_both!(
    texts_of_consents_keep_their_words_and_one_of_a_kind_counts,
    a_csv_set_may_have_terms_and_consents_beside_it,
);

fn consent(title: &str, version: i32, text: &str) -> String {
    format!("+++\nversion = {version}\ntitle = \"{title}\"\n+++\n{text}\n")
}

async fn texts_of_consents_keep_their_words_and_one_of_a_kind_counts(test: &TestDatabase) {
    let set = |title: &str, version, text: &str| {
        let set = Copy::of("markdown");
        let set = set.append("consents/statistics.md", &consent(title, version, text));
        set.append("consents/research.md", &consent("Research", 1, "May we?"))
    };
    let shown = async || {
        let library = Shelf::open(&test.database).await.unwrap().current();
        let texts = library.consents().iter();
        texts
            .map(|one| (one.kind.clone(), one.version, one.text.clone()))
            .collect::<Vec<_>>()
    };
    let one = |kind: &str, version, text: &str| (kind.to_owned(), version, text.to_owned());
    put(test, &set("Counted", 1, "Count me.")).await.unwrap();
    for changed in [set("Counted", 1, "Count us."), set("Told", 1, "Count me.")] {
        let refused = put(test, &changed).await;
        assert!(matches!(refused, Err(LoadError::Consent(kind, 1)) if kind == "statistics"));
    }
    put(test, &set("Counted", 2, "Count us.")).await.unwrap();
    let research = one("research", 1, "May we?");
    let second = one("statistics", 2, "Count us.");
    assert_eq!(shown().await, [research, second]);
    assert_eq!(count(test, "consents").await, 3);
    put(test, &Copy::of("markdown")).await.unwrap();
    assert_eq!(shown().await, [], "none is asked for");
    assert_eq!(count(test, "consents").await, 3, "what was agreed to stays");
    put(test, &set("Counted", 1, "Count me.")).await.unwrap();
    assert_eq!(shown().await[1].1, 1, "an earlier text may come back");
}

async fn a_csv_set_may_have_terms_and_consents_beside_it(test: &TestDatabase) {
    let terms = "+++\nversion = 1\neffective_on = 2025-04-01\n+++\nBe kind.\n";
    let set = Copy::of("csv").append("terms.md", terms);
    let set = set.append(
        "consents/statistics.md",
        &consent("Counted", 1, "Count me."),
    );
    put(test, &set).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    assert_eq!(library.terms().expect("terms").text, "Be kind.");
    assert_eq!(library.consents().len(), 1);
}

#[test]
fn what_is_wrong_with_a_consent_is_named() {
    for (file, text, rule) in [
        ("statistics", "Count me.\n".to_owned(), "missing-head"),
        (
            "statistics",
            "+++\nversion = 1\n+++\nCount me.\n".to_owned(),
            "settings",
        ),
        ("statistics", consent("Counted", 0, "Count me."), "consent"),
        ("statistics", consent(" ", 1, "Count me."), "consent"),
        ("statistics", consent("Counted", 1, ""), "consent"),
        ("Statistics", consent("Counted", 1, "Count me."), "consent"),
        ("e-mail", consent("Letters", 1, "Write to me."), "consent"),
    ] {
        let name = format!("consents/{file}.md");
        let faults = Copy::of("markdown").append(&name, &text).faults();
        let [fault] = &faults[..] else {
            panic!("{text}: {faults:#?}")
        };
        assert_eq!((fault.file.as_str(), fault.rule), (name.as_str(), rule));
    }
}
