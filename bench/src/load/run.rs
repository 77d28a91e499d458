//! One measurement of one case on one server.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

use crate::{
    Outcome,
    case::{Case, Reader, Server},
    client::Client,
    compare::compare,
    drive::{count, drive},
    figures::{Database, Figures, Load, USUAL, add},
    process,
};

/// One measurement of one case on one server.
#[derive(Args)]
pub(crate) struct Run {
    /// Where the server listens.
    #[arg(long)]
    address: SocketAddr,
    /// Which server it is.
    #[arg(long, value_enum)]
    server: Server,
    /// Its process.
    #[arg(long)]
    pid: u32,
    /// Where it keeps its rows.
    #[arg(long, value_enum)]
    database: Database,
    /// `PostgreSQL`'s first process.
    #[arg(long)]
    postmaster: Option<u32>,
    /// Where `DreamTree` listens, for the handlers written by hand to be held against.
    #[arg(long)]
    against: Option<SocketAddr>,
    /// What is asked for.
    #[arg(long, value_enum)]
    case: Case,
    /// How often.
    #[arg(long)]
    requests: usize,
    /// Connections, which are kept.
    #[arg(long, default_value_t = USUAL)]
    connections: usize,
    /// How many people the database holds.
    #[arg(long, default_value_t = 0)]
    people: usize,
    /// The file of tokens; connections take turns with them.
    #[arg(long)]
    tokens: PathBuf,
    /// The file for the figures.
    #[arg(long)]
    figures: PathBuf,
}

impl Run {
    /// Compares, warms up, measures, writes.
    pub(crate) fn run(&self) -> Outcome<()> {
        let tokens = std::fs::read_to_string(&self.tokens)?;
        let dreamtree = self.against.unwrap_or(self.address);
        let readers = tokens.lines().take(self.connections);
        let readers: Vec<Reader> = readers
            .map(|token| self.case.reader(dreamtree, token))
            .collect::<Outcome<_>>()?;
        let first = readers.first().ok_or("there are no tokens")?;
        if self.against.is_some() {
            compare(self.case, dreamtree, self.address, first)?;
        }
        let requests = readers
            .iter()
            .map(|reader| self.case.request(self.server, reader));
        let requests: Vec<Vec<u8>> = requests.collect();
        let turns = requests.iter().cycle().take(self.connections);
        let requests: Vec<Vec<u8>> = turns.cloned().collect();
        drive(self.address, &requests, self.requests / 10)?;

        process::forget_peak(self.pid)?;
        let before = self.reading()?;
        let driven = drive(self.address, &requests, self.requests)?;
        let after = self.reading()?;
        let each = |sum: f64| sum / count(self.requests);
        let load = Load {
            database: self.database,
            server: self.server,
            case: self.case,
            people: self.people,
            connections: self.connections,
            requests: self.requests,
            rate: driven.rate(),
            p50: driven.percentile(50),
            p99: driven.percentile(99),
            server_cpu: each(after.server - before.server),
            database_cpu: after
                .database
                .zip(before.database)
                .map(|(after, before)| each(after - before)),
            statements: each(after.statements - before.statements),
            peak: process::peak(self.pid)?,
        };
        println!(
            "{:?} {:?} {:?}, {} people, {} connections: {:.0}/s, p50 {:.2} ms, p99 {:.2} ms, CPU {:.0} + {:.0} µs, {:.2} statements",
            self.database,
            self.case,
            self.server,
            self.people,
            self.connections,
            load.rate,
            load.p50,
            load.p99,
            load.server_cpu,
            load.database_cpu.unwrap_or_default(),
            load.statements,
        );
        add(&self.figures, &Figures::Run(load))
    }

    fn reading(&self) -> Outcome<Reading> {
        let tree = self.postmaster.map(process::cpu_of_tree).transpose()?;
        Ok(Reading {
            statements: statements(&Client::connect(self.address)?.get("/metrics")?)?,
            server: process::cpu(self.pid)?.as_secs_f64() * 1e6,
            database: tree.map(|cpu| cpu.as_secs_f64() * 1e6),
        })
    }
}

/// Counters at one moment; CPU in microseconds.
struct Reading {
    server: f64,
    database: Option<f64>,
    statements: f64,
}

fn statements(metrics: &str) -> Outcome<f64> {
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix("dreamtree_sql_statements_total "));
    Ok(line
        .ok_or("the server does not count its statements")?
        .trim()
        .parse()?)
}
