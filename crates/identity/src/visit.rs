//! The first visit: user, session, settings and data key, in one transaction.

use dreamtree_crypto::{DataKey, System};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    Client, Error, Viewer,
    entity::users,
    session::{self, Opened, Proof},
    settings, stale, viewer,
};

const FIRST_GENERATION: i32 = 1;

/// Makes a person of a visitor. Whoever lets strangers call this counts them first ([`crate::limit`]). The data key is wrapped by the session's token alone: a lost cookie is a lost key.
pub async fn visit(database: &Database, client: &Client) -> Result<(Opened, Viewer), Error> {
    let key = DataKey::generate(&mut System)?;
    let scope = Scope::write(database, UserId::new()).await?;
    let row = users::ActiveModel {
        id: Set(scope.user()),
        is_anonymous: Set(true),
        workbook_complete: Set(false),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    users::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    settings::insert_defaults(&scope).await?;
    stale::remember(&scope).await?;
    let opened = session::open(&scope, &key, FIRST_GENERATION, Proof::None, client).await?;
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    scope.commit().await?;
    Ok((opened, viewer))
}
