//! The table of contents: every exercise, and whether its reader is through.

use dreamtree_content::{Exercise, Library};
use dreamtree_database::Scope;

use crate::{Answered, Count, Error, Position};

/// What a reader has made of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExerciseState {
    /// Begins beyond the reader's position.
    Locked,
    /// The reader stands in it.
    Current,
    /// Open, and requires nothing.
    Open,
    /// Everything that it requires is answered.
    Done,
}

/// An exercise in the table of contents.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// What the reader has made of it.
    pub state: ExerciseState,
    /// Its required placements.
    pub count: Count,
}

/// All exercises in the order of reading; one statement.
pub async fn find<'a>(scope: &Scope, library: &'a Library) -> Result<Vec<Entry<'a>>, Error> {
    let answered = Answered::find(scope).await?;
    let position = Position::of(library, &answered);
    let entry = |exercise: &'a Exercise| {
        let count = Count::of(&library.placements()[exercise.span.clone()], &answered);
        Entry {
            exercise,
            state: ExerciseState::of(position, exercise, count),
            count,
        }
    };
    Ok(library.exercises().iter().map(entry).collect())
}

impl ExerciseState {
    fn of(position: Position, exercise: &Exercise, count: Count) -> Self {
        match position {
            Position::At(index) if exercise.span.contains(&index) => Self::Current,
            _ if !position.opens(exercise.span.start) => Self::Locked,
            _ if count.required == 0 => Self::Open,
            _ => Self::Done,
        }
    }
}
