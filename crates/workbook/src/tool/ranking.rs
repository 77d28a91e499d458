//! The ranking grid: an order made by comparing pairs. It has no rows of its own; the order is kept
//! with what is ranked, in the positions of a list or the ranks of skills.

mod store;

use std::collections::{HashMap, HashSet};

use dreamtree_content::{
    Connection, Filter, Library, Placement, PlacementId, RankingSettings, ToolSettings,
};
use dreamtree_database::Scope;
use dreamtree_types::Private;

use super::{Site, ToolData, list, skills};
use crate::{Error, ListItemId, Stored, UserSkillId, Value, skill};

const ITEMS: &str = "value.rankingGrid.items";

/// As many as the longest list has.
const MOST_ITEMS: usize = 50;

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// Best first.
    pub items: Vec<Ranked>,
}

/// Something in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// What it is.
    pub id: RankedId,
    /// What it is called; set when it is read.
    pub label: String,
}

/// What can be ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RankedId {
    /// An item of a list.
    Item(ListItemId),
    /// A skill that the person has.
    Skill(UserSkillId),
}

/// What the ranking grids among these placements rank.
pub(super) fn sources(library: &Library, placements: &[PlacementId]) -> Vec<PlacementId> {
    let source = |id: &PlacementId| Some(grid(library.placement(*id)?)?.0.source);
    placements.iter().filter_map(source).collect()
}

/// Reads the orders of the ranking grids among the stored off what they rank.
pub(super) fn fill(library: &Library, stored: &mut HashMap<PlacementId, Stored>) {
    let read = |id: &PlacementId| {
        let (connection, settings) = grid(library.placement(*id)?)?;
        let value = match stored.get(&connection.source).map(|source| &source.value) {
            None | Some(Private::Empty) => Private::Empty,
            Some(Private::Locked) => Private::Locked,
            Some(Private::Open(value)) => {
                let mut items = ranked(value, &connection.filter);
                items.truncate(settings.top as usize);
                Private::Open(Value::Tool(ToolData::Ranking(Ranking { items })))
            }
        };
        Some((*id, value))
    };
    let rankings: Vec<_> = stored.keys().filter_map(read).collect();
    for (id, value) in rankings {
        if let Some(ranking) = stored.get_mut(&id) {
            ranking.value = value;
        }
    }
}

/// Keeps the order with what is ranked.
pub(crate) async fn save(
    scope: &Scope,
    library: &Library,
    site: Site<'_>,
    ranking: &Ranking,
) -> Result<(), Error> {
    if ranking.items.len() > MOST_ITEMS {
        return Err(Error::invalid(
            ITEMS,
            format!("takes at most {MOST_ITEMS} items"),
        ));
    }
    let Some((connection, settings)) = grid(site.placement) else {
        return Err(Error::Corrupt("a ranking grid with nothing to rank"));
    };
    let adopted = skill::adopt(scope, library).await?;
    let ids = ranking.items.iter().map(|item| match item.id {
        RankedId::Skill(id) => RankedId::Skill(adopted.now(id)),
        RankedId::Item(_) => item.id,
    });
    let ids: Vec<RankedId> = ids.collect();
    match store::source(scope, library, connection).await? {
        None => check(&ids, &[], settings),
        Some((instance, ToolData::List(list))) => {
            let offered: Vec<_> = list
                .items
                .iter()
                .filter_map(|item| item.id.map(RankedId::Item))
                .collect();
            check(&ids, &offered, settings)?;
            store::order_items(scope, instance, &reordered(&ids, &offered)).await
        }
        Some((_, ToolData::Skills(skills))) => {
            let id = |tag: &skills::Tag| tag.id.map(RankedId::Skill);
            let filter = &connection.filter;
            let offered: Vec<_> = skills.best(filter).into_iter().filter_map(id).collect();
            check(&ids, &offered, settings)?;
            let fitting = skills.skills.iter().filter(|tag| tag.fits(filter));
            store::rank_skills(scope, fitting, &ids).await
        }
        Some(_) => Err(Error::Corrupt("a ranking grid over what has no order")),
    }
}

/// What a ranking grid builds on, and what its author asks for.
fn grid(placement: &Placement) -> Option<(&Connection, &RankingSettings)> {
    match (&placement.tool()?.settings, &placement.connection) {
        (ToolSettings::RankingGrid(settings), Some(connection)) => Some((connection, settings)),
        _ => None,
    }
}

/// The order that the source is in: all items of a list, of the skills only the ranked ones.
fn ranked(value: &Value, filter: &Filter) -> Vec<Ranked> {
    match value {
        Value::Tool(ToolData::List(list)) => {
            let item = |item: &list::Item| {
                let id = item.id.map(RankedId::Item)?;
                Some(Ranked {
                    id,
                    label: item.content.clone(),
                })
            };
            list.items.iter().filter_map(item).collect()
        }
        Value::Tool(ToolData::Skills(skills)) => {
            let skill = |tag: &skills::Tag| {
                let id = tag.id.filter(|_| tag.rank.is_some()).map(RankedId::Skill)?;
                Some(Ranked {
                    id,
                    label: tag.name.clone(),
                })
            };
            skills.best(filter).into_iter().filter_map(skill).collect()
        }
        _ => Vec::new(),
    }
}

fn check(ids: &[RankedId], offered: &[RankedId], settings: &RankingSettings) -> Result<(), Error> {
    let offered: HashSet<RankedId> = offered.iter().copied().collect();
    let mut seen = HashSet::new();
    for (index, id) in ids.iter().enumerate() {
        if !seen.insert(*id) {
            return Err(Error::twice(format!("{ITEMS}[{index}]")));
        }
        if !offered.contains(id) {
            return Err(Error::missing(format!("{ITEMS}[{index}]")));
        }
    }
    let least = offered.len().min(settings.top as usize);
    if ids.len() < least {
        return Err(Error::invalid(
            ITEMS,
            format!("needs at least {least} items"),
        ));
    }
    Ok(())
}

/// The ranked ones first, then the rest in their old order.
fn reordered(ids: &[RankedId], offered: &[RankedId]) -> Vec<RankedId> {
    let first: HashSet<RankedId> = ids.iter().copied().collect();
    let rest = offered.iter().filter(|id| !first.contains(id));
    ids.iter().chain(rest).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP_TWO: RankingSettings = RankingSettings { top: 2 };

    fn items<const N: usize>() -> [RankedId; N] {
        std::array::from_fn(|_| RankedId::Item(ListItemId::new()))
    }

    #[test]
    fn the_ranked_ones_move_to_the_front() {
        let [a, b, c, d] = items();
        assert_eq!(reordered(&[d, b], &[a, b, c, d]), [d, b, a, c]);
    }

    #[test]
    fn strangers_twins_and_short_orders_are_refused() {
        let [a, b, c, stranger] = items();
        let offered = [a, b, c];
        assert!(check(&[c, a], &offered, &TOP_TWO).is_ok());
        assert!(matches!(
            check(&[a, a], &offered, &TOP_TWO),
            Err(Error::Duplicate { .. })
        ));
        assert!(matches!(
            check(&[stranger], &offered, &TOP_TWO),
            Err(Error::NotFound { .. })
        ));
        assert!(matches!(
            check(&[a], &offered, &TOP_TWO),
            Err(Error::Invalid { .. })
        ));
        assert!(check(&[a], &[a], &TOP_TWO).is_ok());
    }
}
