//! `operator`: who reviews what people propose.

use std::process::ExitCode;

use dreamtree_crypto::ServerKeys;
use dreamtree_database::owner;
use dreamtree_identity::operator;
use dreamtree_types::Clock;

use crate::{
    cli::Operator,
    config::Config,
    failure::Failure,
    keys::{self, Absent},
    storage::connect,
};

/// Names operators as the owner of the tables, or prints them.
pub(crate) async fn operator(config: &Config, what: &Operator) -> Result<ExitCode, Failure> {
    let keys = keys::read(&config.keys, Absent::Refuse)?;
    match what {
        Operator::Add { email } => add(config, &keys, email).await?,
        Operator::Remove { email } => remove(config, &keys, email).await?,
        Operator::List => list(config, &keys).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(config: &Config, keys: &ServerKeys, email: &str) -> Result<(), Failure> {
    let owner = owner(config.database.owner()?).await?;
    operator::add(&owner, keys, email, Clock::System.now()).await?;
    owner.close().await?;
    println!("From now on this person is an operator.");
    Ok(())
}

async fn remove(config: &Config, keys: &ServerKeys, email: &str) -> Result<(), Failure> {
    let owner = owner(config.database.owner()?).await?;
    let removed = operator::remove(&owner, keys, email, Clock::System.now()).await?;
    owner.close().await?;
    if removed {
        println!("From now on this person is no operator.");
    } else {
        println!("This person was no operator.");
    }
    Ok(())
}

async fn list(config: &Config, keys: &ServerKeys) -> Result<(), Failure> {
    let database = connect(&config.database).await?;
    for one in operator::list(&database, keys).await? {
        let email = one.email.as_deref().unwrap_or("(no account)");
        println!("{email}  {}  since {}", one.user, one.added_at.date());
    }
    database.close().await?;
    Ok(())
}
