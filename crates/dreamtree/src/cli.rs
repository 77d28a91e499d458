//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

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
    /// Say who reviews what people propose.
    #[command(subcommand)]
    Operator(Operator),
    /// Print the text of a new key file, to be kept secret.
    Keys,
    /// Print the GraphQL schema.
    Schema,
    /// Check configuration, database, keys and content; exit with 1 on a fault.
    Doctor,
}

/// What to do with content files.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Content {
    /// Check a folder and print file, line, rule and message of each fault; exit with 1 on a fault.
    Check {
        /// The folder; without this, the one in the configuration.
        folder: Option<PathBuf>,
    },
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
