//! Nothing may build on what builds on itself.
//!
//! A named source leads to its target. Whatever a person has leads to its target from the placements that make
//! such data: from the earlier ones, and where no earlier one makes it, from the later ones, since then nothing
//! is there before they are answered. What a placement makes itself is not counted.

use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};

use super::{super::View, carried, source::makers};
use crate::{Filter, edition::Fault};

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    let graph = graph(view);
    for mut circle in tarjan_scc(&graph) {
        if let [alone] = circle[..]
            && !graph.contains_edge(alone, alone)
        {
            continue;
        }
        circle.sort_unstable();
        let ids = circle
            .iter()
            .map(|place| view.reading[*place].id.to_string());
        let message = format!(
            "placements build on each other in a circle: {}",
            ids.collect::<Vec<_>>().join(", ")
        );
        let first = view.reading[circle[0]];
        faults.push(first.at.fault("connection-cycle", message));
    }
}

/// What leads to what, by places in the order of reading.
fn graph(view: &View<'_>) -> DiGraphMap<usize, ()> {
    let mut graph = DiGraphMap::new();
    for (target, row) in view.reading.iter().enumerate() {
        let connection = row.connection_id.and_then(|id| view.connections.get(&id));
        let Some(connection) = connection.filter(|one| one.usage.is_some()) else {
            continue;
        };
        if let Some(source) = connection.source_block_id {
            if let Some((source, _)) = view.placements.get(&source) {
                graph.add_edge(*source, target, ());
            }
            continue;
        }
        let filter = Filter::parse(connection.filter.as_deref()).unwrap_or_default();
        let Some(kind) = carried(connection) else {
            continue;
        };
        let makers = makers(view, kind, &filter).map(|(place, _)| place);
        let (earlier, later): (Vec<usize>, Vec<usize>) = makers
            .filter(|place| *place != target)
            .partition(|place| *place < target);
        let sources = if earlier.is_empty() { later } else { earlier };
        for source in sources {
            graph.add_edge(source, target, ());
        }
    }
    graph
}
