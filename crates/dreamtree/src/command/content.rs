//! `content check`: what is wrong with the files, where their authors can find it. `content report`: what comes of their
//! wordings.

use std::{path::Path, process::ExitCode};

use dreamtree_content::{Shelf, lint, read_folder};
use dreamtree_database::Scope;
use dreamtree_identity::consent::{self, STATISTICS};
use dreamtree_workbook::VariantReport;

use crate::{
    config::Config,
    failure::{Failure, content_line},
    storage::{accounts, connect},
};

/// What ends a check with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Faults.
    Faults,
    /// Faults and warnings.
    Warnings,
}

/// Checks a folder; prints a line for each fault and warning, and the counts of what it holds if it can be loaded.
pub(crate) fn check(folder: &Path, strictness: Strictness) -> ExitCode {
    let edition = match read_folder(folder) {
        Ok(edition) => edition,
        Err(faults) => {
            for fault in &faults {
                println!("{}", content_line(fault));
            }
            return ExitCode::FAILURE;
        }
    };
    let linted = lint(&edition, folder);
    for fault in &linted.faults {
        println!("{}", content_line(fault));
    }
    for warning in &linted.warnings {
        println!("warning: {}", content_line(warning));
    }
    for (what, count) in edition.counts() {
        println!("{count:>6} {what}");
    }
    let refused = strictness == Strictness::Warnings && !linted.warnings.is_empty();
    if refused || !linted.faults.is_empty() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Prints for each exercise with several wordings how many people have answered and completed it, among those who have an
/// account and agree to be counted. Each is looked at in a frame of their own; visitors without an account are not.
pub(crate) async fn report(config: &Config) -> Result<ExitCode, Failure> {
    let database = connect(&config.database).await?;
    let library = Shelf::open(&database).await?.current();
    let mut report = VariantReport::new(&library);
    let mut last = None;
    loop {
        let people = accounts(&database, last).await?;
        let Some(next) = people.last() else { break };
        last = Some(*next);
        for person in people {
            let scope = Scope::read(&database, person).await?;
            if consent::holds(&scope, STATISTICS).await? {
                report.add(&scope).await?;
            }
        }
    }
    for (group, tallies) in report.groups() {
        println!("{} in exercise {}", group.name, group.exercise.id);
        for (index, tally) in tallies.iter().enumerate() {
            let (wording, answered, completed) = (index + 1, tally.answered, tally.completed);
            println!("  wording {wording}: answered by {answered}, completed by {completed}");
        }
    }
    if report.groups().is_empty() {
        println!("No exercise has several wordings.");
    }
    database.close().await?;
    Ok(ExitCode::SUCCESS)
}
