//! The frame of every request: a transaction under row-level security, with the session looked up in it.

use std::sync::atomic::Ordering;

use axum::http::{HeaderMap, header};
use dreamtree_crypto::{DataKey, Method, SessionToken, hex, unwrap_key};
use sea_orm::sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction, query_as};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{App, refused::Refused};

const IDLE: Duration = Duration::days(30);

/// The session; with `$lock` it takes the person's lock too, but only once the session is found.
macro_rules! session {
    ($lock:literal) => {
        concat!(
            "SELECT s.last_seen_at, s.expires_at, k.generation, k.wrapped_key", $lock,
            " FROM sessions s LEFT JOIN user_keys k ON k.user_id = s.user_id AND k.session_id = s.id",
            " WHERE s.user_id = $1 AND s.token_hash = $2"
        )
    };
}

const SESSION: &str = session!("");
const SESSION_WITH_LOCK: &str = session!(", pg_advisory_xact_lock($3)");

type Session = (OffsetDateTime, OffsetDateTime, Option<i32>, Option<String>);

/// A transaction bound to the person whose session a request carries.
pub(crate) struct Frame<'a> {
    app: &'a App,
    transaction: Transaction<'static, Postgres>,
    token: SessionToken,
    user: Uuid,
    now: OffsetDateTime,
    generation: Option<i32>,
    wrapped_key: Option<String>,
}

impl<'a> Frame<'a> {
    /// One snapshot to read from.
    pub(crate) async fn read(app: &'a App, headers: &HeaderMap) -> Result<Self, Refused> {
        let token = token(headers).ok_or(Refused::Stranger)?;
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        let transaction = begun(app, begin, token.user()).await?;
        Self::found(app, transaction, token, None).await
    }

    /// A transaction to write in; one person's writes wait for each other.
    pub(crate) async fn write(app: &'a App, headers: &HeaderMap) -> Result<Self, Refused> {
        let token = token(headers).ok_or(Refused::Stranger)?;
        let transaction = begun(app, "BEGIN", token.user()).await?;
        let (high, low) = token.user().as_u64_pair();
        Self::found(app, transaction, token, Some((high ^ low).cast_signed())).await
    }

    async fn found(
        app: &'a App,
        mut transaction: Transaction<'static, Postgres>,
        token: SessionToken,
        lock: Option<i64>,
    ) -> Result<Self, Refused> {
        let (user, hash) = (token.user(), hex(&token.id_hash()));
        let statement = query_as(if lock.is_some() {
            SESSION_WITH_LOCK
        } else {
            SESSION
        });
        let statement = statement.bind(user).bind(hash);
        let statement = if let Some(lock) = lock {
            statement.bind(lock)
        } else {
            statement
        };
        app.statements.fetch_add(1, Ordering::Relaxed);
        let found: Option<Session> = statement.fetch_optional(&mut *transaction).await?;
        let (last_seen_at, expires_at, generation, wrapped_key) = found.ok_or(Refused::Stranger)?;
        let now = OffsetDateTime::now_utc();
        let now = now.replace_microsecond(now.microsecond())?;
        if expires_at <= now || last_seen_at + IDLE <= now {
            return Err(Refused::Stranger);
        }
        Ok(Self {
            app,
            transaction,
            token,
            user,
            now,
            generation,
            wrapped_key,
        })
    }

    /// Whose rows these are.
    pub(crate) const fn user(&self) -> Uuid {
        self.user
    }

    /// When the request came, in microseconds.
    pub(crate) const fn now(&self) -> OffsetDateTime {
        self.now
    }

    /// The person's data key, unwrapped now.
    pub(crate) fn key(&self) -> Option<DataKey> {
        let (generation, wrapped) = (self.generation?, self.wrapped_key.as_deref()?);
        unwrap_key(
            &self.token.kek(),
            wrapped,
            self.user,
            Method::Session,
            generation,
        )
        .ok()
    }

    /// For one statement, which is counted.
    pub(crate) fn statement(&mut self) -> &mut PgConnection {
        self.app.statements.fetch_add(1, Ordering::Relaxed);
        &mut self.transaction
    }

    /// Ends the transaction; what was written lasts.
    pub(crate) async fn commit(self) -> Result<(), Refused> {
        Ok(self.transaction.commit().await?)
    }
}

/// Begins and names the person, in one message, which the measured server does not count either.
async fn begun(
    app: &App,
    begin: &str,
    user: Uuid,
) -> Result<Transaction<'static, Postgres>, Refused> {
    let sql = format!("{begin}; SET LOCAL app.user_id = '{user}'");
    Ok(app.pool.begin_with(AssertSqlSafe(sql)).await?)
}

fn token(headers: &HeaderMap) -> Option<SessionToken> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    SessionToken::parse(value.strip_prefix("Bearer ")?).ok()
}
