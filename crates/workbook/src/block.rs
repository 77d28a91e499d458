//! A stretch of the workbook as its reader meets it: the blocks up to where they stand, with their answers.

use std::{collections::HashMap, ops::Range};

use dreamtree_content::{Library, Placement, PlacementId};
use dreamtree_database::Scope;

use crate::{Answered, Error, Position, Stored, stored};

/// Which parts of a page are wanted; what is not costs no statement.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The reader's answers.
    pub answers: bool,
    /// What earlier answers offer.
    pub prefill: bool,
}

/// What a reader sees of some placements: their state, and what is kept about them.
#[derive(Clone, Debug)]
pub struct View {
    /// Where the reader stands.
    pub position: Position,
    /// What they have answered.
    pub answered: Answered,
    /// Their answers at these placements, and at those that the placements build on.
    pub stored: HashMap<PlacementId, Stored>,
}

/// A stretch of open blocks.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where they stand in the reading order.
    pub span: Range<usize>,
    /// What the reader sees of them.
    pub view: View,
}

impl Page {
    /// True when open blocks follow.
    #[must_use]
    pub fn has_next(&self, library: &Library) -> bool {
        self.span.end < self.view.position.open_count(library)
    }
}

/// The open blocks behind the sequence `after`, at most `first` of them.
pub async fn page(
    scope: &Scope,
    library: &Library,
    after: Option<i32>,
    first: usize,
    wanted: Wanted,
) -> Result<Page, Error> {
    let answered = Answered::find(scope).await?;
    let position = Position::of(library, &answered);
    let behind = |after| {
        library
            .placements()
            .partition_point(|one| one.sequence <= after)
    };
    let open = position.open_count(library);
    let start = after.map_or(0, behind).min(open);
    let end = (start + first).min(open);
    let placements = &library.placements()[start..end];
    let view = view(scope, library, placements, position, answered, wanted).await?;
    Ok(Page {
        span: start..end,
        view,
    })
}

/// What the reader sees of these placements.
pub(crate) async fn view<'a>(
    scope: &Scope,
    library: &Library,
    placements: impl IntoIterator<Item = &'a Placement>,
    position: Position,
    answered: Answered,
    wanted: Wanted,
) -> Result<View, Error> {
    let mut ids = Vec::new();
    for placement in placements {
        if wanted.answers {
            ids.push(placement.id);
        }
        if let Some(connection) = placement.connection.as_ref().filter(|_| wanted.prefill) {
            ids.push(connection.source);
        }
    }
    ids.retain(|id| answered.contains(*id));
    let stored = stored::load(scope, library, &ids).await?;
    Ok(View {
        position,
        answered,
        stored,
    })
}
