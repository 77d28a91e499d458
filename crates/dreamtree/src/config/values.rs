//! What stands behind the keys, as it is written.

use std::{net::IpAddr, str::FromStr};

use dreamtree_partners::webhook::{LONGEST_PAUSE, Retries};
use ipnet::IpNet;
use secrecy::SecretString;
use time::Duration;

/// Whom the server is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Developers: `GraphiQL`, introspection, logs to read.
    Development,
    /// Everybody.
    Production,
}

impl FromStr for Mode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "development" => Ok(Self::Development),
            "production" => Ok(Self::Production),
            _ => Err("must be development or production"),
        }
    }
}

/// What log lines look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For a person.
    Human,
    /// For a program.
    Json,
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "human" => Ok(Self::Human),
            "json" => Ok(Self::Json),
            _ => Err("must be human or json"),
        }
    }
}

/// Scheme, host and port of a site, the way browsers write it: lower case, no path, no slash behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(pub(crate) String);

impl Origin {
    /// Whether it is reached by HTTPS.
    pub(crate) fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether it is this machine itself.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.0.split_once("://").map_or("", |(_, host)| host);
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').map_or("", |(name, _)| name),
            None => host.split_once(':').map_or(host, |(name, _)| name),
        };
        name == "localhost"
            || name
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }
}

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        match host {
            Some(host) if !host.is_empty() && host.chars().all(plain) => Ok(Self(text)),
            _ => Err("must be an origin, such as https://dreamtree.example"),
        }
    }
}

/// Several origins; in the environment divided by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origins(pub(crate) Vec<String>);

impl FromStr for Origins {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let origins = parts.map(|part| part.parse().map(|Origin(origin)| origin));
        origins.collect::<Result<_, _>>().map(Self)
    }
}

/// Several networks; in the environment divided by commas. An address stands for itself alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Networks(pub(crate) Vec<IpNet>);

impl FromStr for Networks {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let networks = parts.map(|part| {
            let address = part.parse::<IpAddr>().map(IpNet::from);
            address.or_else(|_| part.parse())
        });
        networks
            .collect::<Result<_, _>>()
            .map(Self)
            .map_err(|_| "must be addresses or networks, such as 10.1.0.0/16")
    }
}

/// A database's address; may hold a password.
#[derive(Clone, Debug)]
pub(crate) struct DatabaseUrl(pub(crate) SecretString);

impl FromStr for DatabaseUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let schemes = ["sqlite:", "postgres:", "postgresql:"];
        if schemes.iter().any(|scheme| text.starts_with(scheme)) {
            Ok(Self(text.into()))
        } else {
            Err("must begin with sqlite: or postgres:")
        }
    }
}

/// Pauses before a message is tried again: whole numbers of seconds, minutes or hours with their unit, such as
/// `5s 30m 24h`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Pauses(pub(crate) Retries);

impl FromStr for Pauses {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
        let pauses: Option<Vec<_>> = parts.map(pause).collect();
        let pauses = pauses.filter(|pauses| pauses.len() <= MOST_PAUSES);
        let what = "must be up to 20 pauses of at most 24 hours, such as 5s 30m 24h";
        pauses.map(|pauses| Self(Retries::new(pauses))).ok_or(what)
    }
}

const MOST_PAUSES: usize = 20;

fn pause(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u16 = number.parse().ok()?;
    let pause = match unit {
        "s" => Duration::seconds(number.into()),
        "m" => Duration::minutes(number.into()),
        "h" => Duration::hours(number.into()),
        _ => return None,
    };
    (Duration::SECOND..=LONGEST_PAUSE)
        .contains(&pause)
        .then_some(pause)
}
