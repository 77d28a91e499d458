//! `doctor`: one line for each thing that must be right before `serve` can work.

use std::{fmt::Display, path::Path, process::ExitCode};

use dreamtree_content::{Shelf, read_folder};
use dreamtree_database::Database;
use dreamtree_identity::exchange;

use crate::{
    config::Config,
    failure::Failure,
    keys::{self, Absent},
    storage::{connect, has_accounts, pending},
};

#[derive(Default)]
struct Findings {
    faults: usize,
}

impl Findings {
    fn note(&mut self, what: &str, found: Result<String, impl Display>) {
        match found {
            Ok(detail) => Self::good(what, &detail),
            Err(fault) => self.fault(what, &fault),
        }
    }

    fn good(what: &str, detail: &str) {
        println!("ok     {what}: {detail}");
    }

    fn fault(&mut self, what: &str, fault: &impl Display) {
        self.faults += 1;
        println!("fault  {what}: {fault}");
    }
}

/// Checks everything and changes nothing.
pub(crate) async fn doctor(file: Option<&Path>) -> ExitCode {
    let mut findings = Findings::default();
    match Config::read(file) {
        Ok(config) => {
            Findings::good("configuration", &config.origin);
            findings.note("content files", files(&config));
            storage(&config, &mut findings).await;
        }
        Err(faults) => findings.fault("configuration", &faults),
    }
    if findings.faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn storage(config: &Config, findings: &mut Findings) {
    if let Some(file) = config.database.file().filter(|file| !file.exists()) {
        let detail = format!("{} is not there yet; `serve` makes it", file.display());
        Findings::good("database", &detail);
        findings.note("keys", keys(config, false));
        return;
    }
    let database = match connect(&config.database).await {
        Ok(database) => database,
        Err(failure) => return findings.fault("database", &failure),
    };
    let kind = if config.database.is_sqlite() {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    let role = config
        .database
        .role()
        .map_or_else(String::new, |role| format!(", role {role}"));
    Findings::good("database", &format!("{kind} answers{role}"));
    let tables = tables(&database).await;
    let complete = tables.is_ok();
    findings.note("tables", tables);
    if complete {
        findings.note("content", content(&database).await);
        match has_accounts(&database).await {
            Ok(accounts) => {
                let found = keys(config, accounts);
                let complete = found.is_ok();
                findings.note("keys", found);
                if complete && accounts {
                    findings.note("keys in use", in_use(config, &database).await);
                }
            }
            Err(failure) => findings.fault("accounts", &failure),
        }
    }
}

/// Keys may be missing as long as `serve` may make them.
fn keys(config: &Config, accounts: bool) -> Result<String, Failure> {
    let may_be_made = config.database.is_sqlite() && !accounts;
    if may_be_made && keys::find(&config.keys)?.is_none() {
        return Ok("none yet; `serve` makes them".to_owned());
    }
    keys::read(&config.keys, Absent::Refuse).map(|_| "complete".to_owned())
}

/// Whether the key file has the keys that the database is used with.
async fn in_use(config: &Config, database: &Database) -> Result<String, Failure> {
    let keys = keys::read(&config.keys, Absent::Refuse)?;
    exchange::look(database, &keys).await?;
    Ok(format!("generation {}", keys.in_use()))
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
