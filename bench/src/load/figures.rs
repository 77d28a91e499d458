//! Figures on their way from the runs to the table: a file with a JSON object to a line.

use std::{fs, io::Write, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    Outcome,
    case::{Case, Server},
};

/// As many connections as a run has when nobody says otherwise.
pub(crate) const USUAL: usize = 32;

/// What one measurement found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Figures {
    /// A server under load.
    Run(Load),
    /// A server without load.
    Cold(Idle),
}

/// A server under load.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Load {
    pub(crate) database: Database,
    pub(crate) server: Server,
    pub(crate) case: Case,
    /// People in the database.
    pub(crate) people: usize,
    /// Connections to the server.
    pub(crate) connections: usize,
    /// Requests.
    pub(crate) requests: usize,
    /// Requests per second.
    pub(crate) rate: f64,
    /// Milliseconds.
    pub(crate) p50: f64,
    /// Milliseconds.
    pub(crate) p99: f64,
    /// CPU microseconds per request.
    pub(crate) server_cpu: f64,
    /// CPU microseconds per request; `None` where the database is part of the server.
    pub(crate) database_cpu: Option<f64>,
    /// SQL statements per request.
    pub(crate) statements: f64,
    /// KiB.
    pub(crate) peak: u32,
}

/// A server without load.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Idle {
    /// Milliseconds from the start of the process until it is ready.
    pub(crate) ready: Vec<f64>,
    /// KiB.
    pub(crate) resident: u32,
}

/// Where rows are kept.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Database {
    /// In processes of its own.
    Postgres,
    /// In the server.
    Sqlite,
}

impl Load {
    /// CPU microseconds per request of the server and the database together.
    pub(crate) fn cpu(&self) -> f64 {
        self.server_cpu + self.database_cpu.unwrap_or_default()
    }
}

/// Adds a line to the file.
pub(crate) fn add(file: &Path, figures: &Figures) -> Outcome<()> {
    let mut file = fs::File::options().create(true).append(true).open(file)?;
    writeln!(file, "{}", serde_json::to_string(figures)?)?;
    Ok(())
}

/// Everything in the file.
pub(crate) fn read(file: &Path) -> Outcome<Vec<Figures>> {
    let text = fs::read_to_string(file)?;
    text.lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}
