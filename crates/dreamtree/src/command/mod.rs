//! What each subcommand does.

mod audit;
mod coaching;
mod content;
mod dev;
mod doctor;
mod keys;
mod migrate;
mod operator;
mod partner;
mod seed;
mod serve;
mod sweep;
mod webhook;

use std::{path::Path, process::ExitCode};

use crate::{
    cli::{Cli, Coaching, Command, Content, Dev},
    config::Config,
    failure::Failure,
    keys as key_file, log, signing,
};
use content::Strictness;

/// Does what the command line says.
pub(crate) async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let file = cli.config.as_deref();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(&prepared(file)?).await,
        Command::Migrate => migrate::migrate(&prepared(file)?).await,
        Command::Seed { from } => seed::seed(&prepared(file)?, from.as_deref()).await,
        Command::Content(Content::Check { folder, strict }) => {
            let folder = match folder {
                Some(folder) => folder,
                None => prepared(file)?.content.folder,
            };
            let strictness = if strict {
                Strictness::Warnings
            } else {
                Strictness::Faults
            };
            Ok(content::check(&folder, strictness))
        }
        Command::Content(Content::Report) => content::report(&prepared(file)?).await,
        Command::Coaching(Coaching::Import(wanted)) => {
            let folder = match &wanted.into {
                Some(folder) => folder.clone(),
                None => prepared(file)?.content.folder,
            };
            coaching::import(&folder, &wanted)
        }
        Command::Operator(what) => operator::operator(&prepared(file)?, &what).await,
        Command::Partner(what) => partner::partner(&prepared(file)?, &what).await,
        Command::Audit(what) => audit::audit(&prepared(file)?, &what).await,
        Command::Sweep { days } => sweep::sweep(&prepared(file)?, days).await,
        Command::Keys { what: None } => {
            print!("{}", key_file::fresh()?.as_str());
            Ok(ExitCode::SUCCESS)
        }
        Command::Keys { what: Some(what) } => keys::keys(&prepared(file)?, what).await,
        Command::SigningKeys => {
            print!("{}", signing::fresh()?.as_str());
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema => {
            print!("{}", dreamtree_gateway::sdl());
            Ok(ExitCode::SUCCESS)
        }
        Command::Doctor => Ok(doctor::doctor(file).await),
        Command::Dev(Dev::Fill(wanted)) => dev::fill(&prepared(file)?, &wanted).await,
    }
}

/// The configuration, with logging begun.
fn prepared(file: Option<&Path>) -> Result<Config, Failure> {
    let config = Config::read(file).map_err(|faults| Failure::new(faults.to_string()))?;
    log::begin(&config.log);
    Ok(config)
}
