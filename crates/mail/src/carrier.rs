//! What a letter leaves the house by: a mail server, or a folder for developers.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{self, authentication},
};
use uuid::Uuid;

use crate::error::Undelivered;

/// Shorter than the first pause, so that nobody else takes a letter that is being sent.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How a connection to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte on.
    Whole,
    /// TLS before anything is said; refused where the server cannot.
    StartTls,
    /// Not at all; for a mail server on the same machine or network.
    None,
}

/// The mail server that takes all letters.
#[derive(Clone, Debug)]
pub struct Relay {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub tls: Tls,
    /// Who we are there, if it wants to know.
    pub credentials: Option<Credentials>,
}

/// A name and a password at a mail server.
#[derive(Clone)]
pub struct Credentials {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Credentials([REDACTED])")
    }
}

/// What letters leave by.
#[derive(Clone, Debug)]
pub enum Carrier {
    /// A mail server.
    Relay(AsyncSmtpTransport<Tokio1Executor>),
    /// Files `<id>.eml` in a folder, for development.
    Folder(PathBuf),
}

impl Carrier {
    /// Letters leave by a mail server. Fails where its name cannot be one that TLS knows.
    pub fn relay(relay: &Relay) -> Result<Self, smtp::Error> {
        type Smtp = AsyncSmtpTransport<Tokio1Executor>;
        let builder = match relay.tls {
            Tls::Whole => Smtp::relay(&relay.host)?,
            Tls::StartTls => Smtp::starttls_relay(&relay.host)?,
            Tls::None => Smtp::builder_dangerous(&relay.host),
        };
        let builder = builder.port(relay.port).timeout(Some(TIMEOUT));
        let builder = match &relay.credentials {
            Some(Credentials { user, password }) => builder.credentials(
                authentication::Credentials::new(user.clone(), password.clone()),
            ),
            None => builder,
        };
        Ok(Self::Relay(builder.build()))
    }

    /// Hands a message over.
    pub(crate) async fn carry(&self, id: Uuid, message: Message) -> Result<(), Undelivered> {
        match self {
            Self::Relay(relay) => {
                let sent = relay.send(message).await;
                sent.map(drop).map_err(|error| fault(&error))
            }
            Self::Folder(folder) => {
                let file = folder.join(format!("{id}.eml"));
                keep(&file, &message.formatted())?;
                tracing::info!(file = %file.display(), "a mail was put into a file");
                Ok(())
            }
        }
    }
}

/// What the other side has said may name the addressee; its code does not.
fn fault(error: &smtp::Error) -> Undelivered {
    match error.status() {
        Some(code) => Undelivered::Refused(code.to_string()),
        None => Undelivered::Unreachable,
    }
}

/// Writes a file that is there as a whole or not at all.
fn keep(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let unfinished = file.with_extension("part");
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, file)
}
