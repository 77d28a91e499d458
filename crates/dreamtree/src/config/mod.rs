//! Configuration: defaults in code, below a file, below the environment. Keys that nobody knows are
//! refused, and all faults are told at once.
//!
//! Neither `figment` nor `config` does that: both stop at the first fault. Hence [`reader`].

mod mail;
mod reader;
mod sections;
mod values;
mod webhooks;

use std::{env, fs, io::ErrorKind, path::Path, time::Duration};

use dreamtree_gateway::{Limits, LiveLimits, Settings};

pub(crate) use mail::Mail;
pub(crate) use reader::Faults;
use reader::Reader;
pub(crate) use sections::{Content, Database, Jobs, Keys, Log, Server, Sessions};
pub(crate) use values::{Format, Mode};
use webhooks::Webhooks;

const DEFAULT_FILE: &str = "dreamtree.toml";

/// How this server is set up.
#[derive(Debug)]
pub(crate) struct Config {
    /// Where it was read from, for `doctor`.
    pub(crate) origin: String,
    /// Who is served, where.
    pub(crate) server: Server,
    /// Where rows are kept.
    pub(crate) database: Database,
    /// How long what is open stays open.
    pub(crate) sessions: Sessions,
    /// What is done although nobody asks for it.
    pub(crate) jobs: Jobs,
    /// Where content comes from.
    pub(crate) content: Content,
    /// How much one request may ask for.
    pub(crate) limits: Limits,
    /// How much may stay open.
    pub(crate) live: LiveLimits,
    /// The server's own keys.
    pub(crate) keys: Keys,
    /// How letters leave.
    pub(crate) mail: Mail,
    /// How messages reach partners.
    pub(crate) webhooks: Webhooks,
    /// What log lines look like.
    pub(crate) log: Log,
}

impl Config {
    /// Reads the file, if there is one, and the environment.
    pub(crate) fn read(file: Option<&Path>) -> Result<Self, Faults> {
        let path = file.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound && file.is_none() => None,
            Err(error) => return Err(Faults::one(path.display(), error)),
        };
        let name = path.display().to_string();
        let environment = env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let mut reader = Reader::new(
            text.as_deref().map(|text| (name.as_str(), text)),
            environment,
        );
        let mut config = Self::of(&mut reader);
        config.origin = text.map_or_else(|| "defaults and environment".to_owned(), |_| name);
        reader.finish().map(|()| config)
    }

    fn of(reader: &mut Reader) -> Self {
        let server = Server::of(reader);
        Self {
            origin: String::new(),
            log: Log::of(reader, server.mode),
            mail: Mail::of(reader, &server),
            webhooks: Webhooks::of(reader, &server),
            server,
            database: Database::of(reader),
            sessions: Sessions::of(reader),
            jobs: Jobs::of(reader),
            content: Content::of(reader),
            limits: limits(reader),
            live: live(reader),
            keys: Keys::of(reader),
        }
    }

    /// What the gateway wants to know.
    pub(crate) fn gateway(&self) -> Settings {
        Settings {
            public_origin: self
                .server
                .public_url
                .as_ref()
                .map(|origin| origin.0.clone()),
            site: self
                .mail
                .site
                .as_ref()
                .or(self.server.public_url.as_ref())
                .map(|origin| origin.0.clone()),
            allowed_origins: self.server.allowed_origins.0.clone(),
            trusted_proxies: self.server.trusted_proxies.0.clone(),
            vault_idle: self.sessions.vault_idle(),
            introspection: self.server.introspection,
            graphiql: self.server.graphiql,
            limits: self.limits.clone(),
            live: self.live.clone(),
            webhook_reach: self.webhooks.reach,
        }
    }
}

fn limits(reader: &mut Reader) -> Limits {
    let default = Limits::default();
    let mut number = |key, default, most| reader.number(key, default, 1..=most);
    Limits {
        depth: number("limits.depth", default.depth, 100),
        complexity: number("limits.complexity", default.complexity, 1_000_000),
        aliases: number("limits.aliases", default.aliases, 100_000),
        directives: number("limits.directives", default.directives, 100_000),
        // The parser's stack ends near 1,700.
        nesting: number("limits.nesting", default.nesting, 200),
        tokens: number("limits.tokens", default.tokens, 1_000_000),
        batch: number("limits.batch", default.batch, 100),
        body_bytes: number("limits.body_bytes", default.body_bytes, 1 << 30),
        timeout: Duration::from_secs(number("limits.timeout_seconds", 10, 600) as u64),
    }
}

fn live(reader: &mut Reader) -> LiveLimits {
    let default = LiveLimits::default();
    let mut number = |key, default| reader.number(key, default, 1..=1_000_000);
    LiveLimits {
        connections: number("live.connections", default.connections),
        streams_per_connection: number(
            "live.streams_per_connection",
            default.streams_per_connection,
        ),
        streams_per_person: number("live.streams_per_person", default.streams_per_person),
    }
}

#[cfg(test)]
mod tests {
    use dreamtree_partners::webhook::{Reach, Retries};

    use super::*;

    fn config(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let environment = environment
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        let mut reader = Reader::new(Some(("f.toml", file)), environment);
        let config = Config::of(&mut reader);
        reader
            .finish()
            .map(|()| config)
            .map_err(|faults| faults.to_string())
    }

    #[test]
    fn nothing_said_is_a_development_server_on_sqlite() {
        let config = config("", &[]).unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.database.url(), "sqlite:data/dreamtree.db");
        assert!(config.server.graphiql && !config.server.is_secure());
        assert_eq!(config.log.format, Format::Human);
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        let file = "[server]\nlisten = \"127.0.0.1:1\"\n[limits]\ndepth = 7\n";
        let config = config(file, &[("DREAMTREE_SERVER_LISTEN", "127.0.0.1:2")]).unwrap();
        assert_eq!(config.server.listen.port(), 2);
        assert_eq!(config.limits.depth, 7);
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_places_and_without_values() {
        let file = "[server]\nlisten = \"nowhere\"\nport = 1\n\n[limits]\ndepth = 0\nbatch = [1]\n[extra]\na = 1\n";
        let environment = [
            ("DREAMTREE_LOG_FORMAT", "xml"),
            ("DREAMTREE_LOGS_LEVEL", "x"),
            ("DATABASE_URL", "mysql://secret"),
        ];
        assert_eq!(
            config(file, &environment).unwrap_err(),
            "the configuration has faults\n\
             DATABASE_URL: must begin with sqlite: or postgres:\n\
             DREAMTREE_LOGS_LEVEL: is not a key of the configuration\n\
             DREAMTREE_LOG_FORMAT: must be human or json\n\
             f.toml:2: server.listen: must be an address and a port, such as 127.0.0.1:8080\n\
             f.toml:3: server.port: is not a key of the configuration\n\
             f.toml:6: limits.depth: must be a whole number from 1 to 100\n\
             f.toml:7: limits.batch: must be a string, a number, true or false, or a list of strings\n\
             f.toml:9: extra.a: is not a key of the configuration"
        );
        let networks = "[server]\ntrusted_proxies = [\"10.1.0.0/99\"]\n";
        assert!(
            config(networks, &[])
                .unwrap_err()
                .contains("f.toml:2: server.trusted_proxies: ")
        );
        assert!(config("a = ", &[]).unwrap_err().contains("f.toml:1: "));
    }

    #[test]
    fn production_is_shut_and_needs_its_public_address() {
        let faults = config("server.mode = \"production\"", &[]).unwrap_err();
        assert!(faults.contains("server.public_url: is needed in production"));
        assert!(faults.contains("mail.host: is needed in production"));
        assert!(faults.contains("mail.from: is needed in production"));
        let file = "[server]\nmode = \"production\"\npublic_url = \"https://dreamtree.example/\"\n\
             allowed_origins = [\"https://a.example\", \"https://b.example\"]\n\
             [mail]\nhost = \"mail.example\"\nfrom = \"hello@dreamtree.example\"\n";
        let config = config(file, &[]).unwrap();
        let settings = config.gateway();
        assert_eq!(
            settings.public_origin.as_deref(),
            Some("https://dreamtree.example")
        );
        assert_eq!(
            settings.allowed_origins,
            ["https://a.example", "https://b.example"]
        );
        assert!(!settings.introspection && !settings.graphiql && config.server.is_secure());
        assert_eq!(config.log.format, Format::Json);
    }

    #[test]
    fn mail_goes_into_files_until_a_server_is_named() {
        assert!(config("", &[]).unwrap().mail.relay().is_none());
        let relay = |file| config(file, &[]).unwrap().mail.relay().unwrap();
        assert_eq!(relay("[mail]\nhost = \"m\"").port, 587);
        assert_eq!(relay("[mail]\nhost = \"m\"\ntls = \"tls\"").port, 465);
        assert_eq!(relay("[mail]\nhost = \"m\"\ntls = \"none\"").port, 25);
        let file = "[mail]\nfrom = \"nobody\"\ntls = \"perhaps\"\nport = 0\nuser = \"me\"\nsite_url = \"here\"";
        let faults = config(file, &[]).unwrap_err();
        for fault in [
            "mail.from",
            "mail.tls",
            "mail.port",
            "mail.user",
            "mail.site_url",
        ] {
            assert!(faults.contains(&format!("{fault}: ")), "{fault}: {faults}");
        }
        let secret = [
            ("DREAMTREE_MAIL_PASSWORD", "s3cret"),
            ("DREAMTREE_MAIL_USER", "me"),
        ];
        let faults = config("[mail]\ntls = \"none\"", &secret).unwrap_err();
        assert!(faults.contains("mail.password: is not sent without TLS"));
        let read = config("[mail]\nhost = \"m\"", &secret).unwrap();
        assert!(!format!("{:?} {:?}", read.mail, read.mail.relay()).contains("s3cret"));
    }

    #[test]
    fn messages_to_partners_go_out_and_come_back_as_is_said() {
        let default = config("", &[]).unwrap().webhooks;
        assert_eq!(default.retries(), Retries::default());
        assert_eq!(default.courier().patience(), Duration::from_secs(15));
        let file = "[webhooks]\nretry_after = [\"1s\", \"2m\"]\nallow_loopback = true\ntimeout_seconds = 2\n";
        let read = config(file, &[]).unwrap().webhooks;
        let pauses = vec![time::Duration::SECOND, time::Duration::minutes(2)];
        assert_eq!(read.retries(), Retries::new(pauses));
        assert_eq!(read.reach, Reach::AndThisMachine);
        for wrong in ["soon", "0s", "25h", "1d", "-1s", "s", "é"] {
            let said = [("DREAMTREE_WEBHOOKS_RETRY_AFTER", wrong)];
            let faults = config("", &said).unwrap_err();
            assert!(faults.contains("RETRY_AFTER: must be up to 20"), "{faults}");
        }
        let open = [("DREAMTREE_WEBHOOKS_ALLOW_LOOPBACK", "true")];
        let faults = config("server.mode = \"production\"", &open).unwrap_err();
        assert!(faults.contains("webhooks.allow_loopback: is for development"));
    }

    #[test]
    fn the_role_is_the_user_of_the_url() {
        let url = |url| config("", &[("DATABASE_URL", url)]).unwrap().database;
        assert_eq!(url("postgres://app:s3cret@h/d").role(), Some("app"));
        assert_eq!(url("postgres://app@h/d").role(), Some("app"));
        assert_eq!(url("postgres://h/d").role(), None);
        assert!(!format!("{:?}", url("postgres://app:s3cret@h/d")).contains("s3cret"));
    }

    #[test]
    fn the_example_names_every_key_with_its_default() {
        let example = include_str!("../../../../dreamtree.example.toml");
        let bare: String = example
            .lines()
            .map(|line| line.strip_prefix("#! ").unwrap_or(line).to_owned() + "\n")
            .collect();
        let read = config(&bare, &[]).unwrap();
        let default = config("", &[]).unwrap();
        assert_eq!(
            format!("{:?}", read.limits),
            format!("{:?}", default.limits)
        );
        assert_eq!(format!("{:?}", read.live), format!("{:?}", default.live));
        assert_eq!(read.server.trusted_proxies, default.server.trusted_proxies);
        assert_eq!(read.sessions.vault_idle(), default.sessions.vault_idle());
        assert_eq!(format!("{:?}", read.jobs), format!("{:?}", default.jobs));
        assert_eq!(
            format!("{:?}", read.webhooks),
            format!("{:?}", default.webhooks)
        );
        let mut reader = Reader::new(Some(("f.toml", &bare)), std::iter::empty());
        Config::of(&mut reader);
        assert_eq!(reader.unsaid(), Vec::<&str>::new());
    }
}
