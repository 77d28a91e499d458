//! Submitting, resubmitting, reading back.

use dreamtree_assessments::{Cursor, Error, current, find, page};
use dreamtree_content::{CompetencyId, Library};
use dreamtree_database::{Scope, counted, on_both, testing::TestDatabase};
use dreamtree_types::ClientError;
use time::Duration;

use crate::support::{clock, content, person, read, scored, submit, write};

on_both!(
    scores_add_up_to_a_result,
    a_resubmission_replaces_the_score_and_keeps_the_history,
    the_history_is_paged_without_gap_or_repetition,
    a_stranger_sees_nothing,
    fifteen_scores_cost_as_many_statements_as_two,
    a_year_later_it_is_time_again,
    bad_input_is_refused_and_nothing_is_kept,
);

const EXAMPLE: [i32; 15] = [4, 4, 3, 5, 3, 2, 3, 4, 3, 2, 3, 4, 2, 4, 3];

/// The scores that the history holds, newest first.
async fn history(scope: &Scope, library: &Library, only: Option<CompetencyId>) -> Vec<i32> {
    let page = page(scope, library, only, 100, None).await.unwrap();
    page.entries.iter().map(|entry| entry.score).collect()
}

async fn scores_add_up_to_a_result(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    assert_eq!(find(&read(test, me).await, &library).await.unwrap(), None);
    submit(test, me, &library, &EXAMPLE[..4]).await;
    let partial = find(&read(test, me).await, &library)
        .await
        .unwrap()
        .unwrap()
        .result;
    assert_eq!((partial.overall.count(), partial.complete()), (4, false));
    submit(test, me, &library, &EXAMPLE).await;
    let result = find(&read(test, me).await, &library)
        .await
        .unwrap()
        .unwrap()
        .result;
    assert!((result.overall.rounded() - 3.27).abs() < 1e-9);
    assert!(result.complete());
    let sizes = [
        result.strengths.len(),
        result.balanced.len(),
        result.improvements.len(),
    ];
    assert_eq!(sizes, [12, 0, 3]);
}

async fn a_resubmission_replaces_the_score_and_keeps_the_history(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    submit(test, me, &library, &[2, 2]).await;
    test.database.clock().advance(Duration::days(1));
    submit(test, me, &library, &[4]).await;
    let scope = read(test, me).await;
    let mut now: Vec<i32> = current(&scope)
        .await
        .unwrap()
        .iter()
        .map(|one| one.score)
        .collect();
    now.sort_unstable();
    assert_eq!(now, [2, 4]);
    assert_eq!(history(&scope, &library, None).await, [4, 2, 2]);
    let first = library.competencies()[0].id;
    assert_eq!(history(&scope, &library, Some(first)).await, [4, 2]);
    let assessed_at = find(&scope, &library)
        .await
        .unwrap()
        .unwrap()
        .result
        .assessed_at;
    assert_eq!(assessed_at, scope.now());
}

async fn the_history_is_paged_without_gap_or_repetition(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    for _ in 0..3 {
        submit(test, me, &library, &EXAMPLE).await;
        test.database.clock().advance(Duration::milliseconds(700));
    }
    let scope = read(test, me).await;
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = page(&scope, &library, None, 7, after).await.unwrap();
        seen.extend(
            page.entries
                .iter()
                .map(|entry| (entry.assessed_at, entry.id)),
        );
        let last = page.entries.last().map(Cursor::from).unwrap();
        after = Some(Cursor::parse(&last.to_string()).unwrap());
        if !page.has_next {
            break;
        }
    }
    let mut expected = seen.clone();
    expected.sort_unstable_by(|a, b| b.cmp(a));
    expected.dedup();
    assert_eq!(seen.len(), 45);
    assert_eq!(seen, expected);
}

async fn a_stranger_sees_nothing(test: &TestDatabase) {
    let library = content(test).await;
    let (me, stranger) = (person(test).await, person(test).await);
    submit(test, me, &library, &EXAMPLE).await;
    let scope = read(test, stranger).await;
    assert_eq!(*current(&scope).await.unwrap(), []);
    assert_eq!(find(&scope, &library).await.unwrap(), None);
    assert!(history(&scope, &library, None).await.is_empty());
    drop(scope);
    submit(test, stranger, &library, &[1]).await;
    assert_eq!(current(&read(test, me).await).await.unwrap().len(), 15);
}

async fn fifteen_scores_cost_as_many_statements_as_two(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    for scores in [&EXAMPLE[..2], &EXAMPLE, &EXAMPLE] {
        let scope = write(test, me).await;
        let scores = scored(&library, scores);
        let submission = dreamtree_assessments::submit(&scope, &library, scores);
        let (outcome, statements) = counted(submission).await;
        outcome.unwrap();
        assert_eq!(statements, 3);
        scope.commit().await.unwrap();
    }
}

async fn a_year_later_it_is_time_again(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    submit(test, me, &library, &EXAMPLE).await;
    let due = async || {
        let scope = read(test, me).await;
        find(&scope, &library)
            .await
            .unwrap()
            .unwrap()
            .result
            .reassessment_due
    };
    test.database.clock().advance(Duration::days(365));
    assert!(!due().await, "to the instant");
    test.database.clock().advance(Duration::seconds(1));
    assert!(due().await);
    submit(test, me, &library, &EXAMPLE[..14]).await;
    assert!(due().await, "the oldest score decides");
    submit(test, me, &library, &EXAMPLE).await;
    assert!(!due().await);
}

async fn bad_input_is_refused_and_nothing_is_kept(test: &TestDatabase) {
    let library = content(test).await;
    let me = person(test).await;
    let [a, b] = [library.competencies()[0].id, library.competencies()[1].id];
    let unknown = CompetencyId::new();
    let cases = [
        (vec![], "INVALID_INPUT input.scores"),
        (vec![(a, 3); 16], "INVALID_INPUT input.scores"),
        (vec![(a, 3), (b, 0)], "INVALID_INPUT input.scores[1].score"),
        (vec![(a, 3), (b, 6)], "INVALID_INPUT input.scores[1].score"),
        (
            vec![(a, 3), (b, 2), (a, 3)],
            "DUPLICATE_ENTRY input.scores[2].competency",
        ),
        (
            vec![(a, 3), (unknown, 2)],
            "NOT_FOUND input.scores[1].competency",
        ),
    ];
    for (scores, expected) in cases {
        let scope = write(test, me).await;
        let error = dreamtree_assessments::submit(&scope, &library, scores)
            .await
            .unwrap_err();
        let fault = error.fault().unwrap();
        assert_eq!(
            format!("{} {}", fault.code, fault.field.unwrap_or_default()),
            expected
        );
    }
    let scope = read(test, me).await;
    assert_eq!(*current(&scope).await.unwrap(), []);
    for first in [-1, 101] {
        let refused = page(&scope, &library, None, first, None).await;
        assert!(matches!(refused, Err(Error::First)));
    }
    let refused = page(&scope, &library, Some(unknown), 1, None).await;
    assert!(matches!(refused, Err(Error::UnknownHistory)));
    assert!(
        page(&scope, &library, None, 0, None)
            .await
            .unwrap()
            .entries
            .is_empty()
    );
}
