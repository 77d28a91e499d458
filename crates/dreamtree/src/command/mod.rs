//! What each subcommand does.

mod audit;
mod content;
mod dev;
mod doctor;
mod migrate;
mod operator;
mod seed;
mod serve;
mod sweep;

use std::{path::Path, process::ExitCode};

use crate::{
    cli::{Cli, Command, Content, Dev},
    config::Config,
    failure::Failure,
    keys, log, signing,
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
        Command::Operator(what) => operator::operator(&prepared(file)?, &what).await,
        Command::Audit(what) => audit::audit(&prepared(file)?, &what).await,
        Command::Sweep { days } => sweep::sweep(&prepared(file)?, days).await,
        Command::Keys => {
            print!("{}", keys::fresh()?.as_str());
            Ok(ExitCode::SUCCESS)
        }
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
