//! `sweep`: visitors who never came back.

use std::process::ExitCode;

use dreamtree_workbook::farewell;

use crate::{config::Config, failure::Failure, storage::connect};

/// Deletes visitors who were not here for so many days, and says how many.
pub(crate) async fn sweep(config: &Config, days: u16) -> Result<ExitCode, Failure> {
    let database = connect(&config.database).await?;
    let gone = farewell::sweep(&database, days).await?;
    database.close().await?;
    println!("{gone} visitors are gone.");
    Ok(ExitCode::SUCCESS)
}
