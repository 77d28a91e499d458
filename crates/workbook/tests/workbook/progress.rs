//! How far a person has come, in whatever order they answer and however the content changes.

use std::sync::Arc;

use dreamtree_content::{Library, Placement, PlacementId, Shelf};
use dreamtree_database::{Scope, counted, on_both, testing::TestDatabase};
use dreamtree_workbook::{
    Entry, ExerciseState, ModuleProgress, Position, Progress, Wanted, answer, contents,
};
use sea_orm::{ConnectionTrait, Statement};
use time::Duration;
use uuid::Uuid;

use crate::{
    clock,
    reader::{Reader, open_way, simple_answer},
};

on_both!(
    every_order_of_answers_leads_to_a_hundred_percent,
    what_a_change_of_content_completes_is_noted_at_the_next_save,
);

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("a small number")
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

async fn every_order_of_answers_leads_to_a_hundred_percent(test: &TestDatabase) {
    let first = Reader::new(test).await;
    for seed in [1, 20_260_329, u64::MAX] {
        let mut dice = Dice(seed);
        let reader = Reader::another(test, Arc::clone(&first.library)).await;
        let inputs = reader
            .library
            .placements()
            .iter()
            .filter(|one| one.takes_input());
        let mut rest: Vec<&Placement> = inputs.collect();
        dice.shuffle(&mut rest);
        let mut before = 0;
        while !rest.is_empty() {
            let some = rest.split_off(rest.len() - rest.len().min(1 + dice.below(30)));
            mark(&reader, some.iter().map(|one| one.id)).await;
            let complete = !rest.iter().any(|one| one.required);
            before = check(&reader, before, complete).await;
        }
        assert_eq!(before, 100);
    }
}

/// Counts these as answered, whatever stands there and however far away it is.
async fn mark(reader: &Reader, placements: impl Iterator<Item = PlacementId>) {
    let scope = reader.write().await;
    let backend = scope.connection().get_database_backend();
    let sql = "INSERT INTO user_tool_instances (user_id, id, tool_id, stem_id, is_sealed, revision, created_at, updated_at) \
               VALUES ($1, $2, $3, $4, FALSE, 1, $5, $5)";
    let tool = reader.library.tools()[0].id.0;
    for placement in placements {
        let (id, now) = (Uuid::now_v7(), scope.now());
        let values = [
            reader.user.into(),
            id.into(),
            tool.into(),
            placement.0.into(),
            now.into(),
        ];
        let statement = Statement::from_sql_and_values(backend, sql, values);
        scope
            .connection()
            .execute_raw(statement)
            .await
            .expect("marked");
    }
    scope.commit().await.expect("committed");
}

/// Everything that says how far the reader is says the same; the percentage, which never falls.
async fn check(reader: &Reader, before: usize, complete: bool) -> usize {
    let (scope, library) = (reader.read().await, &reader.library);
    let (progress, cost) = counted(Progress::find(&scope, library, true)).await;
    assert_eq!(cost, 2);
    let progress = progress.expect("progress");
    let percent = progress.count.percent();
    assert!(before <= percent, "{before}, then {percent}");
    assert_eq!(percent == 100, complete);
    assert_eq!(progress.count.is_complete(), complete);
    assert_eq!(progress.position == Position::Complete, complete);
    let of_modules: usize = progress.modules.iter().map(|one| one.count.answered).sum();
    let of_parts: usize = progress.parts.iter().map(|one| one.count.answered).sum();
    assert_eq!(
        (of_modules, of_parts),
        (progress.count.answered, progress.count.answered)
    );
    for part in &progress.parts {
        let modules = || progress.modules.iter().filter(|one| one.part == part.part);
        let all = modules().all(|module| module.count.percent() == 100);
        assert_eq!(part.count.percent() == 100, all);
    }
    check_contents(&scope, library, &progress).await;
    percent
}

async fn check_contents(scope: &Scope, library: &Library, progress: &Progress) {
    let (entries, cost) = counted(contents::find(scope, library)).await;
    assert_eq!(cost, 0, "the snapshot has told for the progress");
    let entries = entries.expect("contents");
    assert_eq!(entries.len(), library.exercises().len());
    let reached = |state| !matches!(state, ExerciseState::Locked);
    assert!(
        entries.is_sorted_by_key(|entry| !reached(entry.state)),
        "locked ones come last"
    );
    let current = entries
        .iter()
        .filter(|entry| entry.state == ExerciseState::Current);
    let current: Vec<_> = current.collect();
    match progress.position {
        Position::Complete => assert!(current.is_empty()),
        Position::At(index) => {
            assert_eq!(current.len(), 1);
            assert!(current[0].exercise.span.contains(&index));
            let behind = entries
                .iter()
                .filter(|entry| entry.exercise.span.start > index);
            assert!(behind.into_iter().all(|entry| !reached(entry.state)));
        }
    }
    for entry in &entries {
        match entry.state {
            ExerciseState::Done => assert!(entry.count.required > 0 && entry.count.is_complete()),
            ExerciseState::Open => assert_eq!(entry.count.required, 0),
            ExerciseState::Current => assert!(!entry.count.is_complete()),
            ExerciseState::Locked => {}
        }
    }
}

async fn what_a_change_of_content_completes_is_noted_at_the_next_save(test: &TestDatabase) {
    let mut reader = Reader::new(test).await;
    let required = |library: &Library, module: usize| {
        let span = library.modules()[module].span.clone();
        let placements = library.placements()[span].iter().filter(|one| one.required);
        placements.cloned().collect::<Vec<Placement>>()
    };
    let (first, second) = (required(&reader.library, 0), required(&reader.library, 1));
    let last = first.last().expect("a last one").clone();
    open_way(&reader, &last).await;
    let made = module(&reader, 0).await;
    assert_eq!(
        (
            made.first_completed_at,
            made.count.required - made.count.answered
        ),
        (None, 1)
    );
    // The author lets go of what is left, and the reader goes on in the next module.
    let change = format!(
        "UPDATE stem SET is_required = false WHERE id = {}",
        last.id.0
    );
    reader.library = edition(test, &change).await;
    let made = module(&reader, 0).await;
    assert_eq!(
        (made.first_completed_at, made.count.percent()),
        (None, 100),
        "nobody wrote"
    );
    test.database.clock().advance(Duration::days(1));
    let completed = test.database.clock().now();
    save(&reader, &second[0]).await;
    let made = module(&reader, 0).await;
    assert_eq!(made.first_completed_at, Some(completed));
    assert_eq!(
        made.last_modified_at,
        Some(completed - Duration::days(1)),
        "it was not worked on"
    );
    // The author wants it after all: the reader has more to do, and has completed the module all the same.
    let change = format!(
        "UPDATE stem SET is_required = true WHERE id = {}",
        last.id.0
    );
    reader.library = edition(test, &change).await;
    test.database.clock().advance(Duration::days(1));
    for placement in [&first[0], &last] {
        let made = module(&reader, 0).await;
        assert_eq!(
            (made.first_completed_at, made.count.is_complete()),
            (Some(completed), false)
        );
        save(&reader, placement).await;
    }
    let made = module(&reader, 0).await;
    assert_eq!(
        (made.first_completed_at, made.count.percent()),
        (Some(completed), 100)
    );
}

async fn module(reader: &Reader, index: usize) -> ModuleProgress {
    let progress = Progress::find(&reader.read().await, &reader.library, true).await;
    progress.expect("progress").modules.swap_remove(index)
}

async fn save(reader: &Reader, placement: &Placement) {
    let entry = Entry {
        placement: placement.id,
        value: simple_answer(placement),
    };
    let scope = reader.write().await;
    answer(&scope, &reader.library, &[entry], Wanted::EVERYTHING)
        .await
        .expect("saved");
    scope.commit().await.expect("committed");
}

/// The library after an author's change.
async fn edition(test: &TestDatabase, change: &str) -> Arc<Library> {
    for sql in [change, "UPDATE content_version SET version = version + 1"] {
        test.owner.execute_unprepared(sql).await.expect("a change");
    }
    Shelf::open(&test.database)
        .await
        .expect("a shelf")
        .current()
}
