//! `migrate`: the database's tables, up to date.

use std::process::ExitCode;

use crate::{config::Config, failure::Failure, storage::bring_up_to_date};

/// Brings the tables up to date as their owner.
pub(crate) async fn migrate(config: &Config) -> Result<ExitCode, Failure> {
    let migrated = bring_up_to_date(&config.database, config.database.owner()?).await?;
    match migrated.steps {
        0 => println!("The database is up to date."),
        steps => println!("The database is up to date: {steps} steps were applied."),
    }
    Ok(ExitCode::SUCCESS)
}
