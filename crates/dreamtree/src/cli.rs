//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dreamtree_audit::LogHead;
use dreamtree_types::Instant;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// The `DreamTree` server and its tools.
#[derive(Debug, Parser)]
#[command(name = "dreamtree", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// The configuration file; without this, dreamtree.toml, if there is one.
    #[arg(long, global = true, env = "DREAMTREE_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// What to do; serve, if nothing is said.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the database up to date and serve until told to stop.
    Serve,
    /// Bring the database's tables up to date.
    Migrate,
    /// Load content into the database; running servers pick it up within seconds.
    Seed {
        /// The folder of the content; without this, the one in the configuration.
        #[arg(long, value_name = "FOLDER")]
        from: Option<PathBuf>,
    },
    /// Work on content files.
    #[command(subcommand)]
    Content(Content),
    /// Work on what assessments ask.
    #[command(subcommand)]
    Coaching(Coaching),
    /// Say who reviews what people propose.
    #[command(subcommand)]
    Operator(Operator),
    /// Look after partners, whose programs read what people let them read.
    #[command(subcommand)]
    Partner(Partner),
    /// Look after what is written down about accounts.
    #[command(subcommand)]
    Audit(Audit),
    /// Delete visitors who never claimed their work and have not come back; to be run now and then.
    Sweep {
        /// How many days they may stay away; 31 at least, since their session can be used for 30.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(31..))]
        days: u16,
    },
    /// Print the text of a new key file, to be kept secret; or exchange the keys of servers that run.
    Keys {
        /// What to do with the keys that there are.
        #[command(subcommand)]
        what: Option<Keys>,
    },
    /// Print the text of a new file of keys that credentials are signed with, to be kept secret.
    SigningKeys,
    /// Print the GraphQL schema.
    Schema,
    /// Check configuration, database, keys and content; exit with 1 on a fault.
    Doctor,
    /// Help with developing and measuring; never for a database that people use.
    #[command(subcommand)]
    Dev(Dev),
}

/// What to do with the servers' own keys; the order in which they are exchanged.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Keys {
    /// Put new keys beside the present ones into the key file; all servers have to be started again with it.
    Rotate,
    /// Take the new keys into use, and seal anew what the servers have sealed; may be interrupted and begun again.
    Carry,
    /// Print which keys there are, which servers know them, and what still hangs on the old ones.
    Status,
    /// Take the old keys out of the key file; refused while anything hangs on them.
    Retire {
        /// End the passwords and codes of so many people who did not come back, exactly as many as `status` tells; each
        /// gets a mail, and sets another password by a mailed link.
        #[arg(long, value_name = "PEOPLE")]
        locking: Option<usize>,
    },
}

/// What to do with content files.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Content {
    /// Check a folder and print file, line, rule and message of each fault and warning; exit with 1 on a fault.
    Check {
        /// The folder; without this, the one in the configuration.
        folder: Option<PathBuf>,
        /// Exit with 1 on a warning too.
        #[arg(long)]
        strict: bool,
    },
    /// Print how people with an account fare with each wording of an exercise that has several; never about fewer than five.
    Report,
}

/// What to do with what assessments ask.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Coaching {
    /// Add rows of CSV files to the authors' files, or print file, line, rule and message of each bad row and exit with 1.
    Import(Import),
}

/// What to import.
#[derive(Clone, Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
pub(crate) struct Import {
    /// Questions.
    #[arg(long, value_name = "FILE", group = "what", requires = "answers_from")]
    pub(crate) questions: Option<PathBuf>,
    /// The number of the first answer in that file, 0 or 1; it cannot be guessed.
    #[arg(long, value_name = "0|1", value_parser = clap::value_parser!(u8).range(0..=1))]
    pub(crate) answers_from: Option<u8>,
    /// Skill tags with their insights and actions.
    #[arg(long, value_name = "FILE", group = "what")]
    pub(crate) tags: Option<PathBuf>,
    /// Things to learn from.
    #[arg(long, value_name = "FILE", group = "what")]
    pub(crate) resources: Option<PathBuf>,
    /// The folder of the content; without this, the one in the configuration.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: Option<PathBuf>,
    /// Say what would be added, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What to do with what is written down about accounts.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Audit {
    /// Walk all chains and print the first break; exit with 1 on one.
    Verify {
        /// Where the log stood some time ago, as this command or `audit checkpoint` has printed it.
        #[arg(long, value_name = "NUMBER:HASH")]
        kept: Option<LogHead>,
    },
    /// Cover all chains with one entry of the log, and print where the log stands then; keep that elsewhere.
    Checkpoint,
}

/// What helps with developing and measuring.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Dev {
    /// Fill the database with people who never lived; the same seed makes the same rows.
    Fill(Fill),
}

/// How to fill the database.
#[derive(Clone, Debug, Args)]
pub(crate) struct Fill {
    /// How many people.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(crate) users: u64,
    /// What everything is drawn from. Whoever knows it can make the tokens of the people's sessions.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Let them join people who are there already; they are numbered on.
    #[arg(long)]
    pub(crate) more: bool,
    /// Do it in production mode too.
    #[arg(long)]
    pub(crate) yes: bool,
    /// A new file for tokens of their sessions, one to a line; only its owner can read it.
    #[arg(long, value_name = "FILE")]
    pub(crate) tokens: Option<PathBuf>,
    /// How many tokens.
    #[arg(long, value_name = "N", default_value_t = 32)]
    pub(crate) first: usize,
}

/// What to do with operators.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Operator {
    /// Name the person who signs in with an address.
    Add {
        /// The e-mail address.
        email: String,
    },
    /// Take the role from the person who signs in with an address.
    Remove {
        /// The e-mail address.
        email: String,
    },
    /// Print everybody who has the role.
    List,
}

/// What to do with partners.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Partner {
    /// Register a partner, and print its client id and its secret, which is kept nowhere.
    Add {
        /// What people will read on the consent page; 1 to 100 characters.
        name: String,
        /// Where people may be sent back to, letter by letter; may be given up to ten times.
        #[arg(long = "redirect", value_name = "URI", required = true)]
        redirects: Vec<String>,
        /// What it may ask for: framework.read, competency.read, credential.readonly, profile.basic; may be given several times.
        #[arg(long = "scope", value_name = "SCOPE", required = true)]
        scopes: Vec<String>,
        /// Its program runs with people and cannot keep a secret.
        #[arg(long)]
        public: bool,
    },
    /// Print all partners.
    List,
    /// Give a partner another secret, and print it; the one before proves nothing any more.
    Secret {
        /// The client id.
        client: Uuid,
    },
    /// Let a partner do nothing any more, for good.
    Close {
        /// The client id.
        client: Uuid,
    },
    /// Look after where partners are told that something has changed.
    #[command(subcommand)]
    Webhook(Webhook),
}

/// What to do with webhooks.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Webhook {
    /// Say where a partner is told and of what; the first time, print the secret, which is shown this once.
    Set {
        /// The client id.
        client: Uuid,
        /// Where: an address of a server that everybody can reach.
        url: String,
        #[arg(
            long = "event",
            value_name = "EVENT",
            required = true,
            help = "Of what: grant.given, grant.changed, grant.withdrawn, competency_result.changed; may be given several times"
        )]
        events: Vec<String>,
        /// Switch it off: what waits goes on waiting, what happens is not told.
        #[arg(long)]
        off: bool,
    },
    /// Print where partners are told.
    List,
    /// Give a webhook another secret, and print it; for 24 hours messages are signed with the one before as well.
    Rotate {
        /// The client id.
        client: Uuid,
    },
    /// Send a message that only tries the webhook out.
    Test {
        /// The client id.
        client: Uuid,
    },
    /// Print messages, the newest first.
    Deliveries {
        /// Of this partner only.
        #[arg(long, value_name = "CLIENT")]
        client: Option<Uuid>,
        /// That have come so far only.
        #[arg(long)]
        state: Option<Stage>,
        /// How many at most.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(i32).range(1..=100))]
        first: i32,
    },
    /// Send messages again that were given up: one, or all since a time.
    Replay {
        /// The client id.
        client: Uuid,
        /// This one.
        #[arg(long, value_name = "ID", required_unless_present = "since")]
        delivery: Option<Uuid>,
        /// All that were written at this time or later, such as 2026-03-01T00:00:00Z.
        #[arg(long, value_name = "TIME", conflicts_with = "delivery", value_parser = moment)]
        since: Option<Instant>,
    },
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Stage {
    /// It is tried, or tried again.
    Waiting,
    /// It has arrived.
    Delivered,
    /// It was given up.
    Dead,
}

fn moment(text: &str) -> Result<Instant, time::error::Parse> {
    Instant::parse(text, &Rfc3339)
}
