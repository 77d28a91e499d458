//! One struct per section of the configuration.

use std::{
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use dreamtree_gateway::loopback;
use secrecy::{ExposeSecret, SecretString};

use super::{
    reader::Reader,
    values::{DatabaseUrl, Format, Mode, Networks, Origin, Origins},
};
use crate::failure::Failure;

/// Who is served, where.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) mode: Mode,
    pub(crate) listen: SocketAddr,
    pub(crate) public_url: Option<Origin>,
    pub(crate) allowed_origins: Origins,
    pub(crate) trusted_proxies: Networks,
    pub(crate) introspection: bool,
    pub(crate) graphiql: bool,
}

impl Server {
    pub(super) fn of(reader: &mut Reader) -> Self {
        let mode = reader.take("server.mode", Mode::Development);
        let open = mode == Mode::Development;
        let address = "must be an address and a port, such as 127.0.0.1:8080";
        let server = Self {
            mode,
            listen: reader.take_or(
                "server.listen",
                SocketAddr::from(([127, 0, 0, 1], 8080)),
                |text| text.parse().map_err(|_| address.to_owned()),
            ),
            public_url: reader.optional("server.public_url"),
            allowed_origins: reader.take("server.allowed_origins", Origins::default()),
            trusted_proxies: reader.take("server.trusted_proxies", Networks(loopback())),
            introspection: reader.switch("server.introspection", open),
            graphiql: reader.switch("server.graphiql", open),
        };
        if mode == Mode::Production && server.public_url.is_none() {
            reader.fault("server.public_url", "is needed in production");
        }
        server
    }

    /// Whether the cookie may travel by HTTPS only: everywhere but on loopback over plain HTTP.
    pub(crate) fn is_secure(&self) -> bool {
        let loopback = self.public_url.as_ref().map_or_else(
            || self.listen.ip().is_loopback(),
            |url| url.is_loopback() && !url.is_https(),
        );
        self.mode == Mode::Production || !loopback
    }
}

/// Where rows are kept.
#[derive(Debug)]
pub(crate) struct Database {
    url: DatabaseUrl,
    owner_url: Option<DatabaseUrl>,
    pub(crate) connections: NonZeroU32,
}

impl Database {
    pub(super) fn of(reader: &mut Reader) -> Self {
        let default = DatabaseUrl(SecretString::from("sqlite:data/dreamtree.db"));
        let connections = reader.number("database.connections", 16, 1..=1_000);
        Self {
            url: reader.take("database.url", default),
            owner_url: reader.optional("database.owner_url"),
            connections: u32::try_from(connections)
                .ok()
                .and_then(NonZeroU32::new)
                .unwrap_or(NonZeroU32::MIN),
        }
    }

    /// The address that the server connects to.
    pub(crate) fn url(&self) -> &str {
        self.url.0.expose_secret()
    }

    /// Whether the database is a file of our own.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.file().is_some()
    }

    /// The file that an `SQLite` database is.
    pub(crate) fn file(&self) -> Option<&Path> {
        let file = self.url().strip_prefix("sqlite:")?;
        let file = file.strip_prefix("//").unwrap_or(file);
        file.split('?').next().map(Path::new)
    }

    /// The address for work on tables and content: an `SQLite` file has no other owner.
    pub(crate) fn owner(&self) -> Result<&str, Failure> {
        match &self.owner_url {
            _ if self.is_sqlite() => Ok(self.url()),
            Some(url) => Ok(url.0.expose_secret()),
            None => Err(Failure::new(
                "PostgreSQL's tables are changed by their owner only: set DATABASE_OWNER_URL",
            )),
        }
    }

    /// The role that the server connects as.
    pub(crate) fn role(&self) -> Option<&str> {
        let (_, rest) = self.url().split_once("://")?;
        let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
        user.split(':').next().filter(|role| !role.is_empty())
    }
}

/// How long what is open stays open.
#[derive(Debug)]
pub(crate) struct Sessions {
    vault_idle_minutes: usize,
}

impl Sessions {
    pub(super) fn of(reader: &mut Reader) -> Self {
        // A session notes that it is in use every five minutes, and ends after thirty days.
        let bounds = 10..=30 * 24 * 60;
        Self {
            vault_idle_minutes: reader.number("sessions.vault_idle_minutes", 720, bounds),
        }
    }

    /// After how long without use the vault of a session closes.
    pub(crate) fn vault_idle(&self) -> Duration {
        Duration::from_mins(self.vault_idle_minutes as u64)
    }
}

/// What is done again and again although nobody asks for it; an interval of 0 is never.
#[derive(Debug)]
pub(crate) struct Jobs {
    /// Whether this process does any of it.
    pub(crate) enabled: bool,
    housekeeping_minutes: usize,
    sweep_hours: usize,
    /// Days that visitors may stay away.
    pub(crate) sweep_days: u16,
    checkpoint_hours: usize,
}

impl Jobs {
    pub(super) fn of(reader: &mut Reader) -> Self {
        const YEAR: usize = 366 * 24;
        let days = reader.number("jobs.sweep_days", 60, 31..=3_660);
        Self {
            enabled: reader.switch("jobs.enabled", true),
            housekeeping_minutes: reader.number("jobs.housekeeping_minutes", 5, 0..=24 * 60),
            sweep_hours: reader.number("jobs.sweep_hours", 24, 0..=YEAR),
            sweep_days: u16::try_from(days).unwrap_or(u16::MAX),
            checkpoint_hours: reader.number("jobs.checkpoint_hours", 24, 0..=YEAR),
        }
    }

    /// How often sessions, challenges and counters that have ended are taken away; `None` for never.
    pub(crate) fn housekeeping(&self) -> Option<Duration> {
        every(self.housekeeping_minutes, 60)
    }

    /// How often visitors are looked for who never came back; `None` for never.
    pub(crate) fn sweep(&self) -> Option<Duration> {
        every(self.sweep_hours, 3_600)
    }

    /// How often the diaries are covered by a checkpoint; `None` for never.
    pub(crate) fn checkpoint(&self) -> Option<Duration> {
        every(self.checkpoint_hours, 3_600)
    }
}

fn every(number: usize, seconds: u64) -> Option<Duration> {
    (number > 0).then(|| Duration::from_secs(number as u64 * seconds))
}

/// Where content comes from.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) folder: PathBuf,
    poll_seconds: usize,
}

impl Content {
    pub(super) fn of(reader: &mut Reader) -> Self {
        Self {
            folder: reader.take("content.folder", PathBuf::from("seed-data")),
            poll_seconds: reader.number("content.poll_seconds", 2, 1..=3_600),
        }
    }

    /// How often to look for another edition.
    pub(crate) fn poll(&self) -> Duration {
        Duration::from_secs(self.poll_seconds as u64)
    }
}

/// The server's own keys.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) file: PathBuf,
    /// The text of a key file, from `DREAMTREE_KEYS`.
    pub(crate) inline: Option<SecretString>,
    /// Where the keys are that credentials are signed with.
    pub(crate) signing_file: PathBuf,
    /// The text of such a file, from `DREAMTREE_SIGNING_KEYS`.
    pub(crate) inline_signing: Option<SecretString>,
}

impl Keys {
    pub(super) fn of(reader: &mut Reader) -> Self {
        let file: PathBuf = reader.take("keys.file", PathBuf::from("data/keys"));
        let signing = reader.variable("DREAMTREE_SIGNING_KEYS");
        Self {
            signing_file: reader.take("keys.signing_file", beside(&file)),
            file,
            inline: reader.variable("DREAMTREE_KEYS").map(SecretString::from),
            inline_signing: signing.map(SecretString::from),
        }
    }
}

/// The same name with `.signing` at its end.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".signing");
    name.into()
}

/// What log lines look like.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) format: Format,
    pub(crate) level: String,
}

impl Log {
    pub(super) fn of(reader: &mut Reader, mode: Mode) -> Self {
        let format = match mode {
            Mode::Development => Format::Human,
            Mode::Production => Format::Json,
        };
        Self {
            format: reader.take("log.format", format),
            level: reader.take("log.level", "info".to_owned()),
        }
    }
}
