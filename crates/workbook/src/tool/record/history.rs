//! How fields came about whose history is kept.

use std::collections::HashMap;

use dreamtree_content::{Field, Form};
use dreamtree_database::Scope;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, Statement,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::FieldChange;
use crate::{
    Error, RecordId,
    entity::{
        user_record_changes::{ActiveModel, Column, Entity},
        user_records,
    },
};

/// How many changes of one field of an entry are kept: the last ones.
const MOST: i32 = 100;

/// The fields whose history is kept.
pub(super) fn tracked(form: &Form) -> impl Iterator<Item = &Field> {
    form.fields
        .iter()
        .filter(|field| field.input.keeps_history())
}

/// What is new about an entry.
pub(super) fn changes(
    scope: &Scope,
    form: &Form,
    record: RecordId,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<ActiveModel> {
    let word = |values: &Map<String, Value>, key: &str| {
        values.get(key).and_then(Value::as_str).map(str::to_owned)
    };
    let change = |field: &Field| {
        let (old, new) = (word(before, &field.key), word(after, &field.key));
        (old != new).then(|| ActiveModel {
            user_id: Set(scope.user()),
            id: Set(Uuid::now_v7()),
            record_id: Set(record),
            field: Set(field.key.clone()),
            old_value: Set(old),
            new_value: Set(new),
            changed_at: Set(scope.now()),
        })
    };
    tracked(form).filter_map(change).collect()
}

/// Keeps these changes, and of each field no more than the last hundred. Nothing new costs no statement.
pub(super) async fn note(scope: &Scope, changes: Vec<ActiveModel>) -> Result<(), Error> {
    const OLD: &str = "DELETE FROM user_record_changes WHERE user_id = $1 AND id IN (SELECT id FROM \
        (SELECT id, ROW_NUMBER() OVER (PARTITION BY record_id, field ORDER BY id DESC) AS age \
        FROM user_record_changes WHERE user_id = $1) AS aged WHERE age > $2)";
    if changes.is_empty() {
        return Ok(());
    }
    let connection = scope.connection();
    Entity::insert_many(changes)
        .exec_without_returning(connection)
        .await?;
    let backend = connection.get_database_backend();
    let values = [scope.user().into(), MOST.into()];
    connection
        .execute_raw(Statement::from_sql_and_values(backend, OLD, values))
        .await?;
    Ok(())
}

/// What happened to the entries that this select finds, the newest first.
pub(super) async fn of(
    scope: &Scope,
    records: &Select<user_records::Entity>,
) -> Result<HashMap<RecordId, Vec<FieldChange>>, Error> {
    let ids = records.clone().select_only();
    let ids = ids.column(user_records::Column::Id);
    let changes = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::RecordId.in_subquery(ids.into_query()))
        .order_by_desc(Column::Id);
    let mut histories: HashMap<RecordId, Vec<FieldChange>> = HashMap::new();
    for row in scope.gather(changes).await? {
        let history = histories.entry(row.record_id).or_default();
        history.push(FieldChange {
            key: row.field,
            from: row.old_value,
            to: row.new_value,
            changed_at: row.changed_at,
        });
    }
    Ok(histories)
}
