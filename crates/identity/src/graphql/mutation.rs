//! How a person comes, stays and goes.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Plain, Refusal, caller};
use dreamtree_types::Actor;

use super::{
    Viewer,
    query::{current_viewer, identity},
};
use crate::{Credentials, Error, claim, session::Opened, sign_in, sign_out, terms, viewer, visit};

/// How the session's token reaches the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Plain)]
pub enum TokenDelivery {
    /// In a cookie that scripts cannot read; for browsers.
    #[default]
    Cookie,
    /// In the answer, to be sent as `Authorization: Bearer …`; for everything else.
    Bearer,
}

/// An address and a password.
#[derive(InputObject)]
pub struct CredentialsInput {
    /// The e-mail address; case and surrounding blanks do not matter.
    pub email: String,
    /// The password, 8 to 1024 bytes of any Unicode; every character matters.
    pub password: String,
}

/// An address and a password to sign in with.
#[derive(InputObject)]
pub struct SignInInput {
    /// The e-mail address; case and surrounding blanks do not matter.
    pub email: String,
    /// The password.
    pub password: String,
    /// Sign in although the caller has begun as an anonymous visitor, and leave that work behind.
    #[graphql(default)]
    pub leave_anonymous: bool,
}

/// A session has begun, or goes on.
#[derive(Debug, SimpleObject, Plain)]
pub struct SessionPayload {
    /// The session's token, if asked for with BEARER; null when the session was there already.
    pub token: Option<String>,
    /// The person.
    pub viewer: Viewer,
}

/// The work has an owner.
#[derive(Debug, SimpleObject, Plain)]
pub struct ClaimPayload {
    /// The new session's token, if asked for with BEARER; earlier sessions have ended.
    pub token: Option<String>,
    /// The owner.
    pub viewer: Viewer,
    /// Opens the private values should the password be lost. Shown this once and kept nowhere.
    pub recovery_code: String,
}

/// Which terms are accepted.
#[derive(InputObject)]
pub struct AcceptTermsInput {
    /// The version that was read; `viewer { pendingTerms }` names it.
    pub version: i32,
}

/// The terms are accepted.
#[derive(Debug, SimpleObject, Plain)]
pub struct AcceptTermsPayload {
    /// The person.
    pub viewer: Viewer,
}

/// The session has ended.
#[derive(Debug, SimpleObject, Plain)]
pub struct SignOutPayload {
    /// True when a session was ended, false when there was none.
    pub signed_out: bool,
}

/// What making or opening an account costs beside fields: so much that one operation has room for one of them.
const ALONE: usize = 2_500;

/// Identity's part of the mutation root.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Begins as an anonymous visitor: makes a person, a session, settings and a data key. A caller with a session keeps it.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn visit(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<SessionPayload> {
        let caller = caller(ctx)?;
        if let Actor::User { expires_at, .. } = caller.glance().await? {
            let viewer = viewer::current(&*caller.read().await?, expires_at).await?;
            return Ok(SessionPayload {
                token: None,
                viewer: viewer.into(),
            });
        }
        let (opened, viewer) = visit(caller.database()).await?;
        Ok(SessionPayload {
            token: hand_out(ctx, &opened, delivery)?,
            viewer: viewer.into(),
        })
    }

    /// Gives the caller's work an address and a password. Id and answers stay; the session gets a new token. A mail to the
    /// address has a link for `confirmEmail`; the answer is the same for an address that is somebody else's, and the mail
    /// says so then.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and the password to own the work with.")]
        input: CredentialsInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<ClaimPayload> {
        let caller = caller(ctx)?;
        caller.user().await?;
        let credentials = Credentials {
            email: input.email,
            password: input.password,
        };
        let claimed =
            claim::<Refusal>(identity(ctx)?, credentials, async || caller.write().await).await?;
        Ok(ClaimPayload {
            token: hand_out(ctx, &claimed.opened, delivery)?,
            viewer: claimed.viewer.into(),
            recovery_code: claimed.recovery.reveal(),
        })
    }

    /// Signs in on this device. An unknown address and a wrong password are refused alike.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and the password.")] input: SignInInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<SessionPayload> {
        let caller = caller(ctx)?;
        if !input.leave_anonymous && is_anonymous(caller).await? {
            return Err(Error::AnonymousWork.into());
        }
        let credentials = Credentials {
            email: input.email,
            password: input.password,
        };
        let (opened, viewer) = sign_in(caller.database(), identity(ctx)?, credentials).await?;
        Ok(SessionPayload {
            token: hand_out(ctx, &opened, delivery)?,
            viewer: viewer.into(),
        })
    }

    /// Accepts the terms. Again changes nothing; a version that is not the latest is refused.
    async fn accept_terms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is accepted.")] input: AcceptTermsInput,
    ) -> Answer<AcceptTermsPayload> {
        let scope = caller(ctx)?.write().await?;
        terms::accept(&scope, input.version).await?;
        Caller::commit(scope).await?;
        let viewer = current_viewer(ctx).await?.ok_or(Error::Gone)?;
        Ok(AcceptTermsPayload { viewer })
    }

    /// Ends the session of this device.
    async fn sign_out(&self, ctx: &Context<'_>) -> Answer<SignOutPayload> {
        let caller = caller(ctx)?;
        let Actor::User { session, .. } = caller.glance().await? else {
            return Ok(SignOutPayload { signed_out: false });
        };
        sign_out(Caller::write(caller).await?, session).await?;
        ctx.append_http_header("set-cookie", identity(ctx)?.cookie().clear());
        Ok(SignOutPayload { signed_out: true })
    }
}

/// True for somebody who has begun and not claimed their work. No transaction is held afterwards.
async fn is_anonymous(caller: &Caller) -> Answer<bool> {
    let anonymous = match caller.actor().await? {
        Actor::User { expires_at, .. } => {
            viewer::current(&*caller.read().await?, expires_at)
                .await?
                .anonymous
        }
        Actor::Visitor | Actor::Expired => false,
    };
    caller.let_go().await;
    Ok(anonymous)
}

/// Hands the token of a session to the client.
pub(super) fn hand_out(
    ctx: &Context<'_>,
    opened: &Opened,
    delivery: TokenDelivery,
) -> Answer<Option<String>> {
    let token = opened.token.reveal();
    if delivery == TokenDelivery::Bearer {
        return Ok(Some(String::clone(&token)));
    }
    ctx.append_http_header("set-cookie", identity(ctx)?.cookie().set(&token));
    Ok(None)
}
