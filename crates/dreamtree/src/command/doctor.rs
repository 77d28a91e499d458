//! `doctor`: one line for each thing that must be right before `serve` can work.

use std::{fmt::Display, path::Path, process::ExitCode};

use dreamtree_content::{Shelf, read_folder};
use dreamtree_database::Database;

use crate::{
    config::Config,
    failure::Failure,
    keys::{self, Absent},
    storage::{connect, pending},
};

#[derive(Default)]
struct Findings {
    faults: usize,
}

impl Findings {
    fn note(&mut self, what: &str, found: Result<String, impl Display>) {
        match found {
            Ok(detail) => println!("ok     {what}: {detail}"),
            Err(fault) => {
                self.faults += 1;
                println!("fault  {what}: {fault}");
            }
        }
    }
}

/// Checks everything; changes nothing but makes an `SQLite` file that is not there.
pub(crate) async fn doctor(file: Option<&Path>) -> ExitCode {
    let mut findings = Findings::default();
    match Config::read(file) {
        Ok(config) => {
            findings.note("configuration", Ok::<_, Failure>(config.origin.clone()));
            check(&config, &mut findings).await;
        }
        Err(faults) => findings.note("configuration", Err(faults)),
    }
    if findings.faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn check(config: &Config, findings: &mut Findings) {
    let keys = keys::read(&config.keys, Absent::Refuse).map(|_| "complete".to_owned());
    findings.note("keys", keys);
    findings.note("content files", files(config));
    match connect(&config.database).await {
        Ok(database) => {
            let kind = if config.database.is_sqlite() {
                "SQLite"
            } else {
                "PostgreSQL"
            };
            let role = config
                .database
                .role()
                .map_or_else(String::new, |role| format!(", role {role}"));
            findings.note(
                "database",
                Ok::<_, Failure>(format!("{kind} answers{role}")),
            );
            findings.note("tables", tables(&database).await);
            findings.note("content", content(&database).await);
        }
        Err(failure) => findings.note("database", Err(failure)),
    }
}

fn files(config: &Config) -> Result<String, String> {
    let folder = config.content.folder.as_path();
    if !folder.is_dir() {
        return Ok(format!(
            "{} is not there, so nothing is loaded from it",
            folder.display()
        ));
    }
    match read_folder(folder) {
        Ok(_) => Ok(format!("{} has no faults", folder.display())),
        Err(faults) => Err(format!(
            "{} has {} faults: see `dreamtree content check`",
            folder.display(),
            faults.len()
        )),
    }
}

async fn tables(database: &Database) -> Result<String, Failure> {
    match pending(database).await? {
        0 => Ok("up to date".to_owned()),
        steps => Err(Failure::new(format!(
            "{steps} steps are missing: run `dreamtree migrate`"
        ))),
    }
}

async fn content(database: &Database) -> Result<String, Failure> {
    let version = Shelf::open(database).await?.current().version();
    if version == 0 {
        return Err(Failure::new("none is loaded: run `dreamtree seed`"));
    }
    Ok(format!("edition {version}"))
}
