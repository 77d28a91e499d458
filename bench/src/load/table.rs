//! The figures as tables of Markdown, put into a document.

mod best;

use std::{fmt::Write, fs, path::PathBuf, thread};

use clap::Args;
use time::OffsetDateTime;

use crate::{
    Outcome,
    figures::{Figures, Idle, read},
};

const BEGIN: &str = "<!-- figures -->";
const END: &str = "<!-- /figures -->";

/// The figures as tables of Markdown.
#[derive(Args)]
pub(crate) struct Table {
    /// The file with the figures.
    #[arg(long)]
    figures: PathBuf,
    /// The document; what stands between its markers is replaced. Without it the tables are only printed.
    #[arg(long)]
    into: Option<PathBuf>,
    /// The version of `PostgreSQL`.
    #[arg(long)]
    postgres: String,
}

impl Table {
    /// Writes the tables to the terminal and into the document.
    pub(crate) fn run(&self) -> Outcome<()> {
        let figures = read(&self.figures)?;
        let mut text = self.machine()?;
        best::write(&figures, &mut text)?;
        for figures in figures {
            if let Figures::Cold(idle) = figures {
                at_rest(idle, &mut text)?;
            }
        }
        println!("{text}");
        let Some(into) = &self.into else {
            return Ok(());
        };
        let document = fs::read_to_string(into)?;
        let wrong = || format!("{} has no markers", into.display());
        let (before, rest) = document.split_once(BEGIN).ok_or_else(wrong)?;
        let (_, after) = rest.split_once(END).ok_or_else(wrong)?;
        fs::write(into, format!("{before}{BEGIN}\n{text}{END}{after}"))?;
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
