//! `partner`: whose programs read what people let them read.

use std::process::ExitCode;

use dreamtree_database::Database;
use dreamtree_partners::{
    Error, NewPartner, ProgramKind, Scopes,
    partner::{all, close, register, renew_secret},
};
use dreamtree_types::ClientError;

use super::webhook::webhook;
use crate::{cli::Partner, config::Config, failure::Failure, storage::connect};

/// Registers partners with the serving role, or prints them.
pub(crate) async fn partner(config: &Config, what: &Partner) -> Result<ExitCode, Failure> {
    let database = connect(&config.database).await?;
    match what {
        Partner::Add {
            name,
            redirects,
            scopes,
            public,
        } => {
            let scopes = Scopes::parse(&scopes.join(" "));
            let new = NewPartner {
                name: name.clone(),
                redirect_uris: redirects.clone(),
                scopes: scopes.map_err(Failure::during("reading --scope"))?,
                kind: if *public {
                    ProgramKind::Public
                } else {
                    ProgramKind::Confidential
                },
            };
            add(&database, new).await?;
        }
        Partner::List => list(&database).await?,
        Partner::Secret { client } => {
            let renewed = renew_secret(database.counters(), (*client).into()).await;
            let secret = renewed.map_err(|error| told(&error))?;
            println!("client_secret: {}", secret.reveal());
        }
        Partner::Close { client } => {
            let now = database.clock().now();
            let closed = close(database.counters(), (*client).into(), now).await;
            closed.map_err(|error| told(&error))?;
            println!("From now on this partner may do nothing any more.");
        }
        Partner::Webhook(what) => webhook(config, &database, what).await?,
    }
    database.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn add(database: &Database, new: NewPartner) -> Result<(), Failure> {
    let registered = register(database.counters(), new, database.clock().now()).await;
    let registered = registered.map_err(|error| told(&error))?;
    println!("client_id: {}", registered.partner.id);
    match registered.secret {
        Some(secret) => println!("client_secret: {}", secret.reveal()),
        None => println!("It has no secret: it is known by its client_id and PKCE."),
    }
    Ok(())
}

async fn list(database: &Database) -> Result<(), Failure> {
    for one in all(database.shared()).await? {
        let state = match (one.closed_at, one.kind()) {
            (Some(at), _) => format!("closed since {}", at.date()),
            (None, ProgramKind::Confidential) => "confidential".to_owned(),
            (None, ProgramKind::Public) => "public".to_owned(),
        };
        println!("{}  {}  {state}  {}", one.id, one.name, one.scopes);
    }
    Ok(())
}

/// What a client would be told, for whoever sits at the terminal.
pub(super) fn told(error: &Error) -> Failure {
    let fault = error.fault();
    let text = fault.map_or_else(
        || error.to_string(),
        |fault| match fault.field {
            Some(field) => format!("{}: {}", field.trim_start_matches("input."), fault.message),
            None => fault.message,
        },
    );
    Failure::new(text)
}
