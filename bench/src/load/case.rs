//! The cases, as each of the two servers is asked.

use std::net::SocketAddr;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    Outcome,
    client::{Client, post},
};

/// The workbook's operations, asked for the way a reader's screen does.
pub(crate) const PAGE: &str = include_str!("page.graphql");
const COMPETENCIES: &str = include_str!("competencies.graphql");
const ANSWER: &str = include_str!("answer.graphql");
const PROFILE: &str = include_str!("profile.graphql");
const FLOW: &str = include_str!("flow.graphql");
const DASHBOARD: &str = include_str!("dashboard.graphql");
const SEARCH: &str = include_str!("search.graphql");

/// What there is least of: a session and nothing else, since of people who never forgot a password nothing is locked; and
/// not even that.
const SESSION: &str = "{ lockedValues }";
const NOTHING: &str = "{ __typename }";

/// A required text in the middle of the measured page.
const PLACEMENT: i32 = 1133;
const TEXT: &str = "They always come to me when the machine stands still, and by now I would rather \
    teach somebody how it runs than run it once more.";

/// More skills than fit on a page have this in their names.
const TYPED: &str = "garden";
const FIRST: i32 = 20;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Case {
    /// Forty blocks with bodies, answers and prefills.
    Page,
    /// The result of the self-assessment.
    Competencies,
    /// One answer saved.
    Answer,
    /// Twenty skills, and five experiences with four skills each.
    Profile,
    /// The second page of the flow log.
    Flow,
    /// Name, skills, progress, contents and tools.
    Dashboard,
    /// The master list of skills by a part of their names.
    Search,
    /// Whether somebody has a session.
    Session,
    /// A request that needs neither a session nor the database.
    Nothing,
}

/// Which server is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Server {
    /// `DreamTree`, by GraphQL.
    Dreamtree,
    /// The handlers written by hand.
    Bare,
}

impl Case {
    /// The request of one reader to one of the servers.
    pub(crate) fn request(self, server: Server, reader: &Reader) -> Vec<u8> {
        let token = Some(reader.token.as_str());
        match server {
            Server::Dreamtree => post("/graphql", token, &self.operation(reader)),
            Server::Bare => {
                let (path, body) = self.by_hand(reader);
                post(path, token, &body)
            }
        }
    }

    /// The reader with this token, with what `DreamTree` has to be asked beforehand.
    pub(crate) fn reader(self, dreamtree: SocketAddr, token: &str) -> Outcome<Reader> {
        let mut reader = Reader {
            token: token.to_owned(),
            after: Value::Null,
        };
        if self == Self::Flow {
            let first = self.request(Server::Dreamtree, &reader);
            let mut page = Client::connect(dreamtree)?.ask(&first)?;
            reader.after = page["data"]["flowLogs"]["pageInfo"]["endCursor"].take();
            if reader.after.is_null() {
                return Err("a reader without a second page".into());
            }
        }
        Ok(reader)
    }

    /// What the table calls it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Page => "a page of 40 blocks",
            Self::Competencies => "competency results",
            Self::Answer => "save one answer",
            Self::Profile => "skills and experiences",
            Self::Flow => "second page of the flow log",
            Self::Dashboard => "dashboard",
            Self::Search => "search of the skills",
            Self::Session => "a session",
            Self::Nothing => "nothing at all",
        }
    }

    /// Whether it tells what is below every request, and not what one of them costs.
    pub(crate) const fn is_floor(self) -> bool {
        matches!(self, Self::Session | Self::Nothing)
    }

    fn operation(self, reader: &Reader) -> Value {
        match self {
            Self::Page => json!({ "query": PAGE, "variables": { "first": 40 } }),
            Self::Competencies => json!({ "query": COMPETENCIES }),
            Self::Answer => json!({ "query": ANSWER, "variables": { "input": {
                "placement": format!("placement:{PLACEMENT}"),
                "value": { "text": TEXT },
            } } }),
            Self::Profile => json!({ "query": PROFILE }),
            Self::Flow => json!({ "query": FLOW, "variables": { "after": reader.after } }),
            Self::Dashboard => json!({ "query": DASHBOARD }),
            Self::Search => json!({ "query": SEARCH, "variables": { "search": TYPED } }),
            Self::Session => json!({ "query": SESSION }),
            Self::Nothing => json!({ "query": NOTHING }),
        }
    }

    fn by_hand(self, reader: &Reader) -> (&'static str, Value) {
        match self {
            Self::Page => ("/page", json!({ "first": 40 })),
            Self::Competencies => ("/competencies", json!({})),
            Self::Answer => ("/answer", json!({ "placement": PLACEMENT, "text": TEXT })),
            Self::Profile => ("/profile", json!({})),
            Self::Flow => ("/flow", json!({ "after": reader.after, "first": FIRST })),
            Self::Dashboard => ("/dashboard", json!({})),
            Self::Search => ("/search", json!({ "search": TYPED, "first": FIRST })),
            Self::Session => ("/session", json!({})),
            Self::Nothing => ("/nothing", json!({})),
        }
    }
}

/// Somebody who asks.
pub(crate) struct Reader {
    token: String,
    /// The cursor at the end of their first page, where the second one is asked for.
    after: Value,
}
