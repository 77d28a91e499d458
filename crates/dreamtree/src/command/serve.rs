//! `serve`: everything from an empty folder to answering requests.

use std::{process::ExitCode, sync::Arc};

use dreamtree_content::Shelf;
use dreamtree_database::{Database, relay};
use dreamtree_gateway::Gateway;
use dreamtree_identity::{CookiePolicy, Identity, Stretcher, door::VAULT_IDLE, exchange};
use dreamtree_partners::webhook::Dispatcher;
use dreamtree_portability::Signer;
use tokio::{net::TcpListener, sync::watch};
use uuid::Uuid;

use crate::{
    config::{Config, Mode},
    failure::Failure,
    jobs::jobs,
    keys::{self, Absent},
    mail::postman,
    signing,
    storage::{bring_up_to_date, connect, has_accounts, load_content, pending},
};

/// Serves until told to stop.
pub(crate) async fn serve(config: &Config) -> Result<ExitCode, Failure> {
    prepare(config).await?;
    let database = open(config).await?;
    let depended_on = has_accounts(&database).await?;
    let alone = config.database.is_sqlite() && !depended_on;
    let keys = keys::read(
        &config.keys,
        if alone { Absent::Make } else { Absent::Refuse },
    )?;
    exchange::settle(&database, &keys, depended_on).await?;
    let shelf = Shelf::open(&database).await?;
    if shelf.current().version() == 0 {
        tracing::warn!("there is no content yet: load some with `dreamtree seed`");
    }
    tokio::spawn(
        shelf
            .clone()
            .follow(database.clone(), config.content.poll()),
    );

    let cookie = CookiePolicy {
        secure: config.server.is_secure(),
    };
    let identity = Identity::new(keys, Stretcher::new(), cookie);
    let keys = identity.keys();
    let postman = postman(config, &identity)?;
    let signer = Signer::new(signing::read(&config.keys)?);
    // Others find the keys before anything is signed.
    signer
        .keys(&database)
        .await
        .map_err(Failure::during("publishing keys"))?;
    let gateway = Gateway::new(config.gateway(), database.clone(), shelf, identity, signer);
    let address = config.server.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(Failure::during(format!("listening on {address}")))?;
    greet(config);
    let relay = tokio::spawn(relay(database.clone()));
    let postman = tokio::spawn(postman.work(database.clone()));
    let dispatcher = config.webhooks.enabled.then(|| {
        let (courier, retries) = (config.webhooks.courier(), config.webhooks.retries());
        let dispatcher = Dispatcher::new(Arc::clone(&keys), courier, retries);
        tokio::spawn(dispatcher.work(database.clone()))
    });
    let vault_idle = config.sessions.vault_idle().try_into();
    let vault_idle = vault_idle.unwrap_or(VAULT_IDLE);
    let jobs = jobs(&config.jobs, &database, vault_idle)?;
    let (ends, end) = watch::channel(false);
    let jobs = tokio::spawn(dreamtree_schedule::run(database.clone(), jobs, end));
    let server = Uuid::new_v4();
    let mut lost = None;
    let stop = async {
        tokio::select! {
            () = stopped() => {}
            fault = exchange::follow(&database, &keys, server) => {
                tracing::error!(%fault, "stopping");
                lost = Some(fault);
            }
        }
    };
    dreamtree_gateway::serve(listener, &gateway, stop).await;
    ends.send_replace(true);
    if let Err(error) = jobs.await {
        tracing::warn!(%error, "jobs have ended before their time");
    }
    relay.abort();
    postman.abort();
    if let Some(dispatcher) = dispatcher {
        dispatcher.abort();
    }
    if let Err(error) = exchange::leave(&database, server).await {
        tracing::warn!(%error, "other servers take this one to be there for a while");
    }
    database.close().await?;
    tracing::info!("stopped");
    lost.map_or(Ok(ExitCode::SUCCESS), |fault| Err(fault.into()))
}

/// Tables and content, where we may write them: `PostgreSQL` without the owner's URL is left as it is.
async fn prepare(config: &Config) -> Result<(), Failure> {
    let Ok(owner) = config.database.owner() else {
        return Ok(());
    };
    let migrated = bring_up_to_date(&config.database, owner).await?;
    if migrated.steps > 0 {
        tracing::info!(
            steps = migrated.steps,
            "the database was brought up to date"
        );
    }
    let folder = config.content.folder.as_path();
    if folder.is_dir() {
        let loaded = load_content(folder, owner).await?;
        if loaded.changed {
            tracing::info!(version = loaded.version, "content was loaded");
        }
    }
    Ok(())
}

async fn open(config: &Config) -> Result<Database, Failure> {
    let database = connect(&config.database).await?;
    match pending(&database).await? {
        0 => Ok(database),
        steps => Err(Failure::new(format!(
            "the database lacks {steps} steps of the schema: run `dreamtree migrate` with \
             DATABASE_OWNER_URL set"
        ))),
    }
}

fn greet(config: &Config) {
    let address = config.server.listen;
    tracing::info!(%address, mode = ?config.server.mode, "listening");
    if config.server.mode == Mode::Development && config.server.graphiql {
        println!(
            "DreamTree {} is listening on {address}.",
            env!("CARGO_PKG_VERSION")
        );
        println!("Explore it at http://{address}/graphiql; stop it with ctrl-c.");
    }
}

async fn stopped() {
    if let Err(error) = dreamtree_gateway::terminated().await {
        tracing::error!(%error, "signals cannot be received; stopping");
    }
}
