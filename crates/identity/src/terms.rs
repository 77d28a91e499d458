//! Which terms a person has accepted. The terms themselves are content; the version that counts is the highest one.

use dreamtree_audit::{self as audit, Event};
use dreamtree_database::Scope;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    Statement, sea_query::OnConflict,
};

use crate::{
    Error,
    entity::user_terms::{ActiveModel, Column, Entity, Model},
};

/// Terms that a person has accepted.
pub(crate) type Accepted = Model;

/// Which text somebody has seen, compared with the one that counts now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// That one.
    Present,
    /// Another version of it; nothing was written.
    Outdated,
}

/// The version that counts now; null without terms.
const CURRENT: &str = "(SELECT max(version) FROM terms WHERE is_active)";

/// An expression for the version that the person of parameter 1 has yet to accept; null when there is nothing.
pub(crate) fn pending(user: &str) -> String {
    format!(
        "CASE WHEN EXISTS (SELECT 1 FROM user_terms t WHERE t.user_id = {user} AND t.version >= {CURRENT}) \
         THEN NULL ELSE {CURRENT} END"
    )
}

/// The terms that the person has accepted, the latest first; one statement.
pub(crate) async fn accepted(scope: &Scope) -> Result<Vec<Accepted>, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::Version);
    scope.gather(mine).await
}

/// Notes that the person has accepted the terms of this version, if that is the one that counts; again changes nothing.
pub(crate) async fn accept(scope: &Scope, version: i32) -> Result<Seen, Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let sql = format!("SELECT {CURRENT}");
    let row = connection
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    let current = row
        .map(|row| row.try_get_by_index::<Option<i32>>(0))
        .transpose()?;
    if current.flatten() != Some(version) {
        return Ok(Seen::Outdated);
    }
    let row = ActiveModel {
        user_id: Set(scope.user()),
        version: Set(version),
        accepted_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::Version])
        .do_nothing()
        .to_owned();
    let accepted = Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(connection)
        .await?;
    if accepted > 0 {
        audit::record(scope, Event::TermsAccepted(version)).await?;
    }
    Ok(Seen::Present)
}
