//! From a session's token to the rows of its person, in one statement.

use std::{iter::once, sync::Arc};

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

use crate::{Error, entity::sessions};

const IDLE: Duration = Duration::days(30);
const TOUCH: Duration = Duration::minutes(5);

/// The door of this server: sessions as the database holds them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sessions;

#[async_trait]
impl Door for Sessions {
    async fn read(&self, database: &Database, token: &str) -> Answer<Entered> {
        Ok(to_read(database, token).await?)
    }

    async fn write(&self, database: &Database, token: &str) -> Answer<Entered> {
        Ok(to_write(database, token).await?)
    }
}

#[derive(FromQueryResult)]
struct Found {
    id: SessionId,
    last_seen_at: Instant,
    expires_at: Instant,
    generation: Option<i32>,
    wrapped_key: Option<String>,
    operator: bool,
    locked: bool,
    #[sea_orm(nested)]
    earlier: Former,
    #[sea_orm(skip)]
    former: Vec<Former>,
}

/// The sealed key of an earlier generation, if the row has one.
#[derive(FromQueryResult)]
struct Former {
    earlier_generation: Option<i32>,
    opened_by: Option<i32>,
    earlier_key: Option<String>,
}

/// The session, once for each key of an earlier generation that was unlocked again: those that open others first.
/// `{locked}` says whether the person's lock is held.
const FIND: &str = "SELECT s.id, s.last_seen_at, s.expires_at, k.generation, k.wrapped_key, \
    EXISTS (SELECT 1 FROM operators o WHERE o.user_id = s.user_id) AS operator, {locked} AS locked, \
    e.generation AS earlier_generation, e.opened_by, e.wrapped_key AS earlier_key \
    FROM sessions s LEFT JOIN user_keys k ON k.user_id = s.user_id AND k.session_id = s.id \
    LEFT JOIN user_earlier_keys e ON e.user_id = s.user_id \
    WHERE s.user_id = $1 AND s.token_hash = $2 ORDER BY e.opened_by DESC";

/// A snapshot to read from, in which the session was found.
pub async fn to_read(database: &Database, token: &str) -> Result<Entered, Error> {
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
    touch(&scope, found.id).await?;
    scope.commit().await?;
    let scope = Scope::read(database, user_of(&token)).await?;
    // Whoever wrote in the meantime may have ended the session.
    Ok(match find(&scope, &token, false).await? {
        Some(again) => again.entered(scope, &token),
        None => expired(),
    })
}

/// A transaction to write in, in which the session was found. Whoever has no session never holds the person's lock.
pub async fn to_write(database: &Database, token: &str) -> Result<Entered, Error> {
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
    if found.is_stale(&scope) {
        touch(&scope, found.id).await?;
    }
    Ok(found.entered(scope, &token))
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
    let mut rows = Found::find_by_statement(statement)
        .all(connection)
        .await?
        .into_iter();
    let found = rows.next().map(|mut first| {
        first.former.extend(rows.map(|row| row.earlier));
        first
    });
    let now = scope.now();
    Ok(found.filter(|found| now < found.expires_at && now < found.last_seen_at + IDLE))
}

/// Notes that a session is in use; at most once in five minutes.
async fn touch(scope: &Scope, session: SessionId) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::LastSeenAt, Expr::value(scope.now()))
        .filter(sessions::Column::UserId.eq(scope.user()))
        .filter(sessions::Column::Id.eq(session))
        .exec(scope.connection())
        .await?;
    Ok(())
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
            role: Role::of(self.operator),
        };
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
                earlier: unlocked(
                    user,
                    (generation, &key),
                    once(&self.earlier).chain(&self.former),
                ),
                key: Arc::new(key),
                generation,
            },
        )
    }
}

/// The keys of earlier generations that this one opens, and those that they open in turn.
fn unlocked<'a>(
    user: UserId,
    (generation, key): (i32, &DataKey),
    rows: impl Iterator<Item = &'a Former>,
) -> Arc<[Earlier]> {
    let mut known: Vec<Earlier> = Vec::new();
    for row in rows {
        let (Some(earlier), Some(by), Some(wrapped)) =
            (row.earlier_generation, row.opened_by, &row.earlier_key)
        else {
            continue;
        };
        let opener = if by == generation {
            Some(key)
        } else {
            let one = known.iter().find(|one| one.generation == by);
            one.map(|one| &one.key)
        };
        // What nothing at hand opens waits for the key of its opener.
        let Some(opener) = opener else { continue };
        if let Ok(key) = unwrap_earlier(opener, wrapped, user.uuid(), earlier) {
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
