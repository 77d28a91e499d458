//! One more event in a person's chain, in the transaction of what happened.

use dreamtree_database::Scope;
use dreamtree_types::{Instant, SessionId, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, FromQueryResult,
    IntoActiveModel, Statement, sea_query::OnConflict,
};

use crate::{
    chain,
    checkpoint::CHECKPOINTS,
    entity::{audit_events, audit_heads},
    event::Event,
};

/// Where a chain stands, and the newest checkpoint; one row, whether there is a chain or not.
const STAND: &str = "SELECT h.sequence, h.hash, \
    coalesce((SELECT max(l.sequence) FROM audit_log l WHERE l.kind = 'checkpoint'), 0) AS checkpoint \
    FROM (SELECT 1 AS one) o LEFT JOIN audit_heads h ON h.user_id = $1";

#[derive(FromQueryResult)]
struct Stand {
    sequence: Option<i32>,
    hash: Option<String>,
    checkpoint: i32,
}

/// Writes down what happened to the scope's person; three statements. What rolls back leaves no event behind.
pub async fn record(scope: &Scope, event: Event) -> Result<(), DbErr> {
    scope.share(CHECKPOINTS).await?;
    let by = Doer {
        user: scope.user(),
        session: event.began().or(scope.session()),
        now: scope.now(),
    };
    append(scope.connection(), by, event).await
}

/// The same on a transaction that is no scope, for which [`dreamtree_database::enter`] has named the person: for the
/// person who runs the server.
pub async fn record_on(
    connection: &impl ConnectionTrait,
    user: UserId,
    now: Instant,
    event: Event,
) -> Result<(), DbErr> {
    dreamtree_database::share(connection, CHECKPOINTS).await?;
    let by = Doer {
        user,
        session: None,
        now,
    };
    append(connection, by, event).await
}

struct Doer {
    user: UserId,
    session: Option<SessionId>,
    now: Instant,
}

async fn append(connection: &impl ConnectionTrait, by: Doer, event: Event) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    let asked = Statement::from_sql_and_values(backend, STAND, [by.user.into()]);
    let stand = Stand::find_by_statement(asked).one(connection).await?;
    let stand = stand.ok_or_else(|| DbErr::RecordNotFound("the head of a chain".to_owned()))?;
    let mut row = audit_events::Model {
        user_id: by.user,
        sequence: stand.sequence.unwrap_or_default() + 1,
        event: event.code().to_owned(),
        actor: event.by().as_str().to_owned(),
        session_id: by.session,
        detail: event.detail(),
        checkpoint: stand.checkpoint,
        occurred_at: by.now,
        hash: String::new(),
    };
    let before = stand.hash.as_deref().unwrap_or(chain::BEGINNING);
    row.hash = chain::of_event(before, &row);
    let head = audit_heads::ActiveModel {
        user_id: Set(by.user),
        sequence: Set(row.sequence),
        hash: Set(row.hash.clone()),
    };
    audit_events::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(connection)
        .await?;
    let moved = OnConflict::column(audit_heads::Column::UserId)
        .update_columns([audit_heads::Column::Sequence, audit_heads::Column::Hash])
        .to_owned();
    audit_heads::Entity::insert(head)
        .on_conflict(moved)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}
