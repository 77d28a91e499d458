//! Sessions: one per device, found by a token that only the device knows.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, Method, SessionToken, System, hex};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, SessionId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use time::Duration;

use crate::{
    Client, Error,
    entity::sessions::{ActiveModel, Column, Entity, Model},
    housekeeping,
    keyring::{self, Slot},
};

/// A session ends so long after it began.
pub(crate) const LIFETIME: Duration = Duration::days(365);

/// A session that is not used ends after so long.
pub(crate) const IDLE: Duration = Duration::days(30);

/// One device of a person.
pub(crate) type Session = Model;

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

/// How somebody came to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// They only came by.
    None,
    /// They have just proved who they are.
    Given,
}

impl Proof {
    fn at(self, now: Instant) -> Option<Instant> {
        (self == Self::Given).then_some(now)
    }
}

/// Begins a session and wraps the data key under its token.
pub(crate) async fn open(
    scope: &Scope,
    key: &DataKey,
    generation: i32,
    proof: Proof,
    client: &Client,
) -> Result<Opened, Error> {
    let opened = open_locked(scope, proof, client).await?;
    wrap(scope, opened.session, &opened.token, key, generation).await?;
    Ok(opened)
}

/// Begins a session that opens no vault.
pub(crate) async fn open_locked(
    scope: &Scope,
    proof: Proof,
    client: &Client,
) -> Result<Opened, Error> {
    let token = SessionToken::generate(scope.user().uuid(), &mut System)?;
    let session = SessionId::new();
    let expires_at = scope.now() + LIFETIME;
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(session),
        token_hash: Set(hex(&token.id_hash())),
        device: Set(client.device().map(str::to_owned)),
        authenticated_at: Set(proof.at(scope.now())),
        created_at: Set(scope.now()),
        last_seen_at: Set(scope.now()),
        expires_at: Set(expires_at),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(Opened {
        token,
        session,
        expires_at,
    })
}

/// Gives a session another token, which opens the vault; the one before opens nothing any more. The proof, if there is
/// one, is of now; without one the session keeps the time of the last.
pub(crate) async fn renew(
    scope: &Scope,
    session: SessionId,
    key: &DataKey,
    generation: i32,
    proof: Proof,
) -> Result<SessionToken, Error> {
    let token = SessionToken::generate(scope.user().uuid(), &mut System)?;
    let mut update = Entity::update_many()
        .col_expr(Column::TokenHash, Expr::value(hex(&token.id_hash())))
        .col_expr(Column::LastSeenAt, Expr::value(scope.now()));
    if let Some(now) = proof.at(scope.now()) {
        update = update.col_expr(Column::AuthenticatedAt, Expr::value(now));
    }
    update
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(session))
        .exec(scope.connection())
        .await?;
    keyring::take_from_session(scope, session).await?;
    wrap(scope, session, &token, key, generation).await?;
    Ok(token)
}

async fn wrap(
    scope: &Scope,
    session: SessionId,
    token: &SessionToken,
    key: &DataKey,
    generation: i32,
) -> Result<(), Error> {
    let slot = Slot {
        method: Method::Session,
        generation,
        session: Some(session),
    };
    keyring::insert(scope, slot, &token.kek(), key).await?;
    Ok(housekeeping::look_again(scope, scope.now() + housekeeping::SOON).await?)
}

/// The person's sessions that have not ended, the one that was used last first; one statement.
pub(crate) async fn all(scope: &Scope) -> Result<Vec<Session>, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::LastSeenAt)
        .order_by_desc(Column::Id);
    let mut sessions = scope.gather(mine).await?;
    sessions.retain(|session| is_running(session, scope.now()));
    Ok(sessions)
}

/// Whether a session has not ended by this time.
pub(crate) fn is_running(session: &Session, now: Instant) -> bool {
    now < ends_at(session)
}

/// When a session ends if it is not used again.
pub(crate) fn ends_at(session: &Session) -> Instant {
    session.expires_at.min(session.last_seen_at + IDLE)
}

/// Ends all sessions of a person, or all but one; their wraps of the data key go with them. How many there were. Whoever
/// calls it writes down why.
pub(crate) async fn end_all(scope: &Scope, but: Option<SessionId>) -> Result<usize, DbErr> {
    let mut delete = Entity::delete_many().filter(Column::UserId.eq(scope.user()));
    if let Some(session) = but {
        delete = delete.filter(Column::Id.ne(session));
    }
    let gone = delete.exec(scope.connection()).await?;
    Ok(usize::try_from(gone.rows_affected).unwrap_or(usize::MAX))
}

/// Ends one session of the person; one that is not theirs is not there.
pub(crate) async fn end(scope: &Scope, session: SessionId) -> Result<(), Error> {
    let gone = Entity::delete_by_id((scope.user(), session))
        .exec(scope.connection())
        .await?;
    if gone.rows_affected == 0 {
        return Err(Error::NoSession);
    }
    let event = if scope.session() == Some(session) {
        Event::SignedOut
    } else {
        Event::SessionEnded(session)
    };
    Ok(audit::record(scope, event).await?)
}

/// Ends all sessions of the person but the one that asks. How many there were.
pub(crate) async fn end_others(scope: &Scope) -> Result<usize, Error> {
    let ended = end_all(scope, scope.session()).await?;
    if ended > 0 {
        audit::record(scope, Event::SessionsEnded).await?;
    }
    Ok(ended)
}

/// Ends all sessions of the person, the one that asks included. How many there were.
pub(crate) async fn end_every(scope: &Scope) -> Result<usize, Error> {
    let others = end_others(scope).await?;
    let own = end_all(scope, None).await?;
    audit::record(scope, Event::SignedOut).await?;
    Ok(others + own)
}

/// Ends one session, which may have ended by now.
pub async fn sign_out(scope: Scope, session: SessionId) -> Result<(), Error> {
    Entity::delete_by_id((scope.user(), session))
        .exec(scope.connection())
        .await?;
    audit::record(&scope, Event::SignedOut).await?;
    Ok(scope.commit().await?)
}
