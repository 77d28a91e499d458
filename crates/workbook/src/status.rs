//! How a status came about: each change of the status of a company, a contact or a job is kept. The notes
//! are sealed, since they tell of people.

use std::collections::HashMap;

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, TryIntoModel, Value,
    sea_query::ValueType,
};
use serde::{Deserialize, Serialize};
use tokio::try_join;
use uuid::Uuid;

use crate::{
    Error,
    entity::user_status_changes::{ActiveModel, Column, Entity, Model},
    owned::{self, Owned},
    sealed::{Row, optional},
    word::Word,
};

const TABLE: &str = "user_status_changes";
const NOTE: &str = "note";
const NOTE_FIELD: &str = "input.statusNote";
const LONGEST_NOTE: usize = 500;

/// The most changes of one status that are kept.
const MOST: u64 = 500;

/// A change of a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<S> {
    /// What it was; `None` for the first one.
    pub from: Option<S>,
    /// What it became; `None` when it was taken away.
    pub to: Option<S>,
    /// What the person said about it; at most 500 characters.
    pub note: Private<String>,
    /// When that was.
    pub changed_at: Instant,
}

/// A table whose rows have a status.
pub(crate) trait Tracked: Owned {
    /// The vocabulary.
    type Status: Word;

    /// The column of the id.
    fn id() -> Self::Column;

    /// The column of a change that names the row.
    fn subject() -> Column;

    /// The status as it is kept.
    fn status(row: &Self::Model) -> Option<&str>;
}

/// The changes of one status, the newest first.
pub(crate) type History<E> = Vec<Change<<E as Tracked>::Status>>;

/// The selected rows in the order of their making; `shown` says whether their histories are wanted.
pub(crate) async fn rows<E: Tracked>(
    scope: &Scope,
    select: Select<E>,
    shown: bool,
) -> Result<Vec<(E::Model, History<E>)>, Error>
where
    E::Model: ModelTrait<Entity = E>,
    E::ActiveModel: TryIntoModel<E::Model>,
{
    let ids = select.clone().select_only().column(E::id()).into_query();
    let rows = scope.gather(select.order_by_asc(E::id()));
    if !shown {
        let rows = rows.await?;
        return Ok(rows.into_iter().map(|row| (row, Vec::new())).collect());
    }
    let changes = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(E::subject().in_subquery(ids))
        .order_by_desc(Column::Id);
    let (rows, changes) = try_join!(rows, scope.gather(changes))?;
    let mut histories: HashMap<Uuid, History<E>> = HashMap::new();
    for change in changes {
        let history = histories.entry(uuid(change.get(E::subject()))?);
        history.or_default().push(read(scope, &change));
    }
    let with_history = |row: E::Model| {
        let history = histories.remove(&uuid(row.get(E::id()))?);
        Ok((row, history.unwrap_or_default()))
    };
    rows.into_iter().map(with_history).collect()
}

fn uuid(value: Value) -> Result<Uuid, Error> {
    <Uuid as ValueType>::try_from(value).map_err(|_| Error::Corrupt("an id that is none"))
}

/// Adds a row as [`owned::insert`] does, and notes its first status.
pub(crate) async fn insert<E: Tracked>(
    scope: &Scope,
    id: E::Id,
    row: E::Model,
    note: Option<String>,
) -> Result<(E::Model, History<E>), Error>
where
    E::Id: Into<Value>,
    E::Model: IntoActiveModel<E::ActiveModel> + Clone + Sync,
    E::ActiveModel: Send,
{
    let row = owned::insert::<E>(scope, row).await?;
    note_change::<E>(scope, id, None, E::status(&row), note).await?;
    with_history::<E>(scope, id, row).await
}

/// A row with the changes of its status.
pub(crate) async fn with_history<E: Tracked>(
    scope: &Scope,
    id: E::Id,
    row: E::Model,
) -> Result<(E::Model, History<E>), Error>
where
    E::Id: Into<Value>,
{
    Ok((row, of::<E>(scope, id).await?))
}

/// Writes a changed row as [`owned::replace`] does, and notes what its status was before.
pub(crate) async fn replace<E: Tracked>(
    scope: &Scope,
    id: E::Id,
    row: &mut E::Model,
    before: Option<&str>,
    note: Option<String>,
) -> Result<History<E>, Error>
where
    E::Id: Into<Value>,
    E::Model: IntoActiveModel<E::ActiveModel> + Clone + Sync,
    E::ActiveModel: Send,
{
    owned::replace::<E>(scope, row).await?;
    note_change::<E>(scope, id, before, E::status(row), note).await?;
    of::<E>(scope, id).await
}

/// The changes of one row's status.
pub(crate) async fn of<E: Tracked>(scope: &Scope, id: E::Id) -> Result<History<E>, Error>
where
    E::Id: Into<Value>,
{
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(E::subject().eq(id))
        .order_by_desc(Column::Id)
        .all(scope.connection())
        .await?;
    Ok(rows.iter().map(|row| read(scope, row)).collect())
}

async fn note_change<E: Tracked>(
    scope: &Scope,
    subject: E::Id,
    before: Option<&str>,
    after: Option<&str>,
    note: Option<String>,
) -> Result<(), Error>
where
    E::Id: Into<Value>,
{
    let note = optional(note.as_deref(), LONGEST_NOTE, NOTE_FIELD)?;
    if before == after {
        return match note {
            Some(_) => Err(Error::invalid(NOTE_FIELD, "needs a change of the status")),
            None => Ok(()),
        };
    }
    let changes = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(E::subject().eq(subject))
        .count(scope.connection())
        .await?;
    if changes >= MOST {
        let rule = format!("has changed {MOST} times, which is as often as is remembered");
        return Err(Error::invalid("input.status", rule));
    }
    let id = Uuid::now_v7();
    let generation = note.as_ref().map(|_| scope.vault().generation());
    let mut row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        company_id: Set(None),
        contact_id: Set(None),
        job_id: Set(None),
        old_status: Set(before.map(str::to_owned)),
        new_status: Set(after.map(str::to_owned)),
        note: Set(Row::new(scope, TABLE, id).seal(NOTE, note.as_deref())?),
        key_generation: Set(generation.transpose()?),
        changed_at: Set(scope.now()),
    };
    row.set(E::subject(), subject.into());
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

fn read<S: Word>(scope: &Scope, row: &Model) -> Change<S> {
    Change {
        from: row.old_status.as_deref().and_then(S::parse),
        to: row.new_status.as_deref().and_then(S::parse),
        note: Row::new(scope, TABLE, row.id).open(NOTE, row.note.as_deref()),
        changed_at: row.changed_at,
    }
}
