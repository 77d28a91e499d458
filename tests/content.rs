//! What authors and those who run the server ask about content, with the real binary: whether it is good, and what comes of
//! its wordings, on both databases, with the server's role of its own on `PostgreSQL`.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use dreamtree_database::testing::TestDatabase;
use dreamtree_types::Clock;
use serde_json::json;
use support::server::{Server, Setup};

/// An exercise with two wordings, and one that follows.
const CONTENT: &str = "crates/workbook/tests/fixtures/variants";
const CLAIM: &str = "mutation($email: String!) { claim(input: { email: $email, password: \"a long way from home\" },
    delivery: BEARER) { token } }";
const ANSWER: &str =
    "mutation { answer(input: { placement: \"placement:1112\", value: { text: \"So\" } }) {
    block { id } } }";

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("dreamtree-content-{}", uuid::Uuid::now_v7()))
}

#[tokio::test]
async fn a_report_counts_people_with_an_account_on_sqlite() {
    let folder = folder();
    let setup = Setup {
        folder: folder.clone(),
        url: format!("sqlite:{}", folder.join("test.db").display()),
        owner_url: None,
    };
    run(setup).await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

#[tokio::test]
async fn a_report_counts_people_with_an_account_on_postgres() {
    let test = TestDatabase::postgres(Clock::System).await;
    let folder = folder();
    let setup = Setup {
        folder: folder.clone(),
        url: test.url.clone(),
        owner_url: Some(test.owner_url.clone()),
    };
    run(setup).await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
    test.remove().await;
}

async fn run(setup: Setup) {
    tokio::task::spawn_blocking(move || report(&Server::start_with_content(setup, CONTENT)))
        .await
        .expect("a report");
}

/// Of nine people who answer, five or more meet one of the two wordings. Visitors are not counted.
fn report(server: &Server) {
    for _ in 0..6 {
        server.client().visit().ask(ANSWER, json!({}));
    }
    let none = lines(server);
    assert_eq!(none[0], "two-ways in exercise 1.1.1");
    assert_eq!(none[1], "  wording 1: answered by <5, completed by <5");
    assert_eq!(none[2], "  wording 2: answered by <5, completed by <5");
    for number in 0..9 {
        let reader = server.client().visit();
        reader.ask(ANSWER, json!({}));
        reader.ask(
            CLAIM,
            json!({ "email": format!("reader{number}@example.org") }),
        );
    }
    let some = lines(server);
    assert_eq!(some.len(), 3, "{some:?}");
    let enough = some
        .iter()
        .filter(|line| line.ends_with("answered by 5+, completed by <5"));
    assert_eq!(enough.count(), 1, "{some:?}");
    let few = some
        .iter()
        .filter(|line| line.ends_with("answered by <5, completed by <5"));
    assert_eq!(few.count(), 1, "{some:?}");
}

fn lines(server: &Server) -> Vec<String> {
    let printed = server.command(&["content", "report"]);
    printed.lines().map(str::to_owned).collect()
}

fn check(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dreamtree"));
    let command = command.args(["content", "check"]).args(arguments);
    command
        .current_dir(root)
        .output()
        .expect("the command runs")
}

#[test]
fn a_check_refuses_warnings_only_where_it_is_strict() {
    const WARNED: &str = "crates/content/tests/fixtures/markdown";
    const GOOD: &str = "crates/content/tests/fixtures/lint";
    let lenient = check(&[WARNED]);
    let said = String::from_utf8_lossy(&lenient.stdout).into_owned();
    let warning = "warning: workbook/1.1-beginnings.md:29: prompt-without-purpose: 1112: ";
    assert!(said.contains(warning), "{said}");
    assert!(said.contains("15 stem"), "{said}");
    assert!(lenient.status.success());
    assert!(!check(&[WARNED, "--strict"]).status.success());
    assert!(check(&[GOOD, "--strict"]).status.success());
}

#[test]
fn a_check_refuses_a_faulty_list_of_what_is_allowed() {
    let folder = folder();
    std::fs::create_dir_all(folder.join("workbook")).expect("a folder");
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/content/tests/fixtures/lint");
    for file in [
        "workbook/1.1-clean.md",
        "tools.toml",
        "references.toml",
        "personality-types.toml",
    ] {
        std::fs::copy(root.join(file), folder.join(file)).expect("copied");
    }
    let allow = "[[allow]]\nrule = \"too-long\"\nid = \"1101\"\nreason = \"It is not.\"\n";
    std::fs::write(folder.join("lint.toml"), allow).expect("written");
    let output = check(&[folder.to_str().expect("a path")]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("lint.toml:1: allows-nothing: "), "{said}");
    assert!(!output.status.success());
    std::fs::remove_dir_all(folder).expect("the folder goes");
}
