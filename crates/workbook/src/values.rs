//! What matters to a person, at work and beyond; one row, not sealed.

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};

use crate::{
    Error,
    entity::user_values::{Column, Entity, Model},
    owned::{Saved, is_stale},
    text,
};

const LONGEST: usize = 5_000;

/// What matters to a person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Values {
    /// At work; at most 5,000 characters, as the following.
    pub work_values: Option<String>,
    /// In life.
    pub life_values: Option<String>,
    /// Where both point.
    pub compass_statement: Option<String>,
    /// Counts the changes; 0 before the first.
    pub revision: i32,
    /// When they were first saved.
    pub created_at: Option<Instant>,
    /// When they last changed.
    pub updated_at: Option<Instant>,
}

/// What to change about the values.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// At work.
    pub work_values: Patch<String>,
    /// In life.
    pub life_values: Patch<String>,
    /// Where both point.
    pub compass_statement: Patch<String>,
}

/// The person's values; one statement.
pub async fn get(scope: &Scope) -> Result<Values, Error> {
    Ok(find(scope).await?.map(Values::from).unwrap_or_default())
}

/// Changes the values, or writes the first ones.
pub async fn update(
    scope: &Scope,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Values>, Error> {
    let known = find(scope).await?;
    if is_stale(known.as_ref().map_or(0, |row| row.revision), expected) {
        return Ok(Saved::Stale(known.map(Values::from).unwrap_or_default()));
    }
    let mut row = known.unwrap_or_else(|| blank(scope));
    let change = |known: &mut Option<String>, change, field| {
        *known = text::patch(known.take(), change, LONGEST, field)?;
        Ok::<(), Error>(())
    };
    change(&mut row.work_values, draft.work_values, "input.workValues")?;
    change(&mut row.life_values, draft.life_values, "input.lifeValues")?;
    let compass = &mut row.compass_statement;
    change(compass, draft.compass_statement, "input.compassStatement")?;
    row.revision += 1;
    row.updated_at = scope.now();
    let again = OnConflict::column(Column::UserId)
        .update_columns([
            Column::WorkValues,
            Column::LifeValues,
            Column::CompassStatement,
            Column::Revision,
            Column::UpdatedAt,
        ])
        .to_owned();
    Entity::insert(row.clone().into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(Saved::Done(row.into()))
}

async fn find(scope: &Scope) -> Result<Option<Model>, Error> {
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    Ok(scope.gather_one(mine).await?)
}

fn blank(scope: &Scope) -> Model {
    Model {
        user_id: scope.user(),
        work_values: None,
        life_values: None,
        compass_statement: None,
        revision: 0,
        created_at: scope.now(),
        updated_at: scope.now(),
    }
}

impl From<Model> for Values {
    fn from(row: Model) -> Self {
        Self {
            work_values: row.work_values,
            life_values: row.life_values,
            compass_statement: row.compass_statement,
            revision: row.revision,
            created_at: Some(row.created_at),
            updated_at: Some(row.updated_at),
        }
    }
}
