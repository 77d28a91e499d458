//! How far a person has come, at the edge.

use async_graphql::{Context, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{Library, PlacementId, graphql::Location};
use time::OffsetDateTime;

use crate::{Position, progress};

/// Where a reader stands: the first required placement without an answer.
#[derive(Clone, PartialEq, Eq, SimpleObject, Plain)]
pub struct ReaderPosition {
    /// The placement that waits for an answer.
    pub placement: Gid<PlacementId>,
    /// Its place in the order of reading.
    pub sequence: i32,
    /// Part, module, exercise and activity.
    pub location: Location,
    /// The title of its exercise.
    pub exercise_title: Option<String>,
}

impl ReaderPosition {
    /// The position; `None` once nothing required is left.
    pub(super) fn of(library: &Library, position: Position) -> Option<Self> {
        let Position::At(index) = position else {
            return None;
        };
        let placement = library.placements().get(index)?;
        Some(Self {
            placement: Gid(placement.id),
            sequence: placement.sequence,
            location: placement.location.into(),
            exercise_title: library
                .exercise_of(placement)
                .map(|exercise| exercise.title.clone()),
        })
    }
}

/// How far a person has come in one module.
#[derive(Clone, PartialEq, Eq, SimpleObject, Plain)]
pub struct ModuleProgress {
    /// The module, such as "1.1".
    pub module: String,
    /// The part that it belongs to; 1 and up.
    pub part: i32,
    /// Its title.
    pub title: String,
    /// Required placements in it.
    pub required: usize,
    /// Required placements that are answered.
    pub answered: usize,
    /// Answered of 100 required ones, rounded down: 100 means complete.
    pub percent: usize,
    /// True when every required placement is answered.
    pub complete: bool,
    /// When the module was first found complete by a save; never changes afterwards, even where newer content
    /// requires more.
    pub first_completed_at: Option<OffsetDateTime>,
    /// When anything in the module was last saved.
    pub last_modified_at: Option<OffsetDateTime>,
}

/// How far a person has come in one part.
#[derive(Clone, PartialEq, Eq, SimpleObject, Plain)]
pub struct PartProgress {
    /// The part; 1 and up.
    pub part: i32,
    /// The title of the module that opens it; null for a part that begins with its first module.
    pub title: Option<String>,
    /// Required placements in it.
    pub required: usize,
    /// Required placements that are answered.
    pub answered: usize,
    /// Answered of 100 required ones, rounded down: 100 means complete.
    pub percent: usize,
    /// True when every required placement is answered.
    pub complete: bool,
}

/// How far a person has come in the workbook.
#[derive(Clone, PartialEq, Eq, SimpleObject, Plain)]
pub struct Progress {
    /// Where they stand; null once nothing required is left.
    pub position: Option<ReaderPosition>,
    /// True once nothing required is left, in the content as it is now.
    pub complete: bool,
    /// Required placements in the workbook.
    pub required: usize,
    /// Required placements that are answered.
    pub answered: usize,
    /// Answered of 100 required ones, rounded down: 100 means complete.
    pub percent: usize,
    /// All parts in the order of reading.
    pub parts: Vec<PartProgress>,
    /// All modules in the order of reading.
    pub modules: Vec<ModuleProgress>,
}

/// True when the times of the modules are selected of a progress.
pub(super) fn asks_for_times(ctx: &Context<'_>) -> bool {
    let modules = ctx.look_ahead().field("modules");
    let times = ["firstCompletedAt", "lastModifiedAt"];
    times.iter().any(|time| modules.field(time).exists())
}

impl Progress {
    pub(super) fn of(library: &Library, progress: progress::Progress) -> Self {
        Self {
            position: ReaderPosition::of(library, progress.position),
            complete: progress.count.is_complete(),
            required: progress.count.required,
            answered: progress.count.answered,
            percent: progress.count.percent(),
            parts: progress.parts.into_iter().map(Into::into).collect(),
            modules: progress.modules.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<progress::ModuleProgress> for ModuleProgress {
    fn from(progress: progress::ModuleProgress) -> Self {
        Self {
            module: progress.module,
            part: progress.part,
            title: progress.title,
            required: progress.count.required,
            answered: progress.count.answered,
            percent: progress.count.percent(),
            complete: progress.count.is_complete(),
            first_completed_at: progress.first_completed_at,
            last_modified_at: progress.last_modified_at,
        }
    }
}

impl From<progress::PartProgress> for PartProgress {
    fn from(progress: progress::PartProgress) -> Self {
        Self {
            part: progress.part,
            title: progress.title,
            required: progress.count.required,
            answered: progress.count.answered,
            percent: progress.count.percent(),
            complete: progress.count.is_complete(),
        }
    }
}
