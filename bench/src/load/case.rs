//! The three cases, as each of the two servers is asked.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::client::post;

/// The workbook's operations, asked for the way a reader's screen does.
pub(crate) const PAGE: &str = include_str!("page.graphql");
const COMPETENCIES: &str = include_str!("competencies.graphql");
const ANSWER: &str = include_str!("answer.graphql");

/// A required text in the middle of the measured page.
const PLACEMENT: i32 = 1133;
const TEXT: &str = "They always come to me when the machine stands still, and by now I would rather \
    teach somebody how it runs than run it once more.";

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
    pub(crate) fn request(self, server: Server, token: &str) -> Vec<u8> {
        match server {
            Server::Dreamtree => post("/graphql", Some(token), &self.operation()),
            Server::Bare => {
                let (path, body) = self.by_hand();
                post(path, Some(token), &body)
            }
        }
    }

    /// What the table calls it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Page => "a page of 40 blocks",
            Self::Competencies => "competency results",
            Self::Answer => "save one answer",
        }
    }

    fn operation(self) -> Value {
        match self {
            Self::Page => json!({ "query": PAGE, "variables": { "first": 40 } }),
            Self::Competencies => json!({ "query": COMPETENCIES }),
            Self::Answer => json!({ "query": ANSWER, "variables": { "input": {
                "placement": format!("placement:{PLACEMENT}"),
                "value": { "text": TEXT },
            } } }),
        }
    }

    fn by_hand(self) -> (&'static str, Value) {
        match self {
            Self::Page => ("/page", json!({ "first": 40 })),
            Self::Competencies => ("/competencies", json!({})),
            Self::Answer => ("/answer", json!({ "placement": PLACEMENT, "text": TEXT })),
        }
    }
}
