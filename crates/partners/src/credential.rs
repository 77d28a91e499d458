//! The credential that a partner was given of a person's results. It calls the person as that partner knows them, so it goes
//! with the grant: whoever withdraws the grant, or takes credentials out of it, revokes the credential. What it says is
//! decided above, where results are signed.

use dreamtree_database::Scope;
use dreamtree_identity::credential_directory;
use dreamtree_types::GrantId;
use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::partner_credentials::{Column, Entity, Model};

/// A credential as it is kept.
pub type PartnerCredential = Model;

/// What was given for a grant of the scope's person, ended or not; one statement.
pub async fn find(scope: &Scope, grant: GrantId) -> Result<Option<PartnerCredential>, DbErr> {
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::GrantId.eq(grant))
        .one(scope.connection())
        .await
}

/// Keeps a credential of the scope's person, in the place of the one before, which is revoked.
pub async fn replace(scope: &Scope, credential: PartnerCredential) -> Result<(), DbErr> {
    revoke(scope, credential.grant_id).await?;
    Entity::insert(credential.into_active_model().reset_all())
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Revokes what was given for a grant of the scope's person and forgets it; whoever checks it is told after an hour at most.
/// Nothing happens where nothing was given.
pub(crate) async fn revoke(scope: &Scope, grant: GrantId) -> Result<(), DbErr> {
    let Some(given) = find(scope, grant).await? else {
        return Ok(());
    };
    credential_directory::free(scope, given.status_list, given.status_position).await?;
    Entity::delete_by_id((scope.user(), grant))
        .exec(scope.connection())
        .await?;
    Ok(())
}
