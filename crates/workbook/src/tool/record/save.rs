//! Filled-in forms, put in the place of what was there.

use std::collections::HashMap;

use dreamtree_content::Form;
use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use serde_json::{Map, Value};

use super::{
    super::Site,
    Record, SEALED, TABLE,
    check::{Checked, check},
    history,
    load::{plain, private},
};
use crate::{
    Error, InstanceId, RecordId,
    entity::{
        user_record_changes,
        user_records::{Column, Entity, Model},
    },
    link,
    sealed::Row,
};

/// Puts the entries in the place of what was there. Entries that come with their id keep it; what has changed about
/// them counts as one change. Private fields that are left out go away, unless they cannot be read now.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, record: &Record) -> Result<(), Error> {
    let form = site.tool.tool.shape.form();
    let form = form.ok_or(Error::Corrupt("a record without a form"))?;
    let entries = check(form, record)?;
    let mut known = known(scope, site.instance).await?;
    let mut work = Work::default();
    for (position, entry) in (0_i32..).zip(entries) {
        let row = match entry.id {
            None => None,
            Some(id) => {
                let row = known.remove(&id);
                Some(row.ok_or_else(|| Error::missing(format!("{}.id", entry.field)))?)
            }
        };
        work.take(scope, form, site.instance, position, &entry, row)?;
    }
    link::check(scope, &work.links).await?;
    let gone: Vec<RecordId> = known.into_keys().collect();
    replace(scope, gone, work.rows).await?;
    history::note(scope, work.changes).await
}

/// What is to be written, and what has to be there for it.
#[derive(Default)]
struct Work {
    rows: Vec<Model>,
    changes: Vec<user_record_changes::ActiveModel>,
    links: Vec<link::Named>,
}

impl Work {
    fn take(
        &mut self,
        scope: &Scope,
        form: &Form,
        instance: InstanceId,
        position: i32,
        entry: &Checked,
        row: Option<Model>,
    ) -> Result<(), Error> {
        let is_new = row.is_none();
        let mut row = row.unwrap_or_else(|| Model {
            user_id: scope.user(),
            id: RecordId::new(),
            instance_id: instance,
            position,
            data: "{}".to_owned(),
            sealed: None,
            key_generation: None,
            revision: 1,
            created_at: scope.now(),
            updated_at: scope.now(),
        });
        let before = (plain(&row)?, private(scope, &row));
        // What the entry names already was the person's own then, and may be gone by now.
        let named = |one: &super::check::Named| {
            let said = Value::from(one.link.id.to_string());
            let holds = |values: &Map<String, Value>| values.get(&one.key) == Some(&said);
            holds(&before.0) || matches!(&before.1, Private::Open(values) if holds(values))
        };
        let links = entry.links.iter().filter(|one| !named(one));
        self.links.extend(links.map(|one| link::Named {
            link: one.link,
            field: one.field.clone(),
        }));
        let changes = history::changes(scope, form, row.id, &before.0, &entry.plain);
        self.changes.extend(changes);
        let old = row.clone();
        row.position = position;
        if before.0 != entry.plain {
            row.data = Value::Object(entry.plain.clone()).to_string();
        }
        seal(scope, form, &mut row, entry, &before.1)?;
        if row != old && !is_new {
            row.revision += 1;
            row.updated_at = scope.now();
        }
        self.rows.push(row);
        Ok(())
    }
}

fn seal(
    scope: &Scope,
    form: &Form,
    row: &mut Model,
    entry: &Checked,
    before: &Private<Map<String, Value>>,
) -> Result<(), Error> {
    match before {
        Private::Locked if entry.private.is_empty() => return Ok(()),
        Private::Open(values) if *values == entry.private => return entry.check_private(form),
        _ => entry.check_private(form)?,
    }
    if entry.private.is_empty() {
        (row.sealed, row.key_generation) = (None, None);
        return Ok(());
    }
    let generation = scope.vault().generation()?;
    row.sealed = Row::new(scope, TABLE, row.id).seal(SEALED, Some(&entry.private))?;
    row.key_generation = Some(generation);
    Ok(())
}

async fn known(scope: &Scope, instance: InstanceId) -> Result<HashMap<RecordId, Model>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .all(scope.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Rows stay where they are, since their histories hang on them.
async fn replace(scope: &Scope, gone: Vec<RecordId>, rows: Vec<Model>) -> Result<(), Error> {
    if !gone.is_empty() {
        Entity::delete_many()
            .filter(Column::UserId.eq(scope.user()))
            .filter(Column::Id.is_in(gone))
            .exec(scope.connection())
            .await?;
    }
    if rows.is_empty() {
        return Ok(());
    }
    let again = OnConflict::columns([Column::UserId, Column::Id])
        .update_columns([
            Column::Position,
            Column::Data,
            Column::Sealed,
            Column::KeyGeneration,
            Column::Revision,
            Column::UpdatedAt,
        ])
        .to_owned();
    let rows = rows.into_iter();
    Entity::insert_many(rows.map(|row| row.into_active_model().reset_all()))
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}
