//! Where messages may be sent: what an address has to look like before its name is ever looked up.

use std::net::IpAddr;

use thiserror::Error;
use url::{Host, Url};

use crate::is_public;

/// The most characters of an address.
pub const LONGEST: usize = 500;

/// The ports that servers of others are asked at.
const PORTS: [u16; 2] = [443, 8443];

/// What only this network knows, whoever else does.
const LOCAL: [&str; 6] = [
    "localhost",
    "local",
    "internal",
    "localdomain",
    "home.arpa",
    "lan",
];

/// How far messages may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To servers of the open internet, by HTTPS.
    #[default]
    Internet,
    /// To this machine as well, also by HTTP and at any port; for whoever develops.
    AndThisMachine,
}

impl Reach {
    /// Whether a message may go to this address.
    pub(crate) fn covers(self, address: IpAddr) -> bool {
        let here = self == Self::AndThisMachine && address.to_canonical().is_loopback();
        here || is_public(address)
    }
}

/// Why an address is none that messages may be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TargetFault {
    /// It is no whole address, or too long.
    #[error("must be a whole address of at most {LONGEST} characters, without blanks")]
    Malformed,
    /// Whoever listens in would read along.
    #[error("must begin with https://")]
    Insecure,
    /// Nothing in front of an `@` belongs here, and nothing behind a `#` reaches a server.
    #[error("must have neither a user name nor a fragment")]
    Extra,
    /// Another port.
    #[error("must be at port 443 or 8443")]
    Port,
    /// It is in a private network, or kept for something else.
    #[error("must be a server that everybody can reach, not one of a private network")]
    Private,
}

/// An address that messages may be sent to, as far as can be told without looking its name up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    url: Url,
    host: Host,
    port: u16,
}

impl Target {
    /// Reads an address. Numbers may be written in any of the ways that browsers know (`0x7f.1`, `2130706433`); they are
    /// told from what they mean.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, TargetFault> {
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        if text.len() > LONGEST || !plain {
            return Err(TargetFault::Malformed);
        }
        let url = Url::parse(text).map_err(|_| TargetFault::Malformed)?;
        let host = url.host().ok_or(TargetFault::Malformed)?.to_owned();
        let port = url.port_or_known_default();
        let port = port.ok_or(TargetFault::Insecure)?;
        let here = reach == Reach::AndThisMachine && is_here(&host);
        if url.scheme() != "https" && !(here && url.scheme() == "http") {
            return Err(TargetFault::Insecure);
        }
        if text.contains('#') || !url.username().is_empty() || url.password().is_some() {
            return Err(TargetFault::Extra);
        }
        let private = match &host {
            Host::Domain(name) => is_local(name),
            Host::Ipv4(address) => !reach.covers((*address).into()),
            Host::Ipv6(address) => !reach.covers((*address).into()),
        };
        if private && !here {
            return Err(TargetFault::Private);
        }
        if !PORTS.contains(&port) && reach == Reach::Internet {
            return Err(TargetFault::Port);
        }
        Ok(Self { url, host, port })
    }

    /// Whether it is spoken to by TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub(crate) const fn host(&self) -> &Host {
        &self.host
    }

    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// What the header `Host` says: the port only where it is not the usual one.
    pub(crate) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.to_string(),
        }
    }

    /// Path and query.
    pub(crate) fn path(&self) -> &str {
        &self.url[url::Position::BeforePath..url::Position::AfterQuery]
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// A name without a dot, or below one that only this network knows.
fn is_local(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let below = |suffix: &&str| {
        let rest = name.strip_suffix(*suffix);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !name.contains('.') || LOCAL.iter().any(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str, reach: Reach) -> Option<TargetFault> {
        Target::parse(text, reach).err()
    }

    #[test]
    fn servers_of_others_are_taken() {
        for good in [
            "https://hooks.school.example/dreamtree",
            "https://hooks.school.example:8443/a?tenant=7&x=%20",
            "https://hooks.school.example",
            "https://1.1.1.1/",
            "https://[2606:4700::1111]/",
        ] {
            assert_eq!(fault(good, Reach::Internet), None, "{good}");
        }
        let target = Target::parse("https://Hooks.Example:8443/a?b=c", Reach::Internet).unwrap();
        assert_eq!(target.authority(), "hooks.example:8443");
        assert_eq!(target.path(), "/a?b=c");
        let bare = Target::parse("https://hooks.example:443", Reach::Internet).unwrap();
        assert_eq!(
            (bare.authority().as_str(), bare.path()),
            ("hooks.example", "/")
        );
    }

    #[test]
    fn everything_else_is_refused() {
        use TargetFault::{Extra, Insecure, Malformed, Port, Private};
        for (bad, why) in [
            ("", Malformed),
            ("/hooks", Malformed),
            ("https://", Malformed),
            ("https://a.example/a b", Malformed),
            ("https://a.example/\n", Malformed),
            ("http://a.example/", Insecure),
            ("ftp://a.example/", Insecure),
            ("gopher://a.example:443/", Insecure),
            ("http://127.0.0.1/", Insecure),
            ("https://user@a.example/", Extra),
            ("https://user:word@a.example/", Extra),
            ("https://a.example/#", Extra),
            ("https://a.example:22/", Port),
            ("https://a.example:5432/", Port),
            ("https://localhost/", Private),
            ("https://localhost./", Private),
            ("https://database/", Private),
            ("https://a.localhost/", Private),
            ("https://metadata.google.internal/", Private),
            ("https://printer.local/", Private),
            ("https://router.home.arpa/", Private),
            ("https://127.0.0.1/", Private),
            ("https://127.1/", Private),
            ("https://2130706433/", Private),
            ("https://0x7f000001/", Private),
            ("https://0177.0.0.1/", Private),
            ("https://169.254.169.254/latest/", Private),
            ("https://10.1.2.3/", Private),
            ("https://[::1]/", Private),
            ("https://[::ffff:127.0.0.1]/", Private),
            ("https://[64:ff9b::a00:1]/", Private),
            ("https://[fe80::1]/", Private),
        ] {
            assert_eq!(fault(bad, Reach::Internet), Some(why), "{bad}");
        }
        let long = format!("https://a.example/{}", "a".repeat(LONGEST));
        assert_eq!(fault(&long, Reach::Internet), Some(Malformed));
    }

    #[test]
    fn this_machine_is_for_those_who_develop() {
        let reach = Reach::AndThisMachine;
        for good in [
            "http://127.0.0.1:9000/hooks",
            "http://localhost:9000/",
            "http://[::1]:9000/",
            "https://127.0.0.1:9000/",
            "https://a.example:9000/",
        ] {
            assert_eq!(fault(good, reach), None, "{good}");
        }
        for (bad, why) in [
            ("http://a.example/", TargetFault::Insecure),
            ("http://10.0.0.1/", TargetFault::Insecure),
            ("https://10.0.0.1/", TargetFault::Private),
            ("https://169.254.169.254/", TargetFault::Private),
        ] {
            assert_eq!(fault(bad, reach), Some(why), "{bad}");
        }
    }
}
