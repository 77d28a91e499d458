//! How far a reader has come.

use dreamtree_content::{Library, Placement, PlacementId};

/// How many placements are open: up to the first required one without an answer.
pub(crate) fn open_count(library: &Library, answered: impl Fn(PlacementId) -> bool) -> usize {
    let placements = library.placements();
    let waits = |one: &Placement| one.required && !answered(one.id);
    placements
        .iter()
        .position(waits)
        .map_or(placements.len(), |index| index + 1)
}

/// What the reader can do with the open placement at this index.
pub(crate) fn state(
    library: &Library,
    answered: impl Fn(PlacementId) -> bool,
    open: usize,
    index: usize,
) -> &'static str {
    let placement = &library.placements()[index];
    if !placement.takes_input() {
        "READABLE"
    } else if answered(placement.id) {
        "ANSWERED"
    } else if placement.required && index + 1 == open {
        "CURRENT"
    } else {
        "OPTIONAL"
    }
}
