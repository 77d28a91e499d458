//! Career options: paths under comparison, at most three of them ranked. Each shows its milestones.

use std::ops::RangeInclusive;

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use tokio::try_join;

use crate::{
    CareerOptionId, Error,
    entity::{
        user_career_options::{Column, Entity, Model},
        user_milestones,
    },
    field,
    milestone::{self, Milestone, Wanted},
    owned::{self, Saved, is_stale},
    question::{self, Question},
    rank, text,
};

const SCORES: RangeInclusive<i32> = 1..=5;
const MOST_RANKED: usize = 3;
const LONGEST_TITLE: usize = 200;
const LONGEST_TEXT: usize = 5_000;

/// A path under comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareerOption {
    /// The path among the person's.
    pub id: CareerOptionId,
    /// 1 to 200 characters.
    pub title: String,
    /// At most 5,000 characters.
    pub description: Option<String>,
    /// 1, the first choice, to 3; `None` for one that is not ranked.
    pub rank: Option<i32>,
    /// How well it fits who the person is, 1 to 5, as the following.
    pub coherence: Option<i32>,
    /// How well it serves what they need of work.
    pub work_needs: Option<i32>,
    /// How well it serves what they need of life.
    pub life_needs: Option<i32>,
    /// How much about it is not known yet.
    pub unknowns: Option<i32>,
    /// At most 5,000 characters.
    pub notes: Option<String>,
    /// Its steps by time.
    pub milestones: Vec<Milestone>,
    /// What the person wants to find out about it, in their order.
    pub questions: Vec<Question>,
    /// Counts the changes, from 1; those of milestones and questions do not count.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a path; of a new one, what it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Cannot be taken away.
    pub title: Patch<String>,
    /// What it is about.
    pub description: Patch<String>,
    /// How well it fits who the person is.
    pub coherence: Patch<i32>,
    /// How well it serves what they need of work.
    pub work_needs: Patch<i32>,
    /// How well it serves what they need of life.
    pub life_needs: Patch<i32>,
    /// How much about it is not known yet.
    pub unknowns: Patch<i32>,
    /// Anything else.
    pub notes: Patch<String>,
}

/// The person's paths: ranked ones first, the rest in the order of their making; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<CareerOption>, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id);
    let read = async { Ok(scope.gather(mine).await?) };
    let hanging = (milestone::by_option(scope), question::by_option(scope));
    let (mut rows, mut milestones, mut questions) = try_join!(read, hanging.0, hanging.1)?;
    rows.sort_by_key(|row| row.rank.unwrap_or(i32::MAX));
    let mut complete = |row: Model| {
        let steps = milestones.remove(&row.id).unwrap_or_default();
        let questions = questions.remove(&row.id).unwrap_or_default();
        with(row, steps, questions)
    };
    Ok(rows.into_iter().map(&mut complete).collect())
}

/// Adds a path. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    id: Option<CareerOptionId>,
    draft: Draft,
) -> Result<CareerOption, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return read(scope, known).await;
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        title: String::new(),
        description: None,
        rank: None,
        coherence_score: None,
        work_needs_score: None,
        life_needs_score: None,
        unknowns_score: None,
        notes: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    apply(&mut row, draft)?;
    let row = owned::insert::<Entity>(scope, row).await?;
    read(scope, row).await
}

/// Changes a path.
pub async fn update(
    scope: &Scope,
    id: CareerOptionId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<CareerOption>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(scope, row).await?));
    }
    apply(&mut row, draft)?;
    owned::replace::<Entity>(scope, &mut row).await?;
    Ok(Saved::Done(read(scope, row).await?))
}

/// Takes a path away: its questions go with it, its milestones stay without one, and paths ranked behind it move up.
pub(crate) async fn delete(
    scope: &Scope,
    id: CareerOptionId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    owned::release::<user_milestones::Entity>(scope, user_milestones::Column::CareerOptionId, id)
        .await?;
    owned::delete::<Entity>(scope, id).await?;
    if row.rank.is_some() {
        rank::close_gaps::<Entity>(scope, Column::Id, Column::Rank).await?;
    }
    Ok(())
}

/// Ranks these paths, best first, and takes the rank from all others.
pub(crate) async fn rank(scope: &Scope, ids: &[CareerOptionId]) -> Result<(), Error> {
    if ids.len() > MOST_RANKED {
        let message = format!("may name {MOST_RANKED} career options at most");
        return Err(Error::invalid("input.ids", message));
    }
    rank::set::<Entity>(scope, Column::Id, Column::Rank, ids).await
}

fn apply(row: &mut Model, draft: Draft) -> Result<(), Error> {
    let title = std::mem::take(&mut row.title);
    row.title = text::required(title, draft.title, LONGEST_TITLE, "input.title")?;
    let text = |known: &mut Option<String>, patch, path| {
        *known = text::patch(known.take(), patch, LONGEST_TEXT, path)?;
        Ok(())
    };
    let score = |known: &mut Option<i32>, patch, path| field::figure(known, patch, SCORES, path);
    text(&mut row.description, draft.description, "input.description")?;
    score(&mut row.coherence_score, draft.coherence, "input.coherence")?;
    score(
        &mut row.work_needs_score,
        draft.work_needs,
        "input.workNeeds",
    )?;
    score(
        &mut row.life_needs_score,
        draft.life_needs,
        "input.lifeNeeds",
    )?;
    score(&mut row.unknowns_score, draft.unknowns, "input.unknowns")?;
    text(&mut row.notes, draft.notes, "input.notes")
}

async fn read(scope: &Scope, row: Model) -> Result<CareerOption, Error> {
    let wanted = Wanted {
        career_option: Some(row.id),
        ..Wanted::default()
    };
    let hanging = (milestone::all(scope, wanted), question::of(scope, row.id));
    let (milestones, questions) = try_join!(hanging.0, hanging.1)?;
    Ok(with(row, milestones, questions))
}

fn with(row: Model, milestones: Vec<Milestone>, questions: Vec<Question>) -> CareerOption {
    CareerOption {
        id: row.id,
        title: row.title,
        description: row.description,
        rank: row.rank,
        coherence: row.coherence_score,
        work_needs: row.work_needs_score,
        life_needs: row.life_needs_score,
        unknowns: row.unknowns_score,
        notes: row.notes,
        milestones,
        questions,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
