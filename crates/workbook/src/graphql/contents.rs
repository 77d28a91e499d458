//! The table of contents and the calendar of work, at the edge.

use async_graphql::{Context, Enum, Object, SimpleObject};
use dreamtree_api::{Answer, Gid, Plain, Ready, caller};
use dreamtree_content::{Library, PlacementId, graphql::library};
use time::Date;

use crate::{
    ExerciseState,
    contents::{self, Entry},
    history::{self, Day},
};

/// What a reader has made of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum ContentsState {
    /// Begins beyond the reader's position.
    Locked,
    /// The reader stands in it: an answer is due here before the workbook goes on.
    Current,
    /// Open, and requires nothing.
    Open,
    /// Everything that it requires is answered.
    Done,
}

/// An exercise in the table of contents.
#[derive(SimpleObject, Plain)]
pub struct ContentsEntry {
    /// The module, such as "1.1".
    pub module: String,
    /// The exercise, such as "1.1.2"; exercise 0 opens the module.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// Its first block; `blocks(around:)` takes it, once it is open.
    pub first_placement: Gid<PlacementId>,
    /// The sequence of its first block.
    pub first_sequence: i32,
    /// What the reader has made of it.
    pub state: ContentsState,
    /// Required placements in it.
    pub required: usize,
    /// Required placements that are answered.
    pub answered: usize,
}

/// A day on which something was answered for the first time.
#[derive(SimpleObject, Plain)]
pub struct ProgressDay {
    /// As the calendars in the person's time zone have it.
    pub day: Date,
    /// How many placements got their first answer; 1 or more. Later changes of an answer do not count.
    pub answered: usize,
}

/// What can be asked about the way through the workbook.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContentsQuery;

#[Object]
impl ContentsQuery {
    /// The table of contents: every exercise in the order of reading, the locked ones too.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn contents(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<ContentsEntry>>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let entries = contents::find(&scope, library).await?;
        let entries = entries
            .iter()
            .map(|entry| ContentsEntry::of(library, entry));
        Ok(Ready(entries.collect()))
    }

    /// The days on which the caller answered something for the first time, from the earliest. A day begins where
    /// the `timeZone` of the settings says; days without such an answer are left out.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn progress_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 90, desc = "How many days back, today included; 1 to 366.")] days: i32,
    ) -> Answer<Ready<Vec<ProgressDay>>> {
        let scope = caller(ctx)?.read().await?;
        let days = history::find(&scope, days).await?;
        Ok(Ready(days.into_iter().map(Into::into).collect()))
    }
}

impl ContentsEntry {
    fn of(library: &Library, entry: &Entry<'_>) -> Self {
        let exercise = entry.exercise;
        let first = &library.placements()[exercise.span.start];
        Self {
            module: exercise.location.module_id(),
            exercise: exercise.id.clone(),
            title: exercise.title.clone(),
            first_placement: Gid(first.id),
            first_sequence: first.sequence,
            state: entry.state.into(),
            required: entry.count.required,
            answered: entry.count.answered,
        }
    }
}

impl From<ExerciseState> for ContentsState {
    fn from(state: ExerciseState) -> Self {
        match state {
            ExerciseState::Locked => Self::Locked,
            ExerciseState::Current => Self::Current,
            ExerciseState::Open => Self::Open,
            ExerciseState::Done => Self::Done,
        }
    }
}

impl From<Day> for ProgressDay {
    fn from(day: Day) -> Self {
        Self {
            day: day.day,
            answered: day.answered,
        }
    }
}
