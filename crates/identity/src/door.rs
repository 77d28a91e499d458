//! From a session's token to the rows of its person, in one statement; in two for whoever has had more than one data key.

use std::sync::Arc;

use async_trait::async_trait;
use dreamtree_api::{Answer, Door, Entered};
use dreamtree_crypto::{DataKey, Method, SessionToken, hex, unwrap_earlier, unwrap_key};
use dreamtree_database::{Database, Earlier, LOCKED, Scope, Vault};
use dreamtree_types::{Actor, Instant, Role, SessionId, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    Statement, sea_query::Expr,
};
use time::Duration;

use crate::{
    Error,
    entity::{sessions, user_earlier_keys},
    keyring, operator,
    session::IDLE,
};

/// A session that is in use says so once in this time.
const TOUCH: Duration = Duration::minutes(5);

/// After so long without use the vault closes, unless the configuration says otherwise.
pub const VAULT_IDLE: Duration = Duration::hours(12);

/// The door of this server: sessions as the database holds them.
#[derive(Clone, Copy, Debug)]
pub struct Sessions {
    /// After how long without use the vault of a session closes. The session itself goes on.
    pub vault_idle: Duration,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            vault_idle: VAULT_IDLE,
        }
    }
}

#[async_trait]
impl Door for Sessions {
    async fn read(&self, database: &Database, token: &str) -> Answer<Entered> {
        Ok(self.to_read(database, token).await?)
    }

    async fn write(&self, database: &Database, token: &str) -> Answer<Entered> {
        Ok(self.to_write(database, token).await?)
    }

    async fn role(&self, scope: &Scope) -> Answer<Role> {
        Ok(operator::role(scope).await.map_err(Error::from)?)
    }
}

#[derive(FromQueryResult)]
struct Found {
    id: SessionId,
    last_seen_at: Instant,
    expires_at: Instant,
    authenticated_at: Option<Instant>,
    generation: Option<i32>,
    wrapped_key: Option<String>,
    locked: bool,
    /// The sealed keys of earlier generations: those that open others first.
    #[sea_orm(skip)]
    earlier: Vec<user_earlier_keys::Model>,
}

/// The session; `{locked}` says whether the person's lock is held.
const FIND: &str = "SELECT s.id, s.last_seen_at, s.expires_at, s.authenticated_at, k.generation, k.wrapped_key, \
    {locked} AS locked \
    FROM sessions s LEFT JOIN user_keys k ON k.user_id = s.user_id AND k.session_id = s.id \
    WHERE s.user_id = $1 AND s.token_hash = $2";

/// A snapshot to read from, in which the session was found, at a door with the usual clocks.
pub async fn to_read(database: &Database, token: &str) -> Result<Entered, Error> {
    Sessions::default().to_read(database, token).await
}

/// A transaction to write in, in which the session was found, at a door with the usual clocks.
pub async fn to_write(database: &Database, token: &str) -> Result<Entered, Error> {
    Sessions::default().to_write(database, token).await
}

impl Sessions {
    /// A snapshot to read from, in which the session was found.
    async fn to_read(self, database: &Database, token: &str) -> Result<Entered, Error> {
        let Ok(token) = SessionToken::parse(token) else {
            return Ok(expired());
        };
        let scope = Scope::read(database, user_of(&token)).await?;
        let Some(found) = find(&scope, &token, false).await? else {
            return Ok(expired());
        };
        if !found.is_stale(&scope) {
            return Ok(found.entered(scope, &token));
        }
        // A write beside an open snapshot would hold two connections of one pool; many at once would wait for ever.
        drop(scope);
        let scope = Scope::write(database, user_of(&token)).await?;
        self.touch(&scope, &found).await?;
        scope.commit().await?;
        let scope = Scope::read(database, user_of(&token)).await?;
        // Whoever wrote in the meantime may have ended the session.
        Ok(match find(&scope, &token, false).await? {
            Some(again) => again.entered(scope, &token),
            None => expired(),
        })
    }

    /// A transaction to write in, in which the session was found. Whoever has no session never holds the person's lock.
    async fn to_write(self, database: &Database, token: &str) -> Result<Entered, Error> {
        let Ok(token) = SessionToken::parse(token) else {
            return Ok(expired());
        };
        let mut scope = Scope::trying(database, user_of(&token)).await?;
        let Some(mut found) = find(&scope, &token, true).await? else {
            return Ok(expired());
        };
        if !found.locked {
            // Whoever holds the lock may end the session, and must not wait for this transaction to do it.
            drop(scope);
            scope = Scope::write(database, user_of(&token)).await?;
            match find(&scope, &token, false).await? {
                Some(again) => found = again,
                None => return Ok(expired()),
            }
        }
        if found.is_stale(&scope) && self.touch(&scope, &found).await? {
            found.wrapped_key = None;
        }
        Ok(found.entered(scope, &token))
    }

    /// Notes that a session is in use; at most once in five minutes. True when its vault was not used for so long that
    /// it closes.
    async fn touch(self, scope: &Scope, found: &Found) -> Result<bool, DbErr> {
        let since = scope.now() - self.vault_idle;
        let closes = found.authenticated_at.is_some() && found.last_seen_at <= since;
        if closes {
            // Another request may have been here first, and the vault be open again: the statement looks once more.
            keyring::take_from_idle(scope, Some(found.id), since).await?;
        }
        sessions::Entity::update_many()
            .col_expr(sessions::Column::LastSeenAt, Expr::value(scope.now()))
            .filter(sessions::Column::UserId.eq(scope.user()))
            .filter(sessions::Column::Id.eq(found.id))
            .exec(scope.connection())
            .await?;
        Ok(closes)
    }
}

fn user_of(token: &SessionToken) -> UserId {
    UserId::from(token.user())
}

const fn expired() -> Entered {
    Entered {
        actor: Actor::Expired,
        scope: None,
    }
}

/// The session of this token, unless it has ended.
async fn find(scope: &Scope, token: &SessionToken, tried: bool) -> Result<Option<Found>, DbErr> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let values = [scope.user().into(), hex(&token.id_hash()).into()];
    let asks = tried && backend == DbBackend::Postgres;
    let sql = FIND.replace("{locked}", if asks { LOCKED } else { "TRUE" });
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let found = Found::find_by_statement(statement).one(connection).await?;
    let now = scope.now();
    let found = found.filter(|found| now < found.expires_at && now < found.last_seen_at + IDLE);
    let Some(mut found) = found else {
        return Ok(None);
    };
    // Somebody's first data key has none before it: the usual look-up is one statement.
    if found.generation.is_some_and(|generation| generation > 1) {
        found.earlier = keyring::earlier(scope).await?;
    }
    Ok(Some(found))
}

impl Found {
    fn is_stale(&self, scope: &Scope) -> bool {
        self.last_seen_at + TOUCH <= scope.now()
    }

    fn entered(self, scope: Scope, token: &SessionToken) -> Entered {
        let actor = Actor::User {
            user: scope.user(),
            session: self.id,
            expires_at: self.expires_at,
            authenticated_at: self.authenticated_at,
        };
        let scope = scope.with_session(self.id);
        let vault = self.vault(token, scope.user());
        Entered {
            actor,
            scope: Some(scope.with_vault(vault)),
        }
    }

    fn vault(self, token: &SessionToken, user: UserId) -> Vault {
        let (Some(wrapped), Some(generation)) = (self.wrapped_key, self.generation) else {
            return Vault::Locked;
        };
        let opened = unwrap_key(
            &token.kek(),
            &wrapped,
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
                earlier: unlocked(user, (generation, &key), &self.earlier),
                key: Arc::new(key),
                generation,
            },
        )
    }
}

/// The keys of earlier generations that this one opens, and those that they open in turn.
fn unlocked(
    user: UserId,
    (generation, key): (i32, &DataKey),
    rows: &[user_earlier_keys::Model],
) -> Arc<[Earlier]> {
    let mut known: Vec<Earlier> = Vec::new();
    for row in rows {
        let opener = if row.opened_by == generation {
            Some(key)
        } else {
            let one = known.iter().find(|one| one.generation == row.opened_by);
            one.map(|one| &one.key)
        };
        // What nothing at hand opens waits for the key of its opener.
        let Some(opener) = opener else { continue };
        let earlier = row.generation;
        if let Ok(key) = unwrap_earlier(opener, &row.wrapped_key, user.uuid(), earlier) {
            known.push(Earlier {
                generation: earlier,
                key,
            });
        } else {
            tracing::warn!("the data key of an earlier generation does not open");
        }
    }
    known.into()
}
