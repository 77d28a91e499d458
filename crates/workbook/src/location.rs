//! Places to live, in an order of preference. All texts are sealed.

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch, Private};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use crate::{
    Error, LocationId,
    entity::user_locations::{Column, Entity, Model},
    owned::{self, Saved, is_stale},
    rank,
    sealed::{Row, Text},
};

const TABLE: &str = "user_locations";

const NAME: Text = Text {
    column: "name",
    field: "name",
    longest: 200,
};
const TRAITS_LIKED: Text = long("traits_liked", "traitsLiked");
const TRAITS_DISLIKED: Text = long("traits_disliked", "traitsDisliked");
const NOTES: Text = long("notes", "notes");

const fn long(column: &'static str, field: &'static str) -> Text {
    Text {
        column,
        field,
        longest: 5_000,
    }
}

/// A place to live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The place among the person's.
    pub id: LocationId,
    /// What it is called; 1 to 200 characters.
    pub name: Private<String>,
    /// From 1, the dearest; `None` for one that is not ranked.
    pub rank: Option<i32>,
    /// What the person likes about it; at most 5,000 characters, as the following.
    pub traits_liked: Private<String>,
    /// What they do not like.
    pub traits_disliked: Private<String>,
    /// Anything else.
    pub notes: Private<String>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a place; of a new one, what it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What it is called; cannot be taken away.
    pub name: Patch<String>,
    /// What the person likes about it.
    pub traits_liked: Patch<String>,
    /// What they do not like.
    pub traits_disliked: Patch<String>,
    /// Anything else.
    pub notes: Patch<String>,
}

/// The person's places: ranked ones first, the rest in the order of their making; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<Location>, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id);
    let rows = scope.gather(mine).await?;
    let mut locations: Vec<Location> = rows.iter().map(|row| read(scope, row)).collect();
    locations.sort_by_key(|one| one.rank.unwrap_or(i32::MAX));
    Ok(locations)
}

/// Adds a place. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    id: Option<LocationId>,
    draft: Draft,
) -> Result<Location, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return Ok(read(scope, &known));
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        name: String::new(),
        rank: None,
        traits_liked: None,
        traits_disliked: None,
        notes: None,
        key_generation: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    apply(scope, &mut row, draft)?;
    let row = owned::insert::<Entity>(scope, row).await?;
    Ok(read(scope, &row))
}

/// Changes a place.
pub async fn update(
    scope: &Scope,
    id: LocationId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Location>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(scope, &row)));
    }
    apply(scope, &mut row, draft)?;
    owned::replace::<Entity>(scope, &mut row).await?;
    Ok(Saved::Done(read(scope, &row)))
}

/// Takes a place away; those ranked behind it move up.
pub(crate) async fn delete(
    scope: &Scope,
    id: LocationId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    owned::delete::<Entity>(scope, id).await?;
    if row.rank.is_some() {
        rank::close_gaps::<Entity>(scope, Column::Id, Column::Rank).await?;
    }
    Ok(())
}

/// Ranks these places, best first, and takes the rank from all others.
pub(crate) async fn rank(scope: &Scope, ids: &[LocationId]) -> Result<(), Error> {
    rank::set::<Entity>(scope, Column::Id, Column::Rank, ids).await
}

fn apply(scope: &Scope, row: &mut Model, draft: Draft) -> Result<(), Error> {
    let sealed = Row::new(scope, TABLE, row.id);
    let generation = sealed.generation(row.key_generation)?;
    row.name = sealed.patch_required(&NAME, &row.name, draft.name)?;
    row.traits_liked = sealed.patch(&TRAITS_LIKED, row.traits_liked.take(), draft.traits_liked)?;
    row.traits_disliked = sealed.patch(
        &TRAITS_DISLIKED,
        row.traits_disliked.take(),
        draft.traits_disliked,
    )?;
    row.notes = sealed.patch(&NOTES, row.notes.take(), draft.notes)?;
    row.key_generation = Some(generation);
    Ok(())
}

fn read(scope: &Scope, row: &Model) -> Location {
    let sealed = Row::new(scope, TABLE, row.id);
    let open = |text: &Text, value: &Option<String>| sealed.open(text.column, value.as_deref());
    Location {
        id: row.id,
        name: sealed.open(NAME.column, Some(&row.name)),
        rank: row.rank,
        traits_liked: open(&TRAITS_LIKED, &row.traits_liked),
        traits_disliked: open(&TRAITS_DISLIKED, &row.traits_disliked),
        notes: open(&NOTES, &row.notes),
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
