//! The load generator: walks readers through the workbook, drives a server on this machine with a fixed
//! number of requests, and writes what they cost. Everything it does ends by itself.

mod case;
mod client;
mod cold;
mod compare;
mod drive;
mod figures;
mod process;
mod run;
mod sign_ins;
mod skills;
mod table;
mod value;
mod walk;

use std::{error::Error, net::SocketAddr, path::PathBuf};

use clap::{Parser, Subcommand};

/// Whatever went wrong, for the person at the terminal.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Parser)]
#[command(about = "Drives a server on this machine and writes what its requests cost")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Walk readers through all of the workbook and write their tokens, one to a line.
    Walk {
        /// Where `DreamTree` listens.
        #[arg(long)]
        server: SocketAddr,
        /// How many readers.
        #[arg(long)]
        readers: usize,
        /// The file for the tokens.
        #[arg(long)]
        tokens: PathBuf,
    },
    /// Make a list of skills longer, with words of its own.
    Skills {
        /// The `skills.csv` of a folder of content.
        #[arg(long)]
        file: PathBuf,
        /// How many skills there shall be.
        #[arg(long)]
        total: usize,
    },
    /// Drive a server and add a line of figures to a file.
    Run(run::Run),
    /// Start a server several times and add a line of figures: time until it is ready, idle memory.
    Cold(cold::Cold),
    /// Let a thousand people sign in at once, and see what others notice of it. Fails where a bound does not hold.
    SignIns(sign_ins::SignIns),
    /// Put the figures into a document, between its markers.
    Table(table::Table),
}

fn main() -> Outcome<()> {
    match Cli::parse().command {
        Command::Walk {
            server,
            readers,
            tokens,
        } => walk::walk(server, readers, &tokens),
        Command::Skills { file, total } => skills::lengthen(&file, total),
        Command::Run(run) => run.run(),
        Command::Cold(cold) => cold.run(),
        Command::SignIns(sign_ins) => sign_ins.run(),
        Command::Table(table) => table.run(),
    }
}
