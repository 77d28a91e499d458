//! Earlier answers and what a person has anywhere, carried to where it is needed: what a placement's connection
//! brings, or why it brings nothing.

mod aggregate;
mod anywhere;
mod carried;
mod carry;
mod competencies;
mod given;
mod kept;
mod marks;
mod pick;
mod search;
mod snapshot;
mod stale;
mod texts;
mod things;

use dreamtree_content::{Connection, Library, OnChange, Placement, Usage};
use dreamtree_types::Instant;

pub use aggregate::{Aggregate, Figure, Measure};
pub use carried::{Carried, Gap, Offer};
pub(crate) use carry::{Carry, sources};
pub use competencies::Rated;
pub use kept::{Kept, Review, reviews, snapshots};
pub(crate) use marks::{note, note_gone};
pub(crate) use pick::Found;
pub use snapshot::refresh;
pub(crate) use snapshot::take;
pub(crate) use stale::caused;
pub use stale::{Stale, all as stale, keep};

use crate::View;

/// What a connection brings to a placement.
#[derive(Clone, Debug)]
pub struct Prefill<'a> {
    /// The connection.
    pub connection: &'a Connection,
    /// Where the data comes from; `None` where it is whatever the person has.
    pub source: Option<&'a Placement>,
    /// The data, or the lack of it.
    pub offer: Offer,
    /// How many there were before the filter; of several things only.
    pub total: Option<usize>,
    /// When the source last changed; of several things, the one that changed last.
    pub changed_at: Option<Instant>,
    /// When it was kept, where it is a snapshot.
    pub taken_at: Option<Instant>,
    /// True when the reader should look at the placement again, as far as that was asked for.
    pub stale: bool,
}

/// What the placement's connection brings, if it has one.
pub(crate) fn find<'a>(
    library: &'a Library,
    view: &View,
    placement: &'a Placement,
) -> Option<Prefill<'a>> {
    let connection = placement.connection.as_ref()?;
    let kept = view.carry.snapshot(connection, placement);
    let (found, taken_at) = match kept {
        Some(kept) => (kept.found(), Some(kept.taken_at)),
        None => (live(library, view, connection)?, None),
    };
    let marks = view.carry.marks.as_ref().filter(|_| connection.tells());
    let since = marks.and_then(|marks| stale::since(library, &view.answered, marks, placement));
    Some(Prefill {
        connection,
        source: connection.source.and_then(|id| library.placement(id)),
        offer: found.offer,
        total: found.total,
        changed_at: found.changed_at,
        taken_at,
        stale: since.is_some(),
    })
}

/// What is there now; `None` where the source has left the workbook.
pub(crate) fn live(library: &Library, view: &View, connection: &Connection) -> Option<Found> {
    let found = match connection.source {
        Some(source) => given::find(library.placement(source)?, view, connection),
        None => anywhere::find(library, view, connection),
    };
    Some(match connection.usage {
        Usage::Aggregate => aggregate::of(found),
        _ => found,
    })
}

/// True when the connection keeps what was there when its target was answered.
pub(crate) fn keeps(connection: &Connection) -> bool {
    connection.on_change == OnChange::Snapshot
}
