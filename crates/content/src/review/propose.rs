//! Names on their way to the operators.

use dreamtree_database::Scope;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::{ReviewStatus, folded};
use crate::{
    SkillCategory,
    edition::uuid_of,
    entity::skill_proposal::{ActiveModel, Column, Entity},
};

/// Hands names of skills on to the operators, each with its category; one statement, none without names. One that is
/// known already, whatever became of it, stays as it is.
pub async fn propose(
    scope: &Scope,
    names: impl Iterator<Item = (&str, Option<SkillCategory>)>,
) -> Result<(), DbErr> {
    let mut rows: Vec<(Uuid, ActiveModel)> = names.map(|one| row(scope, one)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    // In one order for everybody: two people with the same names must not wait for each other.
    rows.sort_by_key(|(id, _)| *id);
    rows.dedup_by_key(|(id, _)| *id);
    Entity::insert_many(rows.into_iter().map(|(_, row)| row))
        .on_conflict(OnConflict::column(Column::Id).do_nothing().to_owned())
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The id of a proposal, which follows from name and category.
pub(super) fn id_of(name: &str, category: Option<SkillCategory>) -> Uuid {
    // What has no category must be there once too, which no constraint can say of null.
    let category = category.map_or("", SkillCategory::as_str);
    uuid_of("skill_proposal", &format!("{category}:{}", folded(name)))
}

fn row(scope: &Scope, (name, category): (&str, Option<SkillCategory>)) -> (Uuid, ActiveModel) {
    let id = id_of(name, category);
    let folded = folded(name);
    let category = category.map(SkillCategory::as_str);
    let row = ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        folded_name: Set(folded),
        category: Set(category.map(ToOwned::to_owned)),
        status: Set(ReviewStatus::Pending.as_str().to_owned()),
        proposed_on: Set(scope.now().date()),
        decided_at: Set(None),
        skill_id: Set(None),
        note: Set(None),
    };
    (id, row)
}
