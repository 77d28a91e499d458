//! The end of an account, with what it has left where everybody's things are.

use dreamtree_audit::Gone;
use dreamtree_content::review;
use dreamtree_database::Scope;
use dreamtree_identity::account;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Error, entity::user_custom_skills};

/// Deletes the scope's person. The names of their own skills that wait for an operator are taken out of the queue;
/// those that were decided about are content, and nobody's.
pub async fn delete_account(scope: Scope, why: Gone) -> Result<(), Error> {
    let own = user_custom_skills::Entity::find()
        .filter(user_custom_skills::Column::UserId.eq(scope.user()))
        .all(scope.connection())
        .await?;
    review::withdraw(&scope, own.iter().map(|one| one.name.as_str())).await?;
    Ok(account::delete(scope, why).await?)
}
