//! Where a reader stands: the first required placement without an answer.

use dreamtree_content::{Library, Placement};

use crate::Answered;

/// Where a reader stands in the workbook, as an index into the reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// At this index. Everything up to and including it is open.
    At(usize),
    /// Nothing required is left; everything is open.
    Complete,
}

/// What a reader can do with a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Something to read.
    Readable,
    /// Answered; the answer can still be changed.
    Answered,
    /// The reader stands here: required and not answered.
    Current,
    /// Not answered, and may stay so.
    Optional,
    /// Beyond the reader's position.
    Locked,
}

impl Position {
    /// The position of somebody who has answered this much. Content and optional placements never block.
    #[must_use]
    pub fn of(library: &Library, answered: &Answered) -> Self {
        Self::At(0).advanced(library, answered)
    }

    /// The position after more answers: the same or a later one.
    pub(crate) fn advanced(self, library: &Library, answered: &Answered) -> Self {
        let Self::At(start) = self else {
            return self;
        };
        let waits = |placement: &Placement| placement.required && !answered.contains(placement.id);
        library
            .placements()
            .iter()
            .skip(start)
            .position(waits)
            .map_or(Self::Complete, |step| Self::At(start + step))
    }

    /// True when the placement at this index may be read and answered.
    #[must_use]
    pub const fn opens(self, index: usize) -> bool {
        match self {
            Self::At(limit) => index <= limit,
            Self::Complete => true,
        }
    }

    /// How many placements are open.
    #[must_use]
    pub fn open_count(self, library: &Library) -> usize {
        match self {
            Self::At(limit) => limit + 1,
            Self::Complete => library.placements().len(),
        }
    }

    /// What the reader can do with the placement at this index.
    #[must_use]
    pub fn state(self, index: usize, placement: &Placement, answered: &Answered) -> State {
        if !self.opens(index) {
            State::Locked
        } else if !placement.takes_input() {
            State::Readable
        } else if answered.contains(placement.id) {
            State::Answered
        } else if self == Self::At(index) {
            State::Current
        } else {
            State::Optional
        }
    }
}
