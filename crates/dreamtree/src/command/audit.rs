//! `audit`: what is written down about accounts, and whether it is still all there.

use std::process::ExitCode;

use dreamtree_audit::{checkpoint, verify};

use crate::{cli::Audit, config::Config, failure::Failure, storage::connect};

/// Walks the chains, or covers them with a checkpoint.
pub(crate) async fn audit(config: &Config, what: &Audit) -> Result<ExitCode, Failure> {
    let database = connect(&config.database).await?;
    let code = match what {
        Audit::Verify { kept } => match verify(&database, kept.as_ref()).await? {
            Ok(whole) => {
                let (chains, events) = (whole.chains, whole.events);
                println!(
                    "Whole: {events} events in {chains} chains. The log stands at {}",
                    whole.log
                );
                ExitCode::SUCCESS
            }
            Err(broken) => {
                println!("Broken: {broken}");
                ExitCode::FAILURE
            }
        },
        Audit::Checkpoint => {
            let done = checkpoint(&database).await?;
            println!(
                "{} chains are covered. The log stands at {}",
                done.chains, done.head
            );
            ExitCode::SUCCESS
        }
    };
    database.close().await?;
    Ok(code)
}
