//! Cursors: a place in a list that stays where it is while things come and go.

use std::fmt;

use dreamtree_types::{Code, Fault, Id, Kind};
use uuid::Uuid;

use crate::Refusal;

/// A place in a list of things of one kind: right behind the thing with this id. Its text, such as
/// `flow_log:2026-03-01:0190…`, names the kind, so that a cursor of another list is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor<K: Kind> {
    /// What the list is sorted by, ahead of the id; as a text.
    pub key: String,
    /// The thing.
    pub id: Id<K>,
}

impl<K: Kind> Cursor<K> {
    /// Reads what a client sends as `after`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        Self::parse(text).ok_or_else(Self::refused)
    }

    /// What a client is told whose cursor is none of this list.
    #[must_use]
    pub fn refused() -> Refusal {
        let message = "is not a cursor of this list; begin again without it";
        Refusal::new(Fault::field(Code::InvalidInput, "after", message))
    }

    fn parse(text: &str) -> Option<Self> {
        let (key, id) = text.strip_prefix(K::NAME)?.rsplit_once(':')?;
        Some(Self {
            key: key.strip_prefix(':')?.to_owned(),
            id: Id::from(Uuid::try_parse(id).ok()?),
        })
    }
}

impl<K: Kind> fmt::Display for Cursor<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", K::NAME, self.key, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    dreamtree_types::ids! {
        /// A thing.
        ThingId = Thing("thing");
        /// Another whose name begins alike.
        ThingyId = Thingy("thingy");
    }

    #[test]
    fn a_cursor_reads_what_it_wrote() {
        for key in ["2026-03-01", "", "a:b"] {
            let cursor = Cursor::<Thing> {
                key: key.to_owned(),
                id: ThingId::new(),
            };
            assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        }
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let other = Cursor::<Thingy> {
            key: "1".to_owned(),
            id: ThingyId::new(),
        };
        let bare = ThingId::new().to_string();
        for text in [
            other.to_string(),
            bare,
            String::new(),
            "thing:1:x".to_owned(),
        ] {
            assert_eq!(Cursor::<Thing>::parse(&text), None, "{text}");
        }
    }
}
