//! What authors and those who run the server ask about content, with the real binary: whether it is good, and what comes of
//! its wordings, on both databases, with the server's role of its own on `PostgreSQL`.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::json;
use support::{
    account::claim,
    client::Client,
    frame::{Frame, with_servers},
    server::{Server, Setup},
};

/// An exercise with two wordings, and one that follows.
const CONTENT: &str = "crates/workbook/tests/fixtures/variants";
const AGREE: &str =
    "mutation { giveConsent(input: { kind: \"statistics\", version: 1 }) { consent { given } } }";
const TAKE_BACK: &str =
    "mutation { withdrawConsent(input: { kind: \"statistics\" }) { consent { given } } }";
const ANSWER: &str =
    "mutation { answer(input: { placement: \"placement:1112\", value: { text: \"So\" } }) {
    block { id } } }";

with_servers!(a_report_counts_people_who_agree);

/// Of nine people who answer, five or more meet one of the two wordings. Visitors are not counted, and neither is whoever has
/// not agreed to it, or does not any more.
fn a_report_counts_people_who_agree(setup: Setup) {
    let server = &Server::start_with_content(setup, CONTENT);
    for _ in 0..6 {
        let visitor = server.client().visit();
        visitor.ask(ANSWER, json!({}));
        visitor.ask(AGREE, json!({}));
    }
    let none = lines(server);
    assert_eq!(none[0], "two-ways in exercise 1.1.1");
    assert_eq!(none[1], "  wording 1: answered by <5, completed by <5");
    assert_eq!(none[2], "  wording 2: answered by <5, completed by <5");
    let readers: Vec<Client> = (0..9).map(|number| reader(server, number)).collect();
    assert_eq!(lines(server), none, "nobody has agreed");
    for reader in &readers {
        reader.ask(AGREE, json!({}));
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
    for reader in &readers {
        reader.ask(TAKE_BACK, json!({}));
    }
    assert_eq!(lines(server), none, "nobody agrees any more");
}

/// Somebody with an account who has answered.
fn reader(server: &Server, number: usize) -> Client {
    let visitor = server.client().visit();
    visitor.ask(ANSWER, json!({}));
    let email = format!("reader{number}@example.org");
    claim(&visitor, &email, "a long way from home").client
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

#[tokio::test]
async fn a_check_refuses_a_faulty_list_of_what_is_allowed() {
    let frame = Frame::sqlite();
    let folder = frame.folder();
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
    frame.remove().await;
}
