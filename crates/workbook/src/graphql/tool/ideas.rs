//! The idea tree at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::Plain;

use crate::tool::ideas::{Edge, IdeaTree};

/// A tree of ideas. It takes the place of what was there. An idea is its text, so the same text is
/// the same idea; there may be at most 200 of them.
#[derive(InputObject)]
pub struct IdeaTreeInput {
    /// What to call it; at most 200 characters.
    pub name: Option<String>,
    /// Where it begins; 1 to 200 characters.
    pub root: String,
    /// What leads to what, at most 1,000, each once; the branches of an idea stay in this order. Every
    /// idea hangs on the root, and none leads back to itself.
    pub edges: Vec<IdeaEdgeInput>,
}

/// One idea leads to another.
#[derive(InputObject)]
pub struct IdeaEdgeInput {
    /// The idea nearer to the root; 1 to 200 characters.
    pub from: String,
    /// What it leads to; 1 to 200 characters.
    pub to: String,
}

/// A tree of ideas. Branches may grow together again.
#[derive(SimpleObject, Plain)]
pub struct IdeaTreeAnswer {
    /// What it is called; at most 200 characters.
    pub name: Option<String>,
    /// Where it begins; 1 to 200 characters.
    pub root: String,
    /// What leads to what; the branches of an idea are in this order.
    pub edges: Vec<IdeaEdge>,
}

/// One idea leads to another.
#[derive(SimpleObject, Plain)]
pub struct IdeaEdge {
    /// The idea nearer to the root; 1 to 200 characters.
    pub from: String,
    /// What it leads to; 1 to 200 characters.
    pub to: String,
}

impl From<IdeaTreeInput> for IdeaTree {
    fn from(input: IdeaTreeInput) -> Self {
        let edge = |edge: IdeaEdgeInput| Edge {
            from: edge.from,
            to: edge.to,
        };
        let edges = input.edges.into_iter().map(edge).collect();
        Self {
            name: input.name,
            root: input.root,
            edges,
        }
    }
}

impl From<IdeaTree> for IdeaTreeAnswer {
    fn from(tree: IdeaTree) -> Self {
        let edge = |edge: Edge| IdeaEdge {
            from: edge.from,
            to: edge.to,
        };
        let edges = tree.edges.into_iter().map(edge).collect();
        Self {
            name: tree.name,
            root: tree.root,
            edges,
        }
    }
}
