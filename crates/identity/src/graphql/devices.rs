//! Sessions and the vault of this one, at the edge.

use async_graphql::{Context, InputObject, Object, OneofObject, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, UNPAGED, caller};
use dreamtree_types::{Actor, SessionId};
use time::OffsetDateTime;

use super::{
    VaultState, Viewer,
    mutation::{SessionPayload, TokenDelivery, hand_out},
    query::{client, identity},
};
use crate::{
    Error,
    session::{self, Opened, ends_at},
    unlock::{self, Opener},
    viewer,
};

/// One device on which somebody is signed in.
#[derive(Debug, SimpleObject, Plain)]
pub struct Session {
    /// The session; `endSession` takes it.
    pub id: Gid<SessionId>,
    /// The kind of device in a few words, such as "Firefox on Linux"; null for what is no known browser.
    pub device: Option<String>,
    /// True for the session that asks.
    pub current: bool,
    /// When it began.
    pub started_at: OffsetDateTime,
    /// When it was last used, give or take five minutes.
    pub last_seen_at: OffsetDateTime,
    /// When the person last proved in it who they are; null for a visitor, who cannot.
    pub authenticated_at: Option<OffsetDateTime>,
    /// When it ends if it is not used again: 30 days after its last use, and a year after it began at the latest.
    pub expires_at: OffsetDateTime,
}

/// A session to end.
#[derive(InputObject)]
pub struct EndSessionInput {
    /// One of the caller's `sessions`.
    pub id: Gid<SessionId>,
}

/// Sessions have ended.
#[derive(Debug, SimpleObject, Plain)]
pub struct EndSessionsPayload {
    /// How many.
    pub ended: usize,
}

/// The vault of this session is locked.
#[derive(Debug, SimpleObject, Plain)]
pub struct LockVaultPayload {
    /// LOCKED.
    pub vault: VaultState,
}

/// What opens the vault: one of them.
#[derive(OneofObject)]
pub enum UnlockVaultInput {
    /// The password that the caller signs in with.
    Password(String),
    /// The code that `claim` has shown; case, blanks and hyphens do not matter.
    RecoveryCode(String),
}

/// The proof of who asks.
#[derive(InputObject)]
pub struct AuthenticateAgainInput {
    /// The password that the caller signs in with.
    pub password: String,
}

/// What can be asked about sessions.
#[derive(Clone, Copy, Debug, Default)]
pub struct DevicesQuery;

#[Object]
impl DevicesQuery {
    /// The caller's sessions, one for each device, the one that was used last first.
    #[graphql(complexity = "UNPAGED * child_complexity + 1")]
    async fn sessions(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Session>>> {
        let caller = caller(ctx)?;
        let (actor, scope) = (caller.actor().await?, caller.read().await?);
        let sessions = session::all(&scope).await.map_err(Error::from)?;
        let show = |one| Session::of(one, actor);
        Ok(Ready(sessions.into_iter().map(show).collect()))
    }
}

/// What password work costs beside fields: so much that one operation has room for one of it.
const ALONE: usize = 2_500;

/// What can be done with sessions.
#[derive(Clone, Copy, Debug, Default)]
pub struct DevicesMutation;

#[Object]
impl DevicesMutation {
    /// Ends one of the caller's sessions, this one included. Its token opens nothing any more.
    async fn end_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: EndSessionInput,
    ) -> Answer<Ready<EndSessionsPayload>> {
        let (actor, scope) = caller(ctx)?.write_in_session().await?;
        session::end(&scope, input.id.0).await?;
        Caller::commit(scope).await?;
        if actor.session() == Some(input.id.0) {
            ctx.append_http_header("set-cookie", identity(ctx)?.cookie().clear());
        }
        Ok(Ready(EndSessionsPayload { ended: 1 }))
    }

    /// Ends all of the caller's sessions but this one.
    async fn end_other_sessions(&self, ctx: &Context<'_>) -> Answer<Ready<EndSessionsPayload>> {
        let scope = caller(ctx)?.write().await?;
        let ended = session::end_others(&scope).await?;
        Caller::commit(scope).await?;
        Ok(Ready(EndSessionsPayload { ended }))
    }

    /// Ends all of the caller's sessions, this one included. What a visitor has written is lost by it.
    async fn end_all_sessions(&self, ctx: &Context<'_>) -> Answer<Ready<EndSessionsPayload>> {
        let scope = caller(ctx)?.write().await?;
        let ended = session::end_every(&scope).await?;
        Caller::commit(scope).await?;
        ctx.append_http_header("set-cookie", identity(ctx)?.cookie().clear());
        Ok(Ready(EndSessionsPayload { ended }))
    }

    /// Locks the vault of this session now: private values show as LOCKED and cannot be written until `unlockVault`.
    /// Refused with `NOT_CLAIMED` for a visitor, who could not open it again.
    async fn lock_vault(&self, ctx: &Context<'_>) -> Answer<Ready<LockVaultPayload>> {
        let (actor, scope) = caller(ctx)?.write_in_session().await?;
        unlock::lock(&scope, actor).await?;
        Caller::commit(scope).await?;
        let vault = VaultState::Locked;
        Ok(Ready(LockVaultPayload { vault }))
    }

    /// Opens the vault of this session. The session goes on under a new token; the one before opens nothing any more.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn unlock_vault(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What opens it.")] input: UnlockVaultInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<SessionPayload> {
        let opener = match input {
            UnlockVaultInput::Password(password) => Opener::Password(password),
            UnlockVaultInput::RecoveryCode(code) => Opener::Recovery(code),
        };
        let unlocked = unlock::unlock(identity(ctx)?, caller(ctx)?, client(ctx), opener).await?;
        renewed(ctx, unlocked, delivery)
    }

    /// Proves who asks, which the next fifteen minutes count on: what could take the account away from its owner is
    /// refused without it (`FRESH_AUTHENTICATION_REQUIRED`). The vault opens as well. The session goes on under a new
    /// token; the one before opens nothing any more.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn authenticate_again(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proof.")] input: AuthenticateAgainInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<SessionPayload> {
        let (identity, caller) = (identity(ctx)?, caller(ctx)?);
        let proved = unlock::authenticate(identity, caller, client(ctx), input.password).await?;
        renewed(ctx, proved, delivery)
    }
}

fn renewed(
    ctx: &Context<'_>,
    (opened, viewer): (Opened, viewer::Viewer),
    delivery: TokenDelivery,
) -> Answer<SessionPayload> {
    Ok(SessionPayload {
        token: hand_out(ctx, &opened.token, delivery)?,
        device_token: None,
        viewer: Viewer::from(viewer),
    })
}

impl Session {
    fn of(session: session::Session, asks: Actor) -> Self {
        Self {
            current: asks.session() == Some(session.id),
            expires_at: ends_at(&session),
            id: Gid(session.id),
            device: session.device,
            started_at: session.created_at,
            last_seen_at: session.last_seen_at,
            authenticated_at: session.authenticated_at,
        }
    }
}
