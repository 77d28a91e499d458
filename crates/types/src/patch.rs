//! A change of one value: a client can leave it out, take it away, or set it.

/// A change of one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Take it away.
    Clear,
    /// Put this in its place.
    Set(T),
}

impl<T> Patch<T> {
    /// What becomes of a value that may be missing.
    pub fn onto(self, known: Option<T>) -> Option<T> {
        match self {
            Self::Keep => known,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The change turned into one of something else; only a new value is looked at.
    pub fn try_map<U, E>(self, turn: impl FnOnce(T) -> Result<U, E>) -> Result<Patch<U>, E> {
        Ok(match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(turn(value)?),
        })
    }

    /// The change turned into one of something else.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(turn(value)),
        }
    }
}

impl<T> From<Option<T>> for Patch<T> {
    /// For something new: what is left out is not there.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Set)
    }
}

#[cfg(test)]
mod tests {
    use super::Patch;

    #[test]
    fn left_out_is_not_taken_away() {
        assert_eq!(Patch::Keep.onto(Some(1)), Some(1));
        assert_eq!(Patch::Clear.onto(Some(1)), None);
        assert_eq!(Patch::Set(2).onto(Some(1)), Some(2));
        assert_eq!(Patch::from(None::<i32>), Patch::Keep);
    }
}
