//! The ranking grid: an order made by comparing pairs. It has no rows of its own; the order is kept
//! with what is ranked, in the positions of a list or the ranks of skills. Which of two won is kept beside it, so
//! that comparing can go on later.

mod choices;
mod pairs;
mod store;

use std::collections::HashSet;

use dreamtree_content::{Library, RankingSettings, ToolSettings};
use dreamtree_database::Scope;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Site, ToolData, arrange, skills};
use crate::{Error, ListItemId, UserSkillId, skill};

use choices::keep;
pub(crate) use choices::{go_on, pairing};
pub use pairs::{Choice, Pairing};

const ITEMS: &str = "value.rankingGrid.items";
const CHOICES: &str = "value.rankingGrid.choices";

/// As many as the longest list has.
const MOST_ITEMS: usize = 50;

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranking {
    /// Best first; empty when it is saved by comparing.
    pub items: Vec<Ranked>,
    /// Which of two won, when it is saved by comparing; `None` for an order that is given as such, and when it is read.
    pub choices: Option<Vec<Choice<RankedId>>>,
}

/// Something in an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// What it is.
    pub id: RankedId,
    /// What it is called; set when it is read.
    pub label: String,
}

/// What can be ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RankedId {
    /// An item of a list.
    Item(ListItemId),
    /// A skill that the person has.
    Skill(UserSkillId),
}

impl RankedId {
    /// The id without its kind.
    pub(super) fn uuid(self) -> Uuid {
        match self {
            Self::Item(id) => id.uuid(),
            Self::Skill(id) => id.uuid(),
        }
    }
}

/// The order that the offered are in: the items of a list as they stand, of skills only those with a rank.
pub(super) fn read(held: &ToolData, offered: &[Ranked], top: usize) -> Ranking {
    let order: Vec<RankedId> = match held {
        ToolData::List(list) => {
            let items = list.items.iter();
            items
                .filter_map(|item| item.id.map(RankedId::Item))
                .collect()
        }
        ToolData::Skills(skills) => {
            let mut ranked: Vec<&skills::Tag> = skills.skills.iter().collect();
            ranked.retain(|tag| tag.rank.is_some());
            ranked.sort_by_key(|tag| tag.rank);
            let ids = ranked.into_iter().filter_map(|tag| tag.id);
            ids.map(RankedId::Skill).collect()
        }
        _ => Vec::new(),
    };
    let find = |id: RankedId| offered.iter().find(|one| one.id == id).cloned();
    let items = order.into_iter().filter_map(find).take(top).collect();
    Ranking {
        items,
        choices: None,
    }
}

/// Keeps the order with what is ranked, and the choices that it follows from.
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
    let ToolSettings::RankingGrid(settings) = &site.tool.settings else {
        return Err(Error::Corrupt("a ranking grid without a limit"));
    };
    let placement = site.placement;
    let placement = placement.ok_or(Error::Corrupt("a ranking grid outside of the workbook"))?;
    let adopted = skill::adopt(scope, library).await?;
    let source = arrange::source(scope, library, placement).await?;
    let (offered, all) = source.as_ref().map_or((Vec::new(), Vec::new()), |source| {
        (ids(&source.offered), ids(&source.all))
    });
    let choices = ranking.choices.as_deref();
    let order = if let Some(choices) = choices {
        pairs::settle(&offered, choices, CHOICES)?
    } else {
        let given = ids(&ranking.items).into_iter().map(|id| match id {
            RankedId::Skill(id) => RankedId::Skill(adopted.now(id)),
            RankedId::Item(_) => id,
        });
        let given: Vec<_> = given.collect();
        check(&given, &offered, settings)?;
        given
    };
    match source.map(|source| (source.instance, source.held)) {
        None => {}
        Some((instance, ToolData::List(list))) => {
            let items = list.items.iter().filter_map(|item| item.id);
            let items: Vec<_> = items.map(RankedId::Item).collect();
            store::order_items(scope, instance, &reordered(&order, &items)).await?;
        }
        Some((_, ToolData::Skills(skills))) => {
            store::rank_skills(scope, &skills, &all, &order).await?;
        }
        Some(_) => return Err(Error::Corrupt("a ranking grid over what has no order")),
    }
    keep(scope, placement.id, choices.unwrap_or_default()).await
}

fn ids(items: &[Ranked]) -> Vec<RankedId> {
    items.iter().map(|item| item.id).collect()
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
