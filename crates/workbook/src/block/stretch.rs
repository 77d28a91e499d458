//! Which of the open blocks a page holds.

use std::ops::Range;

use dreamtree_content::{Library, PlacementId};

use crate::Error;

/// A block to go on from. It is found by its id, wherever a content update has moved it; one that is gone has
/// left its place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// The block.
    pub placement: PlacementId,
    /// Where it stood in the order of reading.
    pub sequence: i32,
}

/// Which end of the blocks in question is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first ones.
    First,
    /// The last ones.
    Last,
    /// Those around this placement, which must be open. Near an end there are more of them on the other side.
    Around(PlacementId),
}

/// Which of the open blocks are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Only what comes behind.
    pub after: Option<Bookmark>,
    /// Only what comes before.
    pub before: Option<Bookmark>,
    /// Which of them.
    pub side: Side,
    /// How many at most.
    pub count: usize,
}

impl Bookmark {
    /// The index of the first block behind.
    fn end(self, library: &Library) -> usize {
        let gone = || {
            let behind = |sequence| sequence <= self.sequence;
            library
                .placements()
                .partition_point(|one| behind(one.sequence))
        };
        let known = library.index_of(self.placement);
        known.map_or_else(gone, |index| index + 1)
    }

    /// The index of the block, or of the first one behind where it was.
    fn start(self, library: &Library) -> usize {
        let gone = || {
            let before = |sequence| sequence < self.sequence;
            library
                .placements()
                .partition_point(|one| before(one.sequence))
        };
        library.index_of(self.placement).unwrap_or_else(gone)
    }
}

impl Stretch {
    /// The first blocks of the workbook.
    #[must_use]
    pub const fn beginning(count: usize) -> Self {
        Self {
            after: None,
            before: None,
            side: Side::First,
            count,
        }
    }

    /// Where the blocks stand in the reading order, of which so many are open.
    pub(super) fn of(self, library: &Library, open: usize) -> Result<Range<usize>, Error> {
        let end = self
            .before
            .map_or(open, |mark| mark.start(library).min(open));
        let start = self.after.map_or(0, |mark| mark.end(library).min(end));
        Ok(match self.side {
            Side::First => start..end.min(start + self.count),
            Side::Last => start.max(end.saturating_sub(self.count))..end,
            Side::Around(placement) => {
                let middle = library.index_of(placement);
                let middle = middle.ok_or_else(|| Error::missing("around"))?;
                if middle >= open {
                    return Err(Error::Locked("around"));
                }
                let last_start = end.saturating_sub(self.count).max(start);
                let start = middle
                    .saturating_sub(self.count / 2)
                    .clamp(start, last_start);
                start..end.min(start + self.count)
            }
        })
    }
}
