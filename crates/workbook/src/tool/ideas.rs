//! The idea tree: words that lead to words. A word is the same idea in all trees of a person.

use serde::{Deserialize, Serialize};

mod rules;
mod store;

pub(crate) use store::{fell, fell_of, held, load, put, save, trees};

/// A tree of ideas. Branches may grow together again, but nothing leads back to itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaTree {
    /// What to call it; at most 200 characters.
    pub name: Option<String>,
    /// Where it begins; 1 to 200 characters, as every idea.
    pub root: String,
    /// What leads to what; the branches of an idea are in the order of the edges.
    pub edges: Vec<Edge>,
}

/// One idea leads to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The idea nearer to the root.
    pub from: String,
    /// What it leads to.
    pub to: String,
}
