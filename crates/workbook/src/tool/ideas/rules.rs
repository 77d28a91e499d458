//! What a tree may look like, decided without a database.

use std::collections::{HashMap, HashSet};

use dreamtree_types::clean;

use super::IdeaTree;
use crate::{Error, sealed};

const LONGEST_TEXT: usize = 200;
const MOST_NODES: usize = 200;
const MOST_EDGES: usize = 1_000;
const EDGES: &str = "value.ideaTree.edges";

/// A tree that was checked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Checked {
    pub(super) name: Option<String>,
    /// The root first, the others as they first appear.
    pub(super) nodes: Vec<String>,
    /// Indexes into the nodes.
    pub(super) edges: Vec<(usize, usize)>,
}

/// The tree, its words cleaned: everything hangs together, and nothing leads back to itself.
pub(super) fn check(tree: &IdeaTree) -> Result<Checked, Error> {
    if tree.edges.len() > MOST_EDGES {
        return Err(Error::invalid(
            EDGES,
            format!("takes at most {MOST_EDGES} edges"),
        ));
    }
    let name = sealed::optional(tree.name.as_deref(), LONGEST_TEXT, "value.ideaTree.name")?;
    let mut nodes = Nodes::default();
    nodes.index(&tree.root, "value.ideaTree.root")?;
    let mut edges = Vec::with_capacity(tree.edges.len());
    let mut seen = HashSet::new();
    for (index, edge) in tree.edges.iter().enumerate() {
        let field = format!("{EDGES}[{index}]");
        let from = nodes.index(&edge.from, &format!("{field}.from"))?;
        let to = nodes.index(&edge.to, &format!("{field}.to"))?;
        if from == to {
            return Err(Error::invalid(field, "leads back to itself"));
        }
        if !seen.insert((from, to)) {
            return Err(Error::twice(field));
        }
        edges.push((from, to));
    }
    let nodes = nodes.contents;
    if nodes.len() > MOST_NODES {
        return Err(Error::invalid(
            EDGES,
            format!("takes at most {MOST_NODES} ideas"),
        ));
    }
    let reached = reached(nodes.len(), &edges);
    if let Some(index) = edges.iter().position(|(from, _)| !reached[*from]) {
        return Err(Error::invalid(
            format!("{EDGES}[{index}].from"),
            "hangs on nothing",
        ));
    }
    if has_cycle(nodes.len(), &edges) {
        return Err(Error::invalid(EDGES, "lead round in a circle"));
    }
    Ok(Checked { name, nodes, edges })
}

/// Every content once, numbered in the order of appearance.
#[derive(Default)]
struct Nodes {
    contents: Vec<String>,
    indexes: HashMap<String, usize>,
}

impl Nodes {
    fn index(&mut self, text: &str, field: &str) -> Result<usize, Error> {
        let content =
            clean(text, LONGEST_TEXT).map_err(|fault| Error::invalid(field, fault.to_string()))?;
        if let Some(index) = self.indexes.get(&content) {
            return Ok(*index);
        }
        let index = self.contents.len();
        self.contents.push(content.clone());
        self.indexes.insert(content, index);
        Ok(index)
    }
}

/// Which nodes the root, node 0, leads to; itself included.
fn reached(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let branches = branches(nodes, edges);
    let mut reached = vec![false; nodes];
    let mut open = vec![0];
    while let Some(node) = open.pop() {
        if !reached[node] {
            reached[node] = true;
            open.extend(&branches[node]);
        }
    }
    reached
}

/// Kahn's algorithm: nodes that nothing leads to are taken away until none is left, or only circles.
fn has_cycle(nodes: usize, edges: &[(usize, usize)]) -> bool {
    let branches = branches(nodes, edges);
    let mut incoming = vec![0_usize; nodes];
    for (_, to) in edges {
        incoming[*to] += 1;
    }
    let mut open: Vec<usize> = (0..nodes).filter(|node| incoming[*node] == 0).collect();
    let mut taken = 0;
    while let Some(node) = open.pop() {
        taken += 1;
        for to in &branches[node] {
            incoming[*to] -= 1;
            if incoming[*to] == 0 {
                open.push(*to);
            }
        }
    }
    taken < nodes
}

fn branches(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut branches = vec![Vec::new(); nodes];
    for (from, to) in edges {
        branches[*from].push(*to);
    }
    branches
}

#[cfg(test)]
mod tests {
    use super::{super::Edge, *};

    fn checked(root: &str, edges: &[(&str, &str)]) -> Result<Checked, Error> {
        let edge = |(from, to): &(&str, &str)| Edge {
            from: (*from).into(),
            to: (*to).into(),
        };
        let edges = edges.iter().map(edge).collect();
        check(&IdeaTree {
            name: None,
            root: root.to_owned(),
            edges,
        })
    }

    fn blamed(result: Result<Checked, Error>) -> String {
        match result.unwrap_err() {
            Error::Invalid { field, .. } | Error::Duplicate { field } => field,
            error => panic!("{error}"),
        }
    }

    #[test]
    fn branches_may_grow_together_again() {
        let tree = checked("a", &[("a", "b"), ("a", "c"), ("b", "d"), ("c", " d ")]).unwrap();
        assert_eq!(tree.nodes, ["a", "b", "c", "d"]);
        assert_eq!(tree.edges, [(0, 1), (0, 2), (1, 3), (2, 3)]);
    }

    #[test]
    fn edges_may_come_in_any_order() {
        assert!(checked("a", &[("b", "c"), ("a", "b")]).is_ok());
    }

    #[test]
    fn a_root_alone_is_a_tree() {
        assert_eq!(checked("a", &[]).unwrap().nodes, ["a"]);
    }

    #[test]
    fn nothing_leads_back_to_itself() {
        assert_eq!(
            blamed(checked("a", &[("a", "a ")])),
            "value.ideaTree.edges[0]"
        );
        assert_eq!(
            blamed(checked("a", &[("a", "b"), ("b", "a")])),
            "value.ideaTree.edges"
        );
        let circle = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")];
        assert_eq!(blamed(checked("a", &circle)), "value.ideaTree.edges");
    }

    #[test]
    fn everything_hangs_on_the_root() {
        let loose = [("a", "b"), ("c", "d"), ("d", "e")];
        assert_eq!(blamed(checked("a", &loose)), "value.ideaTree.edges[1].from");
        let above = [("b", "a")];
        assert_eq!(blamed(checked("a", &above)), "value.ideaTree.edges[0].from");
    }

    #[test]
    fn the_same_edge_is_there_only_once() {
        assert_eq!(
            blamed(checked("a", &[("a", "b"), ("a", " b")])),
            "value.ideaTree.edges[1]"
        );
    }

    #[test]
    fn a_huge_tree_is_refused() {
        let names: Vec<String> = (0..=MOST_NODES).map(|number| number.to_string()).collect();
        let edges: Vec<_> = names[1..].iter().map(|name| ("0", name.as_str())).collect();
        assert_eq!(blamed(checked("0", &edges)), "value.ideaTree.edges");
        assert!(checked("0", &edges[1..]).is_ok());
    }
}
