//! Answering and reading the real workbook, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod progress;
mod reader;
mod shared;
mod told;

use std::sync::Arc;

use dreamtree_content::{Input, Placement, ToolKind};
use dreamtree_database::{Vault, counted, on_both, testing::TestDatabase};
use dreamtree_identity::{Client, visit};
use dreamtree_types::{ClientError, Clock, Code, Private};
use dreamtree_workbook::{Answered, Entry, Value, Wanted, answer, tool::ToolData};
use reader::{Reader, items, open_way, private_prompt, simple_answer};
use sea_orm::ConnectionTrait;
use time::macros::datetime;

fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

on_both!(
    a_page_costs_the_same_for_few_and_for_many,
    a_batch_is_all_or_nothing,
    an_answer_beyond_the_position_is_refused,
    a_private_answer_needs_an_open_vault,
    a_private_answer_is_sealed_in_the_row,
    saving_again_replaces_and_counts,
    a_module_is_completed_once,
    a_foreign_item_is_not_there,
);

async fn a_page_costs_the_same_for_few_and_for_many(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    reader
        .walk_to(|placement| {
            placement
                .tool()
                .is_some_and(|tool| tool.tool.kind == ToolKind::SkillTagger)
        })
        .await;
    let (few, cost_of_few) = Box::pin(counted(reader.page(9))).await;
    let (many, cost_of_many) = Box::pin(counted(reader.page(100))).await;
    assert!(many.view.stored.len() > few.view.stored.len() && !few.view.stored.is_empty());
    assert!(
        cost_of_many <= cost_of_few + 2,
        "{cost_of_few} statements, then {cost_of_many}: the kinds of tools, not the rows"
    );
    assert!(cost_of_many <= 6, "{cost_of_many} statements");
}

async fn a_batch_is_all_or_nothing(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let first = reader.walk_to(|_| true).await;
    let good = Entry {
        placement: first.id,
        value: simple_answer(first),
    };
    let bad = Entry {
        placement: first.id,
        value: Value::Number(-77),
    };
    let refused = reader
        .answer(&[good.clone(), bad])
        .await
        .expect_err("a twin");
    assert_eq!(refused.fault().expect("a fault").code, Code::DuplicateEntry);
    let next = reader
        .library
        .placements()
        .iter()
        .filter(|one| one.required)
        .nth(1)
        .expect("a second one");
    let bad = Entry {
        placement: next.id,
        value: Value::Number(-77),
    };
    let refused = reader
        .answer(&[good.clone(), bad])
        .await
        .expect_err("a wrong value");
    assert!(
        refused
            .fault()
            .expect("a fault")
            .field
            .expect("a field")
            .starts_with("[1]")
    );
    let answered = Answered::find(&reader.read().await).await.expect("answers");
    assert!(!answered.contains(first.id), "nothing half-written");
    let second = Entry {
        placement: next.id,
        value: simple_answer(next),
    };
    reader
        .answer(&[good, second])
        .await
        .expect("the first opens the way for the second");
}

async fn an_answer_beyond_the_position_is_refused(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let last = reader
        .library
        .placements()
        .iter()
        .rfind(|one| one.prompt().is_some())
        .expect("a last prompt");
    let refused = reader
        .answer(&[Entry {
            placement: last.id,
            value: simple_answer(last),
        }])
        .await;
    assert_eq!(
        refused.expect_err("locked").fault().expect("a fault").code,
        Code::Locked
    );
}

async fn a_private_answer_needs_an_open_vault(test: &TestDatabase) {
    let mut reader = Reader::new(test).await;
    let vault = reader.vault.clone();
    let id = private_prompt(&reader).await.id;
    let entry = |reader: &Reader| {
        let placement = reader.library.placement(id).expect("the prompt");
        Entry {
            placement: id,
            value: simple_answer(placement),
        }
    };
    reader.vault = Vault::Locked;
    let refused = reader
        .answer(&[entry(&reader)])
        .await
        .expect_err("no key, no write");
    assert_eq!(refused.fault().expect("a fault").code, Code::VaultLocked);
    reader.vault = vault;
    reader
        .answer(&[entry(&reader)])
        .await
        .expect("with the key");
    reader.vault = Vault::Locked;
    let page = reader.page(usize::MAX / 2).await;
    assert_eq!(
        page.view.stored[&id].value,
        Private::Locked,
        "locked, and no error for the whole page"
    );
}

async fn a_private_answer_is_sealed_in_the_row(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let placement = private_prompt(&reader).await;
    reader
        .answer(&[Entry {
            placement: placement.id,
            value: simple_answer(placement),
        }])
        .await
        .expect("saved");
    let backend = test.owner.get_database_backend();
    let sql = format!(
        "SELECT response_text, is_sealed FROM user_responses WHERE stem_id = {}",
        placement.id.0
    );
    let row = test
        .owner
        .query_one_raw(sea_orm::Statement::from_string(backend, sql))
        .await
        .expect("an answer")
        .expect("a row");
    assert!(row.try_get::<bool>("", "is_sealed").expect("a flag"));
    assert!(
        row.try_get::<String>("", "response_text")
            .expect("a text")
            .starts_with("{\"v\":1,")
    );
    let page = reader.page(usize::MAX / 2).await;
    assert_eq!(
        page.view.stored[&placement.id].value,
        Private::Open(simple_answer(placement))
    );
}

async fn saving_again_replaces_and_counts(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let first = reader.walk_to(|_| true).await;
    for text in [
        "the first version, long enough to be taken for an answer",
        "the second version, long enough as well",
    ] {
        let value = if first
            .prompt()
            .is_some_and(|one| matches!(one.input, Input::Text(_) | Input::Textarea(_)))
        {
            Value::Text(text.to_owned())
        } else {
            simple_answer(first)
        };
        reader
            .answer(&[Entry {
                placement: first.id,
                value,
            }])
            .await
            .expect("saved");
    }
    let page = reader.page(100).await;
    assert_eq!(page.view.stored[&first.id].revision, 2);
}

async fn a_module_is_completed_once(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let first = reader.walk_to(|_| true).await;
    let scope = reader.write().await;
    let outcome = answer(
        &scope,
        &reader.library,
        &[Entry {
            placement: first.id,
            value: simple_answer(first),
        }],
        Wanted::EVERYTHING,
    )
    .await;
    let outcome = outcome.expect("saved");
    assert_eq!(outcome.modules.len(), 1);
    assert_eq!(outcome.modules[0].module, "1.1");
    assert_eq!(
        (
            outcome.modules[0].count.answered,
            outcome.modules[0].first_completed_at
        ),
        (1, None)
    );
    assert_eq!(outcome.modules[0].last_modified_at, Some(scope.now()));
    scope.commit().await.expect("committed");
    assert_eq!(reader.user, reader.read().await.user());
}

async fn a_foreign_item_is_not_there(test: &TestDatabase) {
    let owner = Reader::new(test).await;
    let thief = Reader::another(test, Arc::clone(&owner.library)).await;
    let is_list = |one: &&Placement| {
        one.tool()
            .is_some_and(|tool| tool.tool.kind == ToolKind::ListBuilder)
    };
    let place = owner
        .library
        .placements()
        .iter()
        .find(is_list)
        .expect("a list");
    open_way(&owner, place).await;
    open_way(&thief, place).await;
    let contents = ["one", "two", "three", "four", "five"];
    owner
        .answer(&[Entry {
            placement: place.id,
            value: items(&contents),
        }])
        .await
        .expect("a list");
    let page = owner.page(usize::MAX / 2).await;
    let Private::Open(Value::Tool(ToolData::List(list))) = &page.view.stored[&place.id].value
    else {
        panic!("a list")
    };
    assert_eq!(
        list.items
            .iter()
            .map(|item| item.content.as_str())
            .collect::<Vec<_>>(),
        contents
    );
    let stolen = Entry {
        placement: place.id,
        value: Value::Tool(ToolData::List(list.clone())),
    };
    let fault = thief
        .answer(std::slice::from_ref(&stolen))
        .await
        .expect_err("not there")
        .fault()
        .expect("a fault");
    assert_eq!(fault.code, Code::NotFound);
    assert_eq!(
        fault.field.as_deref(),
        Some("[0].value.listBuilder.items[0].id")
    );
    let answered = Answered::find(&thief.read().await).await.expect("answers");
    assert!(!answered.contains(place.id), "nothing half-written");
    owner
        .answer(&[stolen])
        .await
        .expect("the owner's items keep their ids");
    let again = owner.page(usize::MAX / 2).await;
    assert_eq!(
        again.view.stored[&place.id].value,
        page.view.stored[&place.id].value
    );
}

/// `SQLite` with no room for another page: the write is refused, nothing is half-written, and the next one works.
#[tokio::test]
async fn a_full_disk_is_said_so() {
    let test = TestDatabase::sqlite(clock()).await;
    let reader = Reader::new(&test).await;
    let limit = async |pages: &str| {
        let scope = reader.write().await;
        let pragma = format!("PRAGMA max_page_count = {pages}");
        scope
            .connection()
            .execute_unprepared(&pragma)
            .await
            .expect("a limit");
    };
    limit("1").await;
    let mut refused = None;
    for _ in 0..1_000 {
        if let Err(error) = visit(&test.database, &Client::nowhere()).await {
            refused = error.fault();
            break;
        }
    }
    assert_eq!(refused.expect("no room").code, Code::Unavailable);
    let sql = "SELECT (SELECT COUNT(*) FROM users) - (SELECT COUNT(*) FROM user_keys) AS n";
    let statement = sea_orm::Statement::from_string(test.owner.get_database_backend(), sql);
    let row = test
        .owner
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("a row");
    assert_eq!(
        row.try_get::<i64>("", "n").expect("a number"),
        0,
        "nothing half-written"
    );
    limit("1000000").await;
    visit(&test.database, &Client::nowhere())
        .await
        .expect("room again");
    test.remove().await;
}
