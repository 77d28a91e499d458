//! Answers as they are kept, read many at a time.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{Library, PlacementId};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};

use crate::{Error, Value, response, tool};

/// One placement's answer as it is kept.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The answer; locked where it is private and the vault is not open.
    pub value: Private<Value>,
    /// When it last changed.
    pub updated_at: Instant,
    /// Counts the times it was saved, from 1.
    pub revision: i32,
}

/// The answers at these placements. The number of statements depends on the kinds of answers, not on how many there are.
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    placements: &[PlacementId],
) -> Result<HashMap<PlacementId, Stored>, Error> {
    let wanted: HashSet<PlacementId> = placements.iter().copied().collect();
    let takes = |id: &PlacementId, tool: bool| {
        library
            .placement(*id)
            .is_some_and(|placement| placement.tool().is_some() == tool && placement.takes_input())
    };
    let prompts: Vec<_> = wanted
        .iter()
        .copied()
        .filter(|id| takes(id, false))
        .collect();
    let tools: Vec<_> = wanted
        .iter()
        .copied()
        .filter(|id| takes(id, true))
        .collect();
    let mut stored = response::load(scope, library, &prompts).await?;
    stored.extend(tool::load(scope, library, &tools).await?);
    Ok(stored)
}
