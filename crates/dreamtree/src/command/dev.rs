//! `dev`: what helps with developing and measuring.

use std::{process::ExitCode, time::Instant};

use dreamtree_content::Shelf;
use dreamtree_database::owner;
use dreamtree_fill::Plan;
use dreamtree_types::Clock;

use crate::{
    cli::Fill,
    config::{Config, Mode},
    failure::Failure,
    secret_file,
    storage::connect,
};

/// Fills the database with people who never lived, as the owner of the tables.
pub(crate) async fn fill(config: &Config, wanted: &Fill) -> Result<ExitCode, Failure> {
    if config.server.mode == Mode::Production && !wanted.yes {
        return Err(Failure::new(
            "this server is in production mode; whoever means it says --yes",
        ));
    }
    if let Some(file) = wanted.tokens.as_ref().filter(|file| file.exists()) {
        return Err(Failure::new(format!(
            "{}: is there already; tokens are not written over another file",
            file.display()
        )));
    }
    let url = config.database.owner()?;
    let database = connect(&config.database).await?;
    let library = Shelf::open(&database).await?.current();
    database.close().await?;
    let owner = owner(url).await?;
    let begun = Instant::now();
    let plan = Plan {
        people: wanted.users,
        seed: wanted.seed,
        more: wanted.more,
        tokens: wanted.tokens.as_ref().map_or(0, |_| wanted.first),
        now: Clock::System.now(),
    };
    let filled = dreamtree_fill::fill(&owner, library, plan).await;
    owner.close().await?;
    let filled = filled.map_err(Failure::during("filling the database"))?;
    if let Some(file) = &wanted.tokens {
        let lines = filled.tokens.join("\n") + "\n";
        secret_file::write(file, lines.as_bytes()).map_err(Failure::during(file.display()))?;
    }
    println!(
        "{} people with {} rows, in {:.0?}.",
        wanted.users,
        filled.rows,
        begun.elapsed()
    );
    Ok(ExitCode::SUCCESS)
}
