//! How the gateway behaves; plain values that the binary reads from its configuration.

use std::{
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};

use dreamtree_partners::webhook::Reach;
use ipnet::{IpNet, Ipv4Net};

/// How the gateway behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The origin under which browsers know the server, such as `https://dreamtree.example`;
    /// without it the `Host` header of each request stands for it.
    pub public_origin: Option<String>,
    /// Scheme, host and port of the pages that people use, where `/sign-in` is; without it, pages here have no link there.
    pub site: Option<String>,
    /// Origins of other sites whose pages may ask with the visitor's cookie.
    pub allowed_origins: Vec<String>,
    /// Networks whose word about where a request comes from is taken: the header `X-Forwarded-For`.
    pub trusted_proxies: Vec<IpNet>,
    /// After how long without use the vault of a session closes.
    pub vault_idle: Duration,
    /// Whether the schema can be asked for, and whether errors suggest names from it.
    pub introspection: bool,
    /// Whether `GraphiQL` is served.
    pub graphiql: bool,
    /// How much one request may ask for.
    pub limits: Limits,
    /// How much may stay open.
    pub live: LiveLimits,
    /// How far messages to partners may go.
    pub webhook_reach: Reach,
}

impl Settings {
    /// Open for exploring: introspection and `GraphiQL`.
    #[must_use]
    pub fn development() -> Self {
        Self {
            public_origin: None,
            site: None,
            allowed_origins: Vec::new(),
            trusted_proxies: loopback(),
            vault_idle: Duration::from_hours(12),
            introspection: true,
            graphiql: true,
            limits: Limits::default(),
            live: LiveLimits::default(),
            webhook_reach: Reach::default(),
        }
    }

    /// Shut for exploring.
    #[must_use]
    pub fn production() -> Self {
        Self {
            introspection: false,
            graphiql: false,
            ..Self::development()
        }
    }
}

/// This machine itself, which a proxy is on most of the time.
#[must_use]
pub fn loopback() -> Vec<IpNet> {
    let four = Ipv4Net::new_assert([127, 0, 0, 0].into(), 8);
    vec![four.into(), IpAddr::from(Ipv6Addr::LOCALHOST).into()]
}

/// How much one request may ask for. Fragments count wherever they are spread.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Levels of fields.
    pub depth: usize,
    /// Fields, each weighed by what its resolver says it costs.
    pub complexity: usize,
    /// Aliased fields.
    pub aliases: usize,
    /// Directives.
    pub directives: usize,
    /// Open brackets at any one place of the document.
    pub nesting: usize,
    /// Words and punctuators of the document.
    pub tokens: usize,
    /// Operations in one array body.
    pub batch: usize,
    /// Bytes of a body.
    pub body_bytes: usize,
    /// Time for one operation.
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 20,
            complexity: 4_000,
            aliases: 50,
            directives: 50,
            nesting: 64,
            tokens: 10_000,
            batch: 10,
            body_bytes: 1 << 20,
            timeout: Duration::from_secs(10),
        }
    }
}

/// How many connections stay open for subscriptions.
#[derive(Clone, Debug)]
pub struct LiveLimits {
    /// Connections of this process.
    pub connections: usize,
    /// Streams of one connection.
    pub streams_per_connection: usize,
    /// Streams of one person at this process.
    pub streams_per_person: usize,
}

impl Default for LiveLimits {
    fn default() -> Self {
        Self {
            connections: 2_000,
            streams_per_connection: 10,
            streams_per_person: 20,
        }
    }
}
