//! The dispatcher: carries messages to partners, several partners at a time and, at one server, each partner's one after the
//! other, and comes back for what has not arrived.

use std::{collections::HashMap, convert::Infallible, sync::Arc, time::Duration as Pause};

use dreamtree_courier::{Courier, Message, Reply, Unsent};
use dreamtree_crypto::{ServerKeys, System, WebhookSecret};
use dreamtree_database::Database;
use dreamtree_types::PartnerId;
use sea_orm::DbErr;
use time::Duration;
use tokio::{
    task::{Id, JoinSet},
    time::sleep,
};

use super::{
    Delivery, Retries, Webhook,
    endpoint::{self, ON},
    queue::{self, Failure},
    retries::LONGEST_PAUSE,
};
use crate::Error;

/// How often to look for messages.
const POLL: Pause = Pause::from_millis(500);

/// The pause after the database has failed.
const REST: Pause = Pause::from_secs(5);

/// So many partners are told at a time.
const MOST_PARTNERS: usize = 16;

/// After so many messages in a row others are asked for before a partner gets more.
const IN_A_ROW: usize = 20;

const GONE: u16 = 410;

/// Carries messages to partners. Any number of them may work on one database.
#[derive(Clone, Debug)]
pub struct Dispatcher {
    keys: Arc<ServerKeys>,
    courier: Courier,
    retries: Retries,
}

/// What became of an attempt.
enum Outcome {
    Arrived(u16),
    /// The place says that there will never be anybody.
    Gone,
    Failed(Failure, Option<Duration>),
}

impl Dispatcher {
    /// A dispatcher who opens secrets with the keys that they were sealed with.
    #[must_use]
    pub const fn new(keys: Arc<ServerKeys>, courier: Courier, retries: Retries) -> Self {
        Self {
            keys,
            courier,
            retries,
        }
    }

    /// Works until dropped. A message that is in hand then is sent again later.
    pub async fn work(self, database: Database) -> Infallible {
        let mut told: JoinSet<()> = JoinSet::new();
        let mut busy: HashMap<Id, PartnerId> = HashMap::new();
        loop {
            while let Some(done) = told.try_join_next_with_id() {
                let id = match done {
                    Ok((id, ())) => id,
                    Err(error) => {
                        tracing::error!(%error, "telling a partner has ended before its time");
                        error.id()
                    }
                };
                busy.remove(&id);
            }
            let pause = match self.begin(&database, &mut told, &mut busy).await {
                Ok(()) => POLL,
                Err(error) => {
                    tracing::warn!(%error, "messages to partners cannot be read");
                    REST
                }
            };
            sleep(pause).await;
        }
    }

    /// Begins with partners for whom something is due and whom nobody is telling yet.
    async fn begin(
        &self,
        database: &Database,
        told: &mut JoinSet<()>,
        busy: &mut HashMap<Id, PartnerId>,
    ) -> Result<(), DbErr> {
        if busy.len() >= MOST_PARTNERS {
            return Ok(());
        }
        let most = i32::try_from(2 * MOST_PARTNERS).unwrap_or(i32::MAX);
        for partner in queue::due(database, most).await? {
            let taken = busy.values().any(|other| *other == partner);
            if taken || busy.len() >= MOST_PARTNERS {
                continue;
            }
            let (dispatcher, database) = (self.clone(), database.clone());
            let task = told.spawn(async move {
                if let Err(error) = dispatcher.tell(&database, partner).await {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    tracing::warn!(%partner, %error, cause, "messages to a partner wait");
                }
            });
            busy.insert(task.id(), partner);
        }
        Ok(())
    }

    /// Tries what is due for a partner, the oldest first, until something does not arrive; how many messages arrived.
    pub async fn tell(&self, database: &Database, partner: PartnerId) -> Result<usize, Error> {
        let lease = 2 * Duration::try_from(self.courier.patience()).unwrap_or(Duration::MINUTE);
        for count in 0..IN_A_ROW {
            let webhook = endpoint::find(database.shared(), partner).await?;
            let Some(webhook) = webhook.filter(|one| one.state == ON) else {
                return Ok(count);
            };
            let Some(row) = queue::take(database, partner, lease).await? else {
                return Ok(count);
            };
            let outcome = self.attempt(database, &webhook, &row).await;
            if !self.settle(database, &webhook, &row, outcome).await? {
                return Ok(count);
            }
        }
        Ok(IN_A_ROW)
    }

    async fn attempt(&self, database: &Database, webhook: &Webhook, row: &Delivery) -> Outcome {
        let now = database.clock().now();
        let failed = |status, fault| Failure { status, fault };
        let Ok(secrets) = webhook.secrets(&self.keys, now) else {
            return Outcome::Failed(failed(None, "sealed"), None);
        };
        let message = message(&secrets, row, now.unix_timestamp());
        match self.courier.post(&webhook.url, message).await {
            Ok(Reply { status, .. }) if (200..300).contains(&status) => Outcome::Arrived(status),
            Ok(Reply { status: GONE, .. }) => Outcome::Gone,
            Ok(Reply {
                status,
                retry_after,
            }) => {
                let asked = retry_after.map(|asked| asked.try_into().unwrap_or(LONGEST_PAUSE));
                Outcome::Failed(failed(Some(status), "status"), asked)
            }
            Err(unsent) => Outcome::Failed(failed(None, Unsent::code(unsent)), None),
        }
    }

    /// Writes down what became of an attempt; true when the message has arrived.
    async fn settle(
        &self,
        database: &Database,
        webhook: &Webhook,
        row: &Delivery,
        outcome: Outcome,
    ) -> Result<bool, Error> {
        let (message, partner, event) = (row.id, row.partner_id, row.event.as_str());
        let now = database.clock().now();
        let (why, asked) = match outcome {
            Outcome::Arrived(status) => {
                queue::delivered(database, row, status).await?;
                endpoint::note(database, webhook, None).await?;
                return Ok(true);
            }
            Outcome::Gone => {
                let why = Failure {
                    status: Some(GONE),
                    fault: "gone",
                };
                if endpoint::gone(database, webhook).await? {
                    queue::failed(database, row, why, None).await?;
                    tracing::error!(%message, %partner, event, "a partner's webhook is gone and was switched off");
                } else {
                    // There is a new place to try.
                    queue::failed(database, row, why, Some(now)).await?;
                }
                return Ok(false);
            }
            Outcome::Failed(why, asked) => (why, asked),
        };
        let pause = self.retries.after(row.attempts, asked, &mut System)?;
        let again = pause.map(|pause| now + pause);
        queue::failed(database, row, why, again).await?;
        endpoint::note(database, webhook, Some(now)).await?;
        let (attempts, fault, status) = (row.attempts, why.fault, why.status);
        match again {
            Some(at) => {
                tracing::warn!(%message, %partner, event, attempts, fault, status, %at, "a message to a partner waits to be tried again");
            }
            None => {
                tracing::error!(%message, %partner, event, attempts, fault, status, "a message to a partner was given up");
            }
        }
        Ok(false)
    }
}

/// The message as it leaves: signed with every secret that counts, the newest first.
fn message(secrets: &[WebhookSecret], row: &Delivery, seconds: i64) -> Message {
    let id = row.message_id();
    let body = row.body.clone().unwrap_or_default().into_bytes();
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| secret.sign(&id, seconds, &body))
        .collect();
    Message {
        content_type: "application/json",
        headers: vec![
            ("webhook-id", id),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signatures.join(" ")),
        ],
        body,
    }
}
