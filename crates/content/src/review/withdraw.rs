//! Names that nobody stands behind any more.

use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::{ReviewStatus, propose::id_of};
use crate::{
    SkillCategory,
    entity::skill_proposal::{Column, Entity},
};

/// Takes names out of the queue, in whichever category they were proposed; one statement, none without names. What was
/// decided about stays. Nobody knows who else has proposed the same name: it comes back when somebody does so again.
pub async fn withdraw(scope: &Scope, names: impl Iterator<Item = &str>) -> Result<(), DbErr> {
    let of_all = |name| {
        let known = SkillCategory::ALL.iter().copied().map(Some);
        known
            .chain([None])
            .map(move |category| id_of(name, category))
    };
    let ids: Vec<_> = names.flat_map(of_all).collect();
    if ids.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::Status.eq(ReviewStatus::Pending.as_str()))
        .filter(Column::Id.is_in(ids))
        .exec(scope.connection())
        .await?;
    Ok(())
}
