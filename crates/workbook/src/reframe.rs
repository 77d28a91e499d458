//! Failures seen anew, in a use of the tool or by themselves. Every text is sealed.

use dreamtree_content::Library;
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch, Private};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Error, InstanceId, ReframeId,
    entity::user_failure_reframes::{Column, Entity, Model},
    instance,
    owned::{self, Saved, is_stale},
    sealed::Row,
    tool::reframe::{self as told, TABLE, TEXTS},
};

/// A failure of the person's, seen anew.
#[derive(Clone, Debug)]
pub struct Reframe {
    /// The reframe among the person's.
    pub id: ReframeId,
    /// The use of the tool that it was written in; `None` for one written by itself.
    pub instance: Option<InstanceId>,
    /// What it says.
    pub texts: Private<told::Reframe>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a reframe; of a new one, what it says. Each text has at most 5,000 characters, and one
/// at least has to be written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What happened.
    pub situation: Patch<String>,
    /// What it felt like at first.
    pub initial_feelings: Patch<String>,
    /// What the person learned from it.
    pub what_learned: Patch<String>,
    /// What they would do differently.
    pub what_would_change: Patch<String>,
    /// What was good about it.
    pub silver_lining: Patch<String>,
    /// What they will do next.
    pub next_step: Patch<String>,
    /// How they put it now.
    pub reframed_statement: Patch<String>,
}

/// The person's reframes in the order of their making; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<Reframe>, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id);
    let rows = scope.gather(mine).await?;
    Ok(rows.iter().map(|row| read(scope, row)).collect())
}

/// Adds a reframe. One with this id that is there already is returned as it is.
pub async fn create(scope: &Scope, id: Option<ReframeId>, draft: Draft) -> Result<Reframe, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return Ok(read(scope, &known));
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        instance_id: None,
        situation: None,
        initial_feelings: None,
        what_learned: None,
        what_would_change: None,
        silver_lining: None,
        next_step: None,
        reframed_statement: None,
        key_generation: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    apply(scope, &mut row, draft)?;
    let row = owned::insert::<Entity>(scope, row).await?;
    Ok(read(scope, &row))
}

/// Changes a reframe; what is changed about one of a use of the tool is changed there too.
pub async fn update(
    scope: &Scope,
    library: &Library,
    id: ReframeId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Reframe>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(scope, &row)));
    }
    apply(scope, &mut row, draft)?;
    owned::replace::<Entity>(scope, &mut row).await?;
    if let Some(instance) = row.instance_id {
        instance::touch(scope, library, instance).await?;
    }
    Ok(Saved::Done(read(scope, &row)))
}

/// Takes a reframe away, unless it belongs to a use of the tool.
pub async fn delete(scope: &Scope, id: ReframeId, expected: Option<i32>) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    instance::refuse(row.instance_id)?;
    owned::take::<Entity>(scope, id, expected).await
}

fn apply(scope: &Scope, row: &mut Model, draft: Draft) -> Result<(), Error> {
    let changes = [
        draft.situation,
        draft.initial_feelings,
        draft.what_learned,
        draft.what_would_change,
        draft.silver_lining,
        draft.next_step,
        draft.reframed_statement,
    ];
    let sealed = Row::new(scope, TABLE, row.id);
    row.key_generation = sealed.generation_of(row.key_generation, &changes)?;
    sealed.patch_all(&TEXTS.texts, told::columns(row), changes)?;
    if told::columns(row).iter().all(|text| text.is_none()) {
        return Err(Error::invalid("input", "tells nothing yet"));
    }
    Ok(())
}

fn read(scope: &Scope, row: &Model) -> Reframe {
    Reframe {
        id: row.id,
        instance: row.instance_id,
        texts: told::read(scope, row),
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
