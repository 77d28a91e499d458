//! Earlier scores at the edge.

use async_graphql::{
    SimpleObject,
    connection::{Connection, Edge},
};
use dreamtree_api::{Gid, Plain};
use time::OffsetDateTime;

use super::competency::{Catalogue, Competency};
use crate::{
    HistoryId,
    history::{Cursor, Entry, Page},
};

/// A score that the caller gave themselves at some time.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CompetencyHistoryEntry {
    /// The entry.
    pub id: Gid<HistoryId>,
    /// What was rated; null when the content no longer has it.
    pub competency: Option<Competency>,
    /// 1 to 5; 5 is the highest.
    pub score: i32,
    /// When the score was given.
    pub assessed_at: OffsetDateTime,
}

/// A page of the history.
pub type History = Connection<String, CompetencyHistoryEntry>;

pub(super) fn connection(page: &Page, catalogue: Catalogue<'_>, has_previous: bool) -> History {
    let mut connection = Connection::new(has_previous, page.has_next);
    let edge = |entry: &Entry| Edge::new(Cursor::from(entry).to_string(), node(entry, catalogue));
    connection.edges.extend(page.entries.iter().map(edge));
    connection
}

fn node(entry: &Entry, catalogue: Catalogue<'_>) -> CompetencyHistoryEntry {
    CompetencyHistoryEntry {
        id: Gid(entry.id),
        competency: catalogue.get(entry.competency_id),
        score: entry.score,
        assessed_at: entry.assessed_at,
    }
}
