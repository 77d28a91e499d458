//! How a caller can be wrong about sources.

use dreamtree_types::{ClientError, Code, Fault};
use thiserror::Error;

/// How a caller can be wrong about sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// There is no such exercise.
    #[error("there is no such exercise")]
    UnknownExercise,
}

impl ClientError for Error {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::UnknownExercise => Some(Fault::field(
                Code::NotFound,
                "exercise",
                "There is no such exercise; an exercise looks like 1.1.2.",
            )),
        }
    }
}
