//! The authors' list of skills beside what operators have decided about it.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, DbErr,
    EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::{
    entity::skill::{Column, Entity, Model},
    review::{REVIEW, folded},
};

/// Lets approved skills make way for authors' ones of the same name, and keeps merged ones out of the list for as
/// long as the one that they were merged into is in it.
pub(super) async fn settle(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let decided = Condition::any()
        .add(Column::Origin.eq(REVIEW))
        .add(Column::MergedInto.is_not_null());
    let decided = Entity::find().filter(decided).all(transaction).await?;
    if decided.is_empty() {
        return Ok(());
    }
    let listed = Entity::find()
        .filter(Column::IsActive.eq(true))
        .all(transaction)
        .await?;
    let by_id: HashMap<Uuid, &Model> = listed.iter().map(|row| (row.id, row)).collect();
    let authors = listed
        .iter()
        .filter(|row| row.origin != REVIEW && row.merged_into.is_none());
    let by_name: HashMap<String, Uuid> = authors.map(|row| (folded(&row.name), row.id)).collect();
    for row in decided {
        let heir = match row.merged_into {
            Some(into) => by_id.get(&into).map(|heir| heir.id),
            None => by_name.get(&folded(&row.name)).copied(),
        };
        // One that came back while its heir went counts for itself again; one that is gone stays merged.
        let merged_into = heir.or(row.merged_into.filter(|_| !row.is_active));
        if merged_into == row.merged_into && row.is_active == merged_into.is_none() {
            continue;
        }
        let mut changed = row.into_active_model();
        changed.merged_into = Set(merged_into);
        changed.is_active = Set(merged_into.is_none());
        changed.update(transaction).await?;
    }
    Ok(())
}
