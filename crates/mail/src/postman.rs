//! The postman: takes letters out of the outbox one by one, and comes back for what could not be delivered.

use std::{convert::Infallible, sync::Arc, time::Duration};

use dreamtree_crypto::ServerKeys;
use dreamtree_database::Database;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use tokio::time::sleep;

use crate::{
    Carrier, Error,
    entity::outbox::Model,
    error::{Next, Undelivered},
    outbox,
    page::Page,
};

/// How often to look for letters.
const POLL: Duration = Duration::from_millis(500);

/// The pause after the database has failed.
const PAUSE: Duration = Duration::from_secs(5);

/// Who letters are from, and where their links lead.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The address that they are from.
    pub from: Mailbox,
    /// Scheme, host and port of the pages that people see, without a slash behind.
    pub site: String,
}

/// Carries letters from the outbox. Any number of them may work on one database.
#[derive(Clone, Debug)]
pub struct Postman {
    keys: Arc<ServerKeys>,
    sender: Sender,
    carrier: Carrier,
}

impl Postman {
    /// A postman who opens letters with the keys that they were sealed with.
    #[must_use]
    pub fn new(keys: Arc<ServerKeys>, sender: Sender, carrier: Carrier) -> Self {
        Self {
            keys,
            sender,
            carrier,
        }
    }

    /// Works until dropped. A letter that is in hand then is sent again later.
    pub async fn work(self, database: Database) -> Infallible {
        loop {
            let pause = match self.round(&database).await {
                Ok(_) => POLL,
                Err(error) => {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    tracing::warn!(%error, cause, "the outbox cannot be read");
                    PAUSE
                }
            };
            sleep(pause).await;
        }
    }

    /// Tries every letter that is due, once; how many were sent.
    pub async fn round(&self, database: &Database) -> Result<usize, Error> {
        let mut count = 0;
        while let Some(row) = outbox::take(database).await? {
            match self.deliver(database, &row).await {
                Ok(()) => {
                    outbox::sent(database, &row).await?;
                    count += 1;
                }
                Err(error) => self.give_back(database, &row, &error).await?,
            }
        }
        Ok(count)
    }

    async fn deliver(&self, database: &Database, row: &Model) -> Result<(), Undelivered> {
        let message = self.message(database, row)?;
        self.carrier.carry(row.id, message).await
    }

    async fn give_back(
        &self,
        database: &Database,
        row: &Model,
        error: &Undelivered,
    ) -> Result<(), Error> {
        let (mail, kind, attempts) = (row.id, row.kind.as_str(), row.attempts);
        match outbox::failed(database, row).await? {
            Next::Again(at) => {
                tracing::warn!(%mail, kind, attempts, %error, %at, "a mail waits to be tried again");
            }
            Next::Never => tracing::error!(%mail, kind, attempts, %error, "a mail was given up"),
        }
        Ok(())
    }

    /// The message. Its Message-ID is that of every attempt, so that a second copy can be told from a second mail.
    fn message(&self, database: &Database, row: &Model) -> Result<Message, Undelivered> {
        let addressed = outbox::open(&self.keys, row).map_err(Undelivered::Sealed)?;
        let to = addressed.to.parse::<Address>();
        let to = to.map_err(|_| Undelivered::Unwritable)?;
        let page = Page::of(&addressed.letter, &self.sender.site);
        Message::builder()
            .from(self.sender.from.clone())
            .to(Mailbox::new(None, to))
            .subject(page.subject)
            .date(database.clock().now().into())
            .message_id(Some(format!(
                "<{}@{}>",
                row.id,
                self.sender.from.email.domain()
            )))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(page.text(), page.html()))
            .map_err(|_| Undelivered::Unwritable)
    }
}

/// Says that no person has written this, so that machines do not answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
