//! The flow tracker at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::{Gid, Plain};
use time::Date;

use crate::{FlowLogId, flow_log::Entry, tool::flow::Flow};

/// A whole flow log; it takes the place of what was there.
#[derive(InputObject)]
pub struct FlowTrackerInput {
    /// In any order, at most 200. How many are needed stands in the placement's settings.
    pub entries: Vec<FlowEntryInput>,
}

/// An entry of the flow log.
#[derive(InputObject)]
pub struct FlowEntryInput {
    /// The entry's id, to keep it; left out for a new entry.
    pub id: Option<Gid<FlowLogId>>,
    /// The day, such as `2025-06-30`, where you were; from 1970 until today.
    pub date: Date,
    /// What you did; 1 to 200 characters.
    pub activity: String,
    /// Whether it drained you or gave you energy; −2 to 2.
    pub energy: i32,
    /// How absorbed you were; 1 to 5.
    pub focus: i32,
    /// Anything else; at most 2,000 characters.
    pub notes: Option<String>,
}

/// A flow log.
#[derive(SimpleObject, Plain)]
pub struct FlowAnswer {
    /// The latest day first, at most 200.
    pub entries: Vec<FlowEntry>,
}

/// An entry of the flow log.
#[derive(SimpleObject, Plain)]
pub struct FlowEntry {
    /// The entry; the same for as long as it is saved with its id.
    pub id: Option<Gid<FlowLogId>>,
    /// The day, where the person was.
    pub date: Date,
    /// What they did; 1 to 200 characters.
    pub activity: String,
    /// Whether it drained them or gave them energy; −2 to 2.
    pub energy: i32,
    /// How absorbed they were; 1 to 5.
    pub focus: i32,
    /// Anything else; at most 2,000 characters.
    pub notes: Option<String>,
}

impl From<FlowTrackerInput> for Flow {
    fn from(input: FlowTrackerInput) -> Self {
        let entries = input.entries.into_iter();
        Self {
            entries: entries
                .map(|input| (input.id.map(|id| id.0), input.into()))
                .collect(),
        }
    }
}

impl From<FlowEntryInput> for Entry {
    fn from(input: FlowEntryInput) -> Self {
        Self {
            date: input.date,
            activity: input.activity,
            energy: input.energy,
            focus: input.focus,
            notes: input.notes,
        }
    }
}

impl From<Flow> for FlowAnswer {
    fn from(flow: Flow) -> Self {
        Self {
            entries: flow.entries.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<(Option<FlowLogId>, Entry)> for FlowEntry {
    fn from((id, entry): (Option<FlowLogId>, Entry)) -> Self {
        Self {
            id: id.map(Gid),
            date: entry.date,
            activity: entry.activity,
            energy: entry.energy,
            focus: entry.focus,
            notes: entry.notes,
        }
    }
}
