//! `coaching import` with the real binary: bad rows are named and nothing is written, a dry run writes nothing either, and
//! what is written is left to authors.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const HEAD: &str = "question,option_a,option_b,option_c,option_d,correct_answer,explanation,competency_area,\
    assessment_level,skill_tags\n";
const GOOD: &str =
    "What now?,Ask,Wait,Tell,Leave,2,It tells.,active_listening,core-i,using-silence\n";
const BAD: &str = "And then?,Ask,Wait,Tell,Leave,4,It tells.,active_listening,core-i,\n";

/// A folder with the coaching of the seed data and a file of questions; gone when it is dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the folder goes");
    }
}

impl Folder {
    fn new(rows: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("dreamtree-import-{}", uuid::Uuid::now_v7()));
        fs::create_dir_all(folder.join("coaching")).expect("a folder");
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data/coaching");
        for name in [
            "core-1.toml",
            "core-2.toml",
            "skill-tags.toml",
            "learning.toml",
            "tiers.toml",
        ] {
            fs::copy(seeds.join(name), folder.join("coaching").join(name)).expect("copied");
        }
        fs::write(folder.join("questions.csv"), format!("{HEAD}{rows}")).expect("written");
        Self(folder)
    }

    fn import(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_dreamtree"))
            .args(["coaching", "import", "--questions"])
            .arg(self.0.join("questions.csv"))
            .arg("--into")
            .arg(&self.0)
            .args(more)
            .output()
            .expect("the command runs")
    }

    fn core_one(&self) -> String {
        fs::read_to_string(self.0.join("coaching/core-1.toml")).expect("the file")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_bad_row_is_named_and_nothing_is_written() {
    let folder = Folder::new(&format!("{GOOD}{BAD}"));
    let before = folder.core_one();
    let output = folder.import(&["--answers-from", "0"]);
    assert!(!output.status.success());
    let lines = said(&output);
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(
        lines.contains("questions.csv:3: correct-answer: "),
        "{lines}"
    );
    assert_eq!(folder.core_one(), before);
}

#[test]
fn the_base_of_the_answers_must_be_said() {
    let folder = Folder::new(GOOD);
    assert!(!folder.import(&[]).status.success());
    assert!(!folder.import(&["--answers-from", "2"]).status.success());
}

#[test]
fn a_dry_run_writes_nothing_and_a_second_import_adds_nothing() {
    let folder = Folder::new(GOOD);
    let before = folder.core_one();
    let dry = folder.import(&["--answers-from", "0", "--dry-run"]);
    assert!(dry.status.success());
    assert!(
        said(&dry).contains("1 would be added, 0 are there already"),
        "{}",
        said(&dry)
    );
    assert_eq!(folder.core_one(), before);
    assert!(folder.import(&["--answers-from", "0"]).status.success());
    let after = folder.core_one();
    assert!(after.starts_with(before.trim_end()));
    let added = &after[before.trim_end().len()..];
    assert!(
        added.contains("key = \"what-now\"") && added.contains("correct = \"c\""),
        "{added}"
    );
    let again = folder.import(&["--answers-from", "0"]);
    assert!(
        said(&again).contains("0 added, 1 were there already"),
        "{}",
        said(&again)
    );
    assert_eq!(folder.core_one(), after);
}
