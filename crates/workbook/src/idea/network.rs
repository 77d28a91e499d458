//! All trees of a person as one network: what is near to an idea, what most ideas meet in, how two ideas hang
//! together. Which way an edge points does not matter here.

use std::collections::HashMap;

use dreamtree_database::Scope;
use petgraph::{
    algo::{astar, dijkstra},
    graphmap::UnGraphMap,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use tokio::try_join;

use crate::{Error, IdeaNodeId, entity::user_idea_edges, tool::ideas::held};

/// All ideas of a person and what connects them.
#[derive(Clone, Debug, Default)]
pub struct Network {
    contents: HashMap<IdeaNodeId, String>,
    graph: UnGraphMap<IdeaNodeId, ()>,
    trees: HashMap<IdeaNodeId, usize>,
}

/// An idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idea {
    /// The idea among the person's.
    pub id: IdeaNodeId,
    /// Its words.
    pub content: String,
}

/// An idea, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The idea.
    pub idea: Idea,
    /// Steps to it; at least 1.
    pub distance: usize,
}

/// An idea, and how much meets in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Central {
    /// The idea.
    pub idea: Idea,
    /// How many other ideas it is connected with; each counts once, in however many trees.
    pub degree: usize,
    /// How many trees it stands in.
    pub trees: usize,
}

impl Network {
    /// The person's network, in one statement.
    pub async fn find(scope: &Scope) -> Result<Self, Error> {
        let edges = user_idea_edges::Entity::find()
            .filter(user_idea_edges::Column::UserId.eq(scope.user()));
        let edges = async { Ok(scope.gather(edges).await?) };
        let (edges, held) = try_join!(edges, held(scope, Condition::all()))?;
        let mut network = Self::default();
        for (row, content) in held {
            network.graph.add_node(row.node_id);
            network.contents.insert(row.node_id, content);
            *network.trees.entry(row.node_id).or_default() += 1;
        }
        for edge in edges {
            network
                .graph
                .add_edge(edge.from_node_id, edge.to_node_id, ());
        }
        Ok(network)
    }

    /// The idea with this id, which the input names at `field`.
    pub fn idea(&self, id: IdeaNodeId, field: &str) -> Result<Idea, Error> {
        let content = self
            .contents
            .get(&id)
            .ok_or_else(|| Error::missing(field))?;
        Ok(Idea {
            id,
            content: content.clone(),
        })
    }

    /// The ideas at most `depth` steps away, the nearest first, those as near by their words.
    pub fn neighbours(&self, id: IdeaNodeId, depth: usize) -> Result<Vec<Near>, Error> {
        self.idea(id, "idea")?;
        let distances = dijkstra(&self.graph, id, None, |_| 1_usize);
        let mut near = Vec::new();
        for (id, distance) in distances {
            if (1..=depth).contains(&distance) {
                let idea = self.idea(id, "idea")?;
                near.push(Near { idea, distance });
            }
        }
        near.sort_by(|one, other| {
            (one.distance, &one.idea.content).cmp(&(other.distance, &other.idea.content))
        });
        Ok(near)
    }

    /// The ideas with the most connections first, those with as many by their words.
    #[must_use]
    pub fn central(&self, most: usize) -> Vec<Central> {
        let ideas = self.contents.iter();
        let mut central: Vec<Central> = ideas
            .map(|(id, content)| Central {
                idea: Idea {
                    id: *id,
                    content: content.clone(),
                },
                degree: self.graph.neighbors(*id).count(),
                trees: self.trees.get(id).copied().unwrap_or_default(),
            })
            .collect();
        central.sort_by(|one, other| {
            let rank = other.degree.cmp(&one.degree);
            rank.then_with(|| one.idea.content.cmp(&other.idea.content))
        });
        central.truncate(most);
        central
    }

    /// A shortest way from one idea to another, both included; `None` when nothing connects them.
    pub fn path(&self, from: IdeaNodeId, to: IdeaNodeId) -> Result<Option<Vec<Idea>>, Error> {
        self.idea(from, "from")?;
        self.idea(to, "to")?;
        let way = astar(&self.graph, from, |id| id == to, |_| 1_usize, |_| 0);
        let Some((_, ids)) = way else {
            return Ok(None);
        };
        let ideas = ids.into_iter().map(|id| self.idea(id, "from"));
        ideas.collect::<Result<_, _>>().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A network of the numbers below `count`, with a small generator for edges.
    fn random(count: u64, edges: u64, mut seed: u64) -> (Network, Vec<IdeaNodeId>) {
        let ids: Vec<_> = (0..count).map(|_| IdeaNodeId::new()).collect();
        let mut network = Network::default();
        for (number, id) in ids.iter().enumerate() {
            network.graph.add_node(*id);
            network.contents.insert(*id, number.to_string());
        }
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from((seed >> 33) % count).unwrap()
        };
        for _ in 0..edges {
            let (one, other) = (next(), next());
            if one != other {
                network.graph.add_edge(ids[one], ids[other], ());
            }
        }
        (network, ids)
    }

    /// Distances by relaxing every edge as often as there are ideas.
    fn naive(network: &Network, from: IdeaNodeId) -> HashMap<IdeaNodeId, usize> {
        let mut distances = HashMap::from([(from, 0)]);
        for _ in 0..network.contents.len() {
            for (one, other, ()) in network.graph.all_edges() {
                for (near, far) in [(one, other), (other, one)] {
                    if let Some(distance) = distances.get(&near).copied() {
                        let known = distances.entry(far).or_insert(usize::MAX);
                        *known = (*known).min(distance + 1);
                    }
                }
            }
        }
        distances
    }

    #[test]
    fn ways_are_as_short_as_a_slow_search_finds_them() {
        for seed in 1..30 {
            let (network, ids) = random(14, seed % 20, seed);
            let distances = naive(&network, ids[0]);
            for id in &ids {
                let way = network.path(ids[0], *id).unwrap();
                let steps = way.as_ref().map(|way| way.len() - 1);
                assert_eq!(steps, distances.get(id).copied(), "seed {seed}");
                for pair in way.unwrap_or_default().windows(2) {
                    assert!(network.graph.contains_edge(pair[0].id, pair[1].id));
                }
            }
            for near in network.neighbours(ids[0], 3).unwrap() {
                assert_eq!(distances[&near.idea.id], near.distance);
            }
            let reached = distances
                .values()
                .filter(|one| (1..=3).contains(*one))
                .count();
            assert_eq!(network.neighbours(ids[0], 3).unwrap().len(), reached);
        }
    }

    #[test]
    fn the_most_connected_come_first() {
        let (network, _) = random(10, 12, 5);
        let degrees: Vec<_> = network.central(10).iter().map(|one| one.degree).collect();
        assert!(degrees.is_sorted_by(|one, other| one >= other));
        assert_eq!(
            degrees.iter().sum::<usize>(),
            2 * network.graph.edge_count()
        );
        assert_eq!(network.central(3).len(), 3);
    }
}
