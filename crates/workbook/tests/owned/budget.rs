//! The budget outside of any placement.

use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_types::{Private, UserId};
use dreamtree_workbook::tool::budget;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Stage, clock, refusal};

const GET: &str = "{ budget { state revision createdAt budget { currency notes
    totals { monthlyExpenses essentialExpenses monthlyIncome annualNeeds hourlyBatna } } } }";
const SAVE: &str = "mutation($input: BudgetCalculatorInput!, $version: Int) {
    saveBudget(input: $input, expectedVersion: $version) {
      budget { state revision budget { currency notes } } } }";

on_both!(
    the_example_of_the_documentation_comes_out,
    the_slower_device_is_told_and_shown,
    only_money_is_a_currency,
    what_does_not_fit_is_refused,
    without_the_key_it_is_locked,
);

/// The example of `docs/budget.md`.
fn example() -> Value {
    json!({ "input": {
        "currency": "EUR",
        "notes": " Flat ",
        "incomes": [
            { "name": "Part-time job", "amount": 210_000, "period": "MONTHLY", "gross": false },
            { "name": "Bonus", "amount": 100_000, "period": "YEARLY", "gross": true },
            { "name": "Royalties", "amount": 50_000, "period": "YEARLY", "gross": true },
        ],
        "expenses": [
            { "name": "Rent", "amount": 95_000, "essential": true },
            { "name": "Food", "amount": 42_050, "essential": true },
            { "name": "Insurance", "amount": 13_000, "essential": true },
            { "name": "Fun", "amount": 25_000, "essential": false },
        ],
    } })
}

async fn the_example_of_the_documentation_comes_out(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let before = person.data(GET, json!({})).await;
    assert_eq!(
        before["budget"],
        json!({ "state": "EMPTY", "revision": 0, "createdAt": null, "budget": null })
    );
    let saved = person.data(SAVE, example()).await;
    let view = json!({ "state": "UNLOCKED", "revision": 1,
        "budget": { "currency": "EUR", "notes": "Flat" } });
    assert_eq!(saved["saveBudget"]["budget"], view);
    let read = person.ask(GET, json!({})).await;
    assert_eq!(
        read.data["budget"]["budget"]["totals"],
        json!({ "monthlyExpenses": 175_050, "essentialExpenses": 150_050, "monthlyIncome": 222_500,
            "annualNeeds": 2_100_600, "hourlyBatna": 1_010 })
    );
    assert_eq!(read.statements, 2, "the session and the budget");
    let mut later = example();
    later["input"]["notes"] = Value::Null;
    let again = person.ask(SAVE, later).await;
    assert_eq!(again.data["saveBudget"]["budget"]["revision"], json!(2));
    assert_eq!(
        again.data["saveBudget"]["budget"]["budget"]["notes"],
        Value::Null
    );
    assert_eq!(again.statements, 4, "session, look, write, show");
    let other = stage.person().await;
    assert_eq!(other.data(GET, json!({})).await["budget"], before["budget"]);
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let expecting = |version: i32, notes: &str| {
        let mut save = example();
        save["version"] = json!(version);
        save["input"]["notes"] = json!(notes);
        save
    };
    let conflict = [refusal("CONFLICT", "expectedVersion")];
    let early = person.ask(SAVE, expecting(1, "Nothing yet")).await;
    assert_eq!(early.errors, conflict);
    assert_eq!(early.data["saveBudget"]["budget"]["state"], json!("EMPTY"));
    person.data(SAVE, expecting(0, "First")).await;
    let slower = person.ask(SAVE, expecting(0, "Second")).await;
    assert_eq!(slower.errors, conflict);
    let shown = &slower.data["saveBudget"]["budget"];
    assert_eq!(
        (&shown["revision"], &shown["budget"]["notes"]),
        (&json!(1), &json!("First"))
    );
    let kept = person.data(GET, json!({})).await;
    assert_eq!(kept["budget"]["budget"]["notes"], json!("First"));
}

async fn only_money_is_a_currency(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    // Nothing, a test, four metals, units of account, a unit that only indexes, no code at all.
    for currency in [
        "XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XDR", "XUA", "CLF", "ZZZ", "eur", "",
    ] {
        let mut save = example();
        save["input"]["currency"] = json!(currency);
        let refused = person.refused(SAVE, save).await;
        assert_eq!(
            refused,
            refusal("INVALID_INPUT", "input.currency"),
            "{currency}"
        );
    }
    let kept = person.data(GET, json!({})).await;
    assert_eq!(kept["budget"]["state"], json!("EMPTY"));
    for currency in ["JPY", "XOF", "CHF"] {
        let mut save = example();
        save["input"]["currency"] = json!(currency);
        person.data(SAVE, save).await;
    }
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    person.data(SAVE, example()).await;
    let line = |amount: i64| json!([{ "name": "Rent", "amount": amount, "essential": true }]);
    for (name, value, field) in [
        ("expenses", json!([]), "input.expenses"),
        ("expenses", line(-1), "input.expenses[0].amount"),
        ("notes", json!("x".repeat(5_001)), "input.notes"),
        ("region", json!("a\u{0}b"), "input.region"),
    ] {
        let mut save = example();
        save["input"][name] = value;
        let refused = person.refused(SAVE, save).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let kept = person.data(GET, json!({})).await;
    assert_eq!(kept["budget"]["revision"], json!(1), "nothing half-written");
}

async fn without_the_key_it_is_locked(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    person.data(SAVE, example()).await;
    let rows = person
        .rows("SELECT user_id, details, annual_needs FROM user_budget")
        .await;
    let [row] = rows.as_slice() else {
        panic!("{} rows", rows.len())
    };
    let details: String = row.try_get_by_index(1).expect("the lines");
    let needs: String = row.try_get_by_index(2).expect("a total");
    assert!(!details.contains("Rent") && !needs.contains("2100600"));
    let user: Uuid = row.try_get_by_index(0).expect("a user");
    let scope = Scope::read(&test.database, UserId::from(user)).await;
    let kept = budget::get(&scope.expect("a scope")).await.expect("a row");
    assert!(matches!(kept.budget, Private::Locked));
    assert_eq!(kept.revision, 1);
}
