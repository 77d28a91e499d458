//! Sessions: one per device, found by a token that only the device knows.

use std::sync::Arc;

use dreamtree_crypto::{DataKey, Kek, Method, SessionToken, System, hex, unwrap_key};
use dreamtree_database::{Database, Scope, Vault};
use dreamtree_types::{Actor, Instant, SessionId, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, Statement, sea_query::Expr,
};
use time::Duration;

use crate::{
    Error,
    entity::sessions,
    keyring::{self, Slot},
};

const IDLE: Duration = Duration::days(30);
const LIFETIME: Duration = Duration::days(365);
const TOUCH: Duration = Duration::minutes(5);

/// What a token is good for.
#[derive(Debug)]
pub struct Authenticated {
    /// Who asks.
    pub actor: Actor,
    /// Their data key, if the session can open it.
    pub vault: Vault,
    /// The snapshot in which the session was found, good for the rest of a query.
    pub scope: Option<Scope>,
}

impl Authenticated {
    fn expired() -> Self {
        Self {
            actor: Actor::Expired,
            vault: Vault::Locked,
            scope: None,
        }
    }
}

/// A new session: the token goes to the device and is kept nowhere else.
#[derive(Debug)]
pub struct Opened {
    /// The token.
    pub token: SessionToken,
    /// The session.
    pub session: SessionId,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

#[derive(FromQueryResult)]
struct Found {
    id: SessionId,
    last_seen_at: Instant,
    expires_at: Instant,
    is_anonymous: bool,
    generation: Option<i32>,
    wrapped_key: Option<String>,
}

const FIND: &str = "SELECT s.id, s.last_seen_at, s.expires_at, u.is_anonymous, k.generation, k.wrapped_key \
    FROM sessions s JOIN users u ON u.id = s.user_id \
    LEFT JOIN user_keys k ON k.user_id = s.user_id AND k.session_id = s.id \
    WHERE s.user_id = $1 AND s.token_hash = $2";

/// Finds out who a token stands for, in one statement. Unknown, revoked and expired tokens look alike.
pub async fn authenticate(database: &Database, token: &str) -> Result<Authenticated, Error> {
    let Ok(token) = SessionToken::parse(token) else {
        return Ok(Authenticated::expired());
    };
    let user = UserId::from(token.user());
    let scope = Scope::read(database, user).await?;
    let Some(found) = find(&scope, &token).await? else {
        return Ok(Authenticated::expired());
    };
    let now = scope.now();
    if found.expires_at <= now || found.last_seen_at + IDLE <= now {
        return Ok(Authenticated::expired());
    }
    // A write beside an open snapshot would hold two connections of one pool; many at once would wait for ever.
    let scope = if found.last_seen_at + TOUCH <= now {
        drop(scope);
        touch(database, user, found.id).await?;
        None
    } else {
        Some(scope)
    };
    let actor = Actor::User {
        user,
        session: found.id,
        anonymous: found.is_anonymous,
        expires_at: found.expires_at,
    };
    Ok(Authenticated {
        actor,
        vault: open_vault(&token, user, &found),
        scope,
    })
}

async fn find(scope: &Scope, token: &SessionToken) -> Result<Option<Found>, DbErr> {
    let connection = scope.connection();
    let values = [scope.user().into(), hex(&token.id_hash()).into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), FIND, values);
    Found::find_by_statement(statement).one(connection).await
}

fn open_vault(token: &SessionToken, user: UserId, found: &Found) -> Vault {
    let (Some(wrapped), Some(generation)) = (&found.wrapped_key, found.generation) else {
        return Vault::Locked;
    };
    let opened = unwrap_key(
        &token.kek(),
        wrapped,
        user.uuid(),
        Method::Session,
        generation,
    );
    opened.map_or_else(
        |_| {
            tracing::warn!("a session's data key does not open");
            Vault::Locked
        },
        |key| Vault::Open {
            key: Arc::new(key),
            generation,
        },
    )
}

/// Notes that a session is in use; the caller does so at most once in five minutes.
async fn touch(database: &Database, user: UserId, session: SessionId) -> Result<(), DbErr> {
    let scope = Scope::write(database, user).await?;
    sessions::Entity::update_many()
        .col_expr(sessions::Column::LastSeenAt, Expr::value(scope.now()))
        .filter(sessions::Column::UserId.eq(user))
        .filter(sessions::Column::Id.eq(session))
        .exec(scope.connection())
        .await?;
    scope.commit().await
}

/// Begins a session and wraps the data key under its token.
pub(crate) async fn open(scope: &Scope, key: &DataKey, generation: i32) -> Result<Opened, Error> {
    let token = SessionToken::generate(scope.user().uuid(), &mut System)?;
    let session = SessionId::new();
    let expires_at = scope.now() + LIFETIME;
    let row = sessions::ActiveModel {
        user_id: Set(scope.user()),
        id: Set(session),
        token_hash: Set(hex(&token.id_hash())),
        created_at: Set(scope.now()),
        last_seen_at: Set(scope.now()),
        expires_at: Set(expires_at),
    };
    sessions::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    let kek: Kek = token.kek();
    let slot = Slot {
        method: Method::Session,
        generation,
        session: Some(session),
    };
    keyring::insert(scope, slot, &kek, key).await?;
    Ok(Opened {
        token,
        session,
        expires_at,
    })
}

/// Ends all sessions of a person; their wraps of the data key go with them.
pub(crate) async fn end_all(scope: &Scope) -> Result<(), DbErr> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Ends one session.
pub async fn sign_out(scope: Scope, session: SessionId) -> Result<(), Error> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::UserId.eq(scope.user()))
        .filter(sessions::Column::Id.eq(session))
        .exec(scope.connection())
        .await?;
    Ok(scope.commit().await?)
}
