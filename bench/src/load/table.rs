//! The figures as a table of Markdown, put into a document.

use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf, thread};

use clap::Args;
use time::OffsetDateTime;

use crate::{
    Outcome,
    case::{Case, Server},
    figures::{Database, Figures, Idle, Load, read},
};

const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- /figures -->";

/// The figures as a table of Markdown.
#[derive(Args)]
pub(crate) struct Table {
    /// The file with the figures.
    #[arg(long)]
    figures: PathBuf,
    /// The document; what stands between its markers is replaced.
    #[arg(long)]
    into: PathBuf,
    /// The version of `PostgreSQL`.
    #[arg(long)]
    postgres: String,
}

/// The best run of each server in each case.
type Best = BTreeMap<(Database, Case, Server), Load>;

impl Table {
    /// Writes the table into the document and to the terminal.
    pub(crate) fn run(&self) -> Outcome<()> {
        let (mut best, mut idle) = (Best::new(), None);
        for figures in read(&self.figures)? {
            match figures {
                Figures::Run(load) => {
                    let key = (load.database, load.case, load.server);
                    if best.get(&key).is_none_or(|other| load.cpu() < other.cpu()) {
                        best.insert(key, load);
                    }
                }
                Figures::Cold(found) => idle = Some(found),
            }
        }
        let mut text = self.machine()?;
        loads(&best, &mut text)?;
        ratios(&best, &mut text)?;
        if let Some(idle) = idle {
            at_rest(idle, &mut text)?;
        }
        println!("{text}");
        let document = fs::read_to_string(&self.into)?;
        let wrong = || format!("{} has no markers", self.into.display());
        let (before, rest) = document.split_once(BEGIN).ok_or_else(wrong)?;
        let (_, after) = rest.split_once(END).ok_or_else(wrong)?;
        fs::write(&self.into, format!("{before}{BEGIN}\n{text}{END}{after}"))?;
        Ok(())
    }

    fn machine(&self) -> Outcome<String> {
        let info = fs::read_to_string("/proc/cpuinfo")?;
        let model = info
            .lines()
            .find_map(|line| line.strip_prefix("model name"));
        let model = model.map_or("unknown", |line| line.trim_start_matches([' ', '\t', ':']));
        let (day, cores) = (
            OffsetDateTime::now_utc().date(),
            thread::available_parallelism()?,
        );
        let postgres = &self.postgres;
        Ok(format!(
            "{day}, {cores} cores ({model}), shared by load generator, server and database; {postgres}.\n\n"
        ))
    }
}

fn loads(best: &Best, text: &mut String) -> Outcome<()> {
    text.push_str(
        "| database | case | server | requests/s | p50 ms | p99 ms | server CPU µs | database CPU µs | statements | peak MiB |\n\
         |---|---|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for load in best.values() {
        let database = load
            .database_cpu
            .map_or_else(|| "in the server".to_owned(), |cpu| format!("{cpu:.0}"));
        writeln!(
            text,
            "| {} | {} | {} | {:.0} | {:.1} | {:.1} | {:.0} | {database} | {:.1} | {:.0} |",
            match load.database {
                Database::Postgres => "PostgreSQL",
                Database::Sqlite => "SQLite",
            },
            load.case.title(),
            match load.server {
                Server::Dreamtree => "DreamTree",
                Server::Bare => "by hand",
            },
            load.rate,
            load.p50,
            load.p99,
            load.server_cpu,
            load.statements,
            f64::from(load.peak) / 1024.0,
        )?;
    }
    Ok(())
}

fn ratios(best: &Best, text: &mut String) -> Outcome<()> {
    text.push_str(
        "\nDreamTree as a multiple of the handlers written by hand:\n\n\
         | case | server CPU | server and database CPU | p50 |\n|---|--:|--:|--:|\n",
    );
    for (key, bare) in best.iter().filter(|(key, _)| key.2 == Server::Bare) {
        let Some(ours) = best.get(&(key.0, key.1, Server::Dreamtree)) else {
            continue;
        };
        writeln!(
            text,
            "| {} | {:.2} | {:.2} | {:.2} |",
            key.1.title(),
            ours.server_cpu / bare.server_cpu,
            ours.cpu() / bare.cpu(),
            ours.p50 / bare.p50,
        )?;
    }
    Ok(())
}

fn at_rest(mut idle: Idle, text: &mut String) -> Outcome<()> {
    idle.ready.sort_by(f64::total_cmp);
    let middle = idle
        .ready
        .get(idle.ready.len() / 2)
        .ok_or("the server was never started")?;
    let memory = f64::from(idle.resident) / 1024.0;
    writeln!(
        text,
        "\nOn an SQLite file that is there already, DreamTree is ready {middle:.0} ms after its process starts \
         (median of {}) and holds {memory:.0} MiB when nobody asks.",
        idle.ready.len(),
    )?;
    Ok(())
}
