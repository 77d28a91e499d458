//! Where a page of blocks begins or ends, as clients carry it around.

use async_graphql::connection::CursorType;
use dreamtree_content::{Placement, PlacementId};

use crate::{Bookmark, Error};

const LIST: &str = "blocks";

/// A cursor of `blocks`: the list, the block and its sequence, such as `blocks:1112.340`.
#[derive(Clone, Copy, Debug)]
pub struct Cursor(Bookmark);

impl Cursor {
    /// The cursor of a block.
    pub(super) fn of(placement: &Placement) -> Self {
        Self(Bookmark {
            placement: placement.id,
            sequence: placement.sequence,
        })
    }

    /// The block to go on from; a cursor of another list is refused.
    pub(super) fn read(text: Option<String>, argument: &str) -> Result<Option<Bookmark>, Error> {
        let read = |text: String| match Self::decode_cursor(&text) {
            Ok(Self(bookmark)) => Ok(bookmark),
            Err(rule) => Err(Error::invalid(argument, rule)),
        };
        text.map(read).transpose()
    }
}

impl CursorType for Cursor {
    type Error = &'static str;

    fn decode_cursor(text: &str) -> Result<Self, Self::Error> {
        let read = || {
            let (list, place) = text.split_once(':')?;
            let (placement, sequence) = place.split_once('.')?;
            let bookmark = Bookmark {
                placement: PlacementId(placement.parse().ok()?),
                sequence: sequence.parse().ok()?,
            };
            (list == LIST).then_some(Self(bookmark))
        };
        read().ok_or("is not a cursor of this list; begin again without it")
    }

    fn encode_cursor(&self) -> String {
        let Bookmark {
            placement,
            sequence,
        } = self.0;
        format!("{LIST}:{}.{sequence}", placement.0)
    }
}
