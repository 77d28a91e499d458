//! `partner webhook`: where partners are told that something has changed, and what has not arrived there.

use dreamtree_crypto::ServerKeys;
use dreamtree_database::Database;
use dreamtree_identity::exchange;
use dreamtree_partners::webhook::{
    self, DeliveryState, NewWebhook, Replay, Switch, Wanted, WebhookEvent, WebhookState,
};
use dreamtree_types::PartnerId;
use uuid::Uuid;

use super::partner::told;
use crate::{
    cli::{Stage, Webhook},
    config::Config,
    failure::Failure,
    keys::{self, Absent},
};

/// Works on webhooks beside servers that run.
pub(super) async fn webhook(
    config: &Config,
    database: &Database,
    what: &Webhook,
) -> Result<(), Failure> {
    match what {
        Webhook::Set {
            client,
            url,
            events,
            off,
        } => {
            let events = events.iter().map(|name| WebhookEvent::parse(name));
            let events: Result<Vec<_>, _> = events.collect();
            let new = NewWebhook {
                partner: (*client).into(),
                url: url.clone(),
                events: events.map_err(Failure::during("reading --event"))?,
                switch: if *off { Switch::Off } else { Switch::On },
            };
            set(config, database, new).await?;
        }
        Webhook::List => list(database).await?,
        Webhook::Rotate { client } => rotate(config, database, (*client).into()).await?,
        Webhook::Test { client } => test(database, (*client).into()).await?,
        Webhook::Deliveries {
            client,
            state,
            first,
        } => deliveries(database, *client, *state, *first).await?,
        Webhook::Replay {
            client,
            delivery,
            since,
        } => {
            let which = Replay::of(delivery.map(Into::into), *since);
            let which = which.map_err(|error| told(&error))?;
            replay(database, (*client).into(), which).await?;
        }
    }
    Ok(())
}

async fn set(config: &Config, database: &Database, new: NewWebhook) -> Result<(), Failure> {
    let keys = in_use(config, database).await?;
    let (reach, now) = (config.webhooks.reach, database.clock().now());
    let placed = webhook::set(database.counters(), &keys, reach, new, now).await;
    match placed.map_err(|error| told(&error))?.secret {
        Some(secret) => println!("secret: {}", secret.reveal()),
        None => println!("Its secret is the one that it has."),
    }
    Ok(())
}

async fn rotate(config: &Config, database: &Database, partner: PartnerId) -> Result<(), Failure> {
    let keys = in_use(config, database).await?;
    let now = database.clock().now();
    let rotated = webhook::rotate(database.counters(), &keys, partner, now).await;
    let secret = rotated.map_err(|error| told(&error))?;
    println!("secret: {}", secret.reveal());
    println!("For 24 hours messages are signed with the one before as well.");
    Ok(())
}

/// The keys of the servers, with the generation that they write with.
async fn in_use(config: &Config, database: &Database) -> Result<ServerKeys, Failure> {
    let keys = keys::read(&config.keys, Absent::Refuse)?;
    exchange::look(database, &keys).await?;
    Ok(keys)
}

async fn list(database: &Database) -> Result<(), Failure> {
    let now = database.clock().now();
    for one in webhook::all(database.shared()).await? {
        let state = match one.state(now) {
            WebhookState::On => "on",
            WebhookState::Failing => "failing",
            WebhookState::Off => "off",
            WebhookState::Gone => "gone",
        };
        println!("{}  {state}  {}  {}", one.partner_id, one.url, one.events);
    }
    Ok(())
}

async fn test(database: &Database, partner: PartnerId) -> Result<(), Failure> {
    let now = database.clock().now();
    let sent = webhook::test(database.counters(), partner, now).await;
    println!("delivery: {}", sent.map_err(|error| told(&error))?);
    Ok(())
}

async fn deliveries(
    database: &Database,
    client: Option<Uuid>,
    state: Option<Stage>,
    first: i32,
) -> Result<(), Failure> {
    let wanted = Wanted {
        partner: client.map(Into::into),
        state: state.map(Into::into),
        first,
        after: None,
    };
    let page = webhook::page(database.shared(), wanted).await;
    let page = page.map_err(|error| told(&error))?;
    for one in page.deliveries {
        let state = match one.state() {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Dead => "dead",
        };
        let status = one.last_status.map(|status| status.to_string());
        let last = status.or(one.last_fault).unwrap_or_else(|| "-".to_owned());
        println!(
            "{}  {}  {state}  {}  attempts {}  last {last}  {}",
            one.id, one.partner_id, one.event, one.attempts, one.created_at
        );
    }
    if page.has_next {
        println!("There are older ones: --first, up to 100.");
    }
    Ok(())
}

async fn replay(database: &Database, partner: PartnerId, which: Replay) -> Result<(), Failure> {
    let now = database.clock().now();
    let again = webhook::replay(database.counters(), partner, which, now).await;
    let count = again.map_err(|error| told(&error))?;
    println!("{count} messages are on their way again.");
    Ok(())
}

impl From<Stage> for DeliveryState {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Waiting => Self::Waiting,
            Stage::Delivered => Self::Delivered,
            Stage::Dead => Self::Dead,
        }
    }
}
