//! Sources of the real workbook, through attribution's part of the schema.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{path::Path, sync::Arc};

use async_graphql::{EmptyMutation, EmptySubscription, Request, Response, Schema};
use dreamtree_attribution::graphql::AttributionQuery;
use dreamtree_content::{Library, Shelf, SourceUsage};
use dreamtree_database::{counted, on_both, testing::TestDatabase};
use dreamtree_types::Clock;
use time::macros::datetime;
use unicode_normalization::UnicodeNormalization;

on_both!(
    the_credits_name_every_reference_and_its_uses,
    citations_leave_out_inspirations,
    an_unknown_exercise_is_not_found,
);

fn clock() -> Clock {
    Clock::fixed(datetime!(2025-06-01 12:00 UTC))
}

async fn content(test: &TestDatabase) -> Arc<Library> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data");
    let edition = dreamtree_content::read_folder(&folder).expect("seed-data has no fault");
    dreamtree_content::load(&test.owner, &edition, clock().now())
        .await
        .expect("seed-data loads");
    Shelf::open(&test.database)
        .await
        .expect("the shelf opens")
        .current()
}

/// What a request is answered; it must not cost a statement.
async fn ask(library: &Arc<Library>, document: &str) -> Response {
    let schema = Schema::new(AttributionQuery, EmptyMutation, EmptySubscription);
    let request = Request::new(document).data(Arc::clone(library));
    let (response, statements) = counted(schema.execute(request)).await;
    assert_eq!(statements, 0);
    response
}

fn data(response: Response) -> serde_json::Value {
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    response.data.into_json().expect("JSON")
}

async fn the_credits_name_every_reference_and_its_uses(test: &TestDatabase) {
    let library = content(test).await;
    let document = "{ credits { id citationNumber surname fullCitation shortCitation category \
                    usedIn { exerciseId exerciseTitle usage } } }";
    let answer = data(ask(&library, document).await);
    let credits = answer["credits"].as_array().unwrap();
    assert_eq!(credits.len(), library.references().len());
    let uses: usize = credits
        .iter()
        .map(|one| one["usedIn"].as_array().unwrap().len())
        .sum();
    let sources = library
        .exercises()
        .iter()
        .map(|one| library.sources_of(&one.id).len());
    assert_eq!(uses, sources.sum::<usize>());
    let surnames = credits
        .iter()
        .map(|one| plain(one["surname"].as_str().unwrap()));
    assert!(surnames.is_sorted());
}

/// Without accents and capitals, as a list of names is sorted.
fn plain(name: &str) -> String {
    let letters = name.nfd().filter(char::is_ascii);
    letters.collect::<String>().to_lowercase()
}

async fn citations_leave_out_inspirations(test: &TestDatabase) {
    let library = content(test).await;
    for exercise in library.exercises() {
        let id = &exercise.id;
        let document = format!(
            "{{ citations(exercise: \"{id}\") {{ number text reference {{ citationNumber }} }} }}"
        );
        let answer = data(ask(&library, &document).await);
        let citations = answer["citations"].as_array().unwrap();
        let sources = library.sources_of(id).iter();
        let shown = sources.filter(|source| source.usage != SourceUsage::Inspiration);
        assert_eq!(citations.len(), shown.count(), "{id}");
        for citation in citations {
            assert_eq!(citation["number"], citation["reference"]["citationNumber"]);
        }
    }
}

async fn an_unknown_exercise_is_not_found(test: &TestDatabase) {
    let library = content(test).await;
    let response = ask(&library, "{ citations(exercise: \"9.9.9\") { text } }").await;
    let extensions = response.errors[0].extensions.as_ref().unwrap();
    assert_eq!(extensions.get("code"), Some(&"NOT_FOUND".into()));
    assert_eq!(extensions.get("field"), Some(&"exercise".into()));
}
