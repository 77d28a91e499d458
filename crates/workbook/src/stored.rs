//! Answers as they are kept, read many at a time.

use std::collections::HashMap;

use dreamtree_content::{Library, PlacementId};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use tokio::try_join;

use crate::{Answered, Error, Value, response, tool};

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

/// The answers at these placements. One statement, whatever their kinds.
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    placements: &[PlacementId],
) -> Result<HashMap<PlacementId, Stored>, Error> {
    let (mut stored, tools) = try_join!(
        response::load(scope, library, answered, placements),
        tool::load(scope, library, answered, placements),
    )?;
    stored.extend(tools);
    Ok(stored)
}
