//! The person who asks, as they see themselves.

use dreamtree_database::{Scope, Vault};
use dreamtree_types::{Instant, Role, UserId};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QuerySelect, QueryTrait,
    sea_query::Expr,
};

use crate::{
    Error, consent,
    entity::{user_settings, users},
    settings::Settings,
    terms,
};

const OPERATES: &str = "EXISTS (SELECT 1 FROM operators o WHERE o.user_id = users.id)";

/// The person who asks.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub id: UserId,
    /// True until the work is claimed.
    pub anonymous: bool,
    /// What they may do beside their own work.
    pub role: Role,
    /// True if nothing required was left at the last answer.
    pub workbook_complete: bool,
    /// True while private values can be read and written.
    pub unlocked: bool,
    /// The version of the terms that they have yet to accept.
    pub pending_terms: Option<i32>,
    /// The kinds of consent that they have yet to be asked for, by name.
    pub pending_consents: Vec<String>,
    /// When the session ends at the latest.
    pub session_expires_at: Instant,
    /// How they like things.
    pub settings: Settings,
    /// When they first came.
    pub created_at: Instant,
    /// When their row last changed.
    pub updated_at: Instant,
}

/// The scope's person, whose session ends at `session_expires_at`; one statement.
pub(crate) async fn get(
    scope: &Scope,
    session_expires_at: Instant,
    unlocked: bool,
) -> Result<Viewer, Error> {
    let settings = users::Entity::belongs_to(user_settings::Entity)
        .from(users::Column::Id)
        .to(user_settings::Column::UserId);
    let mut select = users::Entity::find_by_id(scope.user())
        .join(JoinType::InnerJoin, settings.into())
        .select_also(user_settings::Entity);
    QuerySelect::query(&mut select)
        .expr_as(Expr::cust(terms::pending("users.id")), "pending_terms")
        .expr_as(Expr::cust(consent::pending("users.id")), "pending_consents")
        .expr_as(Expr::cust(OPERATES), "operates");
    let connection = scope.connection();
    let statement = select.build(connection.get_database_backend());
    let row = connection
        .query_one_raw(statement)
        .await?
        .ok_or(Error::Gone)?;
    let user = users::Model::from_query_result(&row, "A_")?;
    let settings = user_settings::Model::from_query_result(&row, "B_")?;
    Ok(Viewer {
        id: user.id,
        anonymous: user.is_anonymous,
        role: Role::of(row.try_get("", "operates")?),
        workbook_complete: user.workbook_complete,
        unlocked,
        pending_terms: row.try_get("", "pending_terms")?,
        pending_consents: consent::kinds(row.try_get("", "pending_consents")?),
        session_expires_at,
        settings,
        created_at: user.created_at,
        updated_at: user.updated_at,
    })
}

/// The person of a running session.
pub(crate) async fn current(scope: &Scope, session_expires_at: Instant) -> Result<Viewer, Error> {
    get(
        scope,
        session_expires_at,
        matches!(scope.vault(), Vault::Open { .. }),
    )
    .await
}
