//! What of a collection passes a filter.

use dreamtree_content::Filter;
use dreamtree_types::Instant;

use super::{Carried, Gap, Offer};

/// What a source holds.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// What of it passes the filter.
    pub(crate) offer: Offer,
    /// How many there were before; of a collection.
    pub(crate) total: Option<usize>,
    /// When any of it last changed.
    pub(crate) changed_at: Option<Instant>,
}

impl Found {
    /// One value, or the reason why there is none.
    pub(super) const fn one(offer: Offer, changed_at: Option<Instant>) -> Self {
        Self {
            offer,
            total: None,
            changed_at,
        }
    }

    /// Nothing, and why.
    pub(super) const fn nothing(gap: Gap) -> Self {
        Self::one(Offer::gap(gap), None)
    }
}

/// What the filter leaves of a collection: those that fit, in their order, and of these the part that it asks for.
pub(super) fn many<T>(
    all: Vec<T>,
    filter: &Filter,
    fits: impl Fn(&T) -> bool,
    wrap: impl FnOnce(Vec<T>) -> Carried,
    changed_at: Option<Instant>,
) -> Found {
    let total = all.len();
    let left = filter.cut(all.into_iter().filter(fits).collect());
    let gap = match (total, left.is_empty()) {
        (0, _) => Some(Gap::NothingYet),
        (_, true) => Some(Gap::NothingFits),
        _ => None,
    };
    Found {
        offer: Offer {
            data: Some(wrap(left)),
            gap,
        },
        total: Some(total),
        changed_at,
    }
}
