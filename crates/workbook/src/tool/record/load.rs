//! Records, read many uses at a time.

use std::collections::HashMap;

use dreamtree_content::{Field, Form};
use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Map, Value};
use tokio::try_join;

use super::{
    super::ToolData, Entry, FieldChange, Filled, Record, SEALED, TABLE, history, value::from_json,
};
use crate::{
    Error, InstanceId,
    entity::user_records::{Column, Entity, Model},
    sealed::Row,
};

/// What was filled in at these uses of a form, in one statement.
pub(crate) async fn load(
    scope: &Scope,
    form: &Form,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let entries = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(scope.among(Column::InstanceId, instances));
    let histories = async {
        if history::tracked(form).next().is_none() {
            return Ok(HashMap::new());
        }
        history::of(scope, &entries).await
    };
    let rows = async {
        let ordered = entries.clone().order_by_asc(Column::Position);
        Ok(scope.gather(ordered).await?)
    };
    let (rows, mut histories) = try_join!(rows, histories)?;
    let mut records: HashMap<InstanceId, Record> = instances
        .iter()
        .map(|instance| (*instance, Record::default()))
        .collect();
    for row in rows {
        let history = histories.remove(&row.id).unwrap_or_default();
        if let Some(record) = records.get_mut(&row.instance_id) {
            record.entries.push(read(scope, form, &row, history)?);
        }
    }
    let open = |(instance, record)| (instance, Private::Open(ToolData::Record(record)));
    Ok(records.into_iter().map(open).collect())
}

fn read(
    scope: &Scope,
    form: &Form,
    row: &Model,
    history: Vec<FieldChange>,
) -> Result<Entry, Error> {
    let (plain, private) = (plain(row)?, private(scope, row));
    let filled = |field: &Field| Filled {
        key: field.key.clone(),
        label: field.label.clone(),
        value: if field.private {
            match &private {
                Private::Open(values) => find(values, field),
                Private::Locked => Private::Locked,
                Private::Empty => Private::Empty,
            }
        } else {
            find(&plain, field)
        },
    };
    Ok(Entry {
        id: Some(row.id),
        fields: form.fields.iter().map(filled).collect(),
        history: history
            .into_iter()
            .filter(|change| form.field(&change.key).is_some())
            .collect(),
    })
}

fn find(values: &Map<String, Value>, field: &Field) -> Private<super::FieldValue> {
    let value = values.get(&field.key);
    match value.and_then(|value| from_json(&field.input, value)) {
        Some(value) => Private::Open(value),
        None => Private::Empty,
    }
}

/// The plain values of a row.
pub(super) fn plain(row: &Model) -> Result<Map<String, Value>, Error> {
    serde_json::from_str(&row.data).map_err(|_| Error::Corrupt("a record that is no JSON"))
}

/// The private values of a row.
pub(super) fn private(scope: &Scope, row: &Model) -> Private<Map<String, Value>> {
    Row::new(scope, TABLE, row.id).open(SEALED, row.sealed.as_deref())
}
