//! How a person comes, stays and goes.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Plain, Refusal, caller};
use dreamtree_crypto::{DeviceToken, SessionToken};
use dreamtree_types::Actor;
use time::OffsetDateTime;

use super::{
    Viewer,
    consent::settle,
    query::{client, current_viewer, identity},
};
use crate::{
    Challenge, Credentials, Entry, Error, SignedIn, claim,
    limit::{self, Account, Act},
    second_factor, sign_in, sign_out, terms, viewer, visit,
};

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
    /// What an earlier sign-in of this device has answered as `deviceToken`; browsers send a cookie instead. A device
    /// that is known is not slowed by strangers who try the same address.
    pub device_token: Option<String>,
    /// Sign in although the caller has begun as an anonymous visitor, and leave that work behind.
    #[graphql(default)]
    pub leave_anonymous: bool,
}

/// A session has begun, or goes on.
#[derive(Debug, SimpleObject, Plain)]
pub struct SessionPayload {
    /// The session's token, if asked for with BEARER; null when the session was there already.
    pub token: Option<String>,
    /// What this device sends with its next `signIn`, if asked for with BEARER after a sign-in; else null. It lets nobody
    /// in.
    pub device_token: Option<String>,
    /// The person.
    pub viewer: Viewer,
}

/// Somebody is back, or has yet to show their second factor.
#[derive(Debug, SimpleObject, Plain)]
pub struct SignInPayload {
    /// The session's token, if asked for with BEARER; null while a challenge waits.
    pub token: Option<String>,
    /// What this device sends with its next `signIn`, if asked for with BEARER; else null. It lets nobody in.
    pub device_token: Option<String>,
    /// The person; null while a challenge waits.
    pub viewer: Option<Viewer>,
    /// Waits for a code of the second factor, which `completeSignIn` takes; null when the session has begun.
    pub challenge: Option<SignInChallenge>,
}

/// A sign-in that waits for its second factor. There is no session yet.
#[derive(Debug, SimpleObject, Plain)]
pub struct SignInChallenge {
    /// What `completeSignIn` takes beside the code. Good for one sign-in and for five codes.
    pub token: String,
    /// When it is too late: five minutes after the password.
    pub expires_at: OffsetDateTime,
}

/// A code for a sign-in that waits.
#[derive(InputObject)]
pub struct CompleteSignInInput {
    /// The `token` of the challenge.
    pub challenge: String,
    /// Six digits that the phone shows, or a backup code; blanks and hyphens do not count.
    pub code: String,
    /// As in `signIn`.
    pub device_token: Option<String>,
}

/// The work has an owner.
#[derive(Debug, SimpleObject, Plain)]
pub struct ClaimPayload {
    /// The new session's token, if asked for with BEARER; earlier sessions have ended.
    pub token: Option<String>,
    /// What this device sends with its next `signIn`, if asked for with BEARER; else null. It lets nobody in.
    pub device_token: Option<String>,
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
pub(super) const ALONE: usize = 2_500;

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
                device_token: None,
                viewer: viewer.into(),
            });
        }
        let (database, client) = (caller.database(), client(ctx));
        limit::check(
            database,
            identity(ctx)?,
            Act::Visit,
            Account::Nobody,
            client,
        )
        .await?;
        let (opened, viewer) = visit(database, client).await?;
        Ok(SessionPayload {
            token: hand_out(ctx, &opened.token, delivery)?,
            device_token: None,
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
        let (database, client) = (caller.database(), client(ctx));
        let begin = async || caller.write().await;
        let claimed =
            claim::<Refusal>(database, identity(ctx)?, client, credentials, begin).await?;
        Ok(ClaimPayload {
            token: hand_out(ctx, &claimed.opened.token, delivery)?,
            device_token: mark(ctx, &claimed.device, delivery)?,
            viewer: claimed.viewer.into(),
            recovery_code: claimed.recovery.reveal(),
        })
    }

    /// Signs in on this device, or asks for the second factor of somebody who has one. An unknown address and a wrong
    /// password are refused alike. Too many tries are refused with `RATE_LIMITED`.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and the password.")] input: SignInInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<SignInPayload> {
        let caller = caller(ctx)?;
        if !input.leave_anonymous && is_anonymous(caller).await? {
            return Err(Error::AnonymousWork.into());
        }
        let credentials = Credentials {
            email: input.email,
            password: input.password,
        };
        let device = input.device_token.as_deref();
        let client = client(ctx).known_by(device);
        let signed = sign_in(caller.database(), identity(ctx)?, &client, credentials).await?;
        match signed {
            SignedIn::In(entry) => {
                let session = entered(ctx, *entry, delivery)?;
                Ok(SignInPayload {
                    token: session.token,
                    device_token: session.device_token,
                    viewer: Some(session.viewer),
                    challenge: None,
                })
            }
            SignedIn::Challenged(challenge) => Ok(SignInPayload {
                token: None,
                device_token: None,
                viewer: None,
                challenge: Some(challenge.into()),
            }),
        }
    }

    /// Ends a sign-in that waits for its second factor: the session begins. A wrong code is refused with
    /// `CODE_REFUSED`; after five of them, or five minutes, with `CHALLENGE_EXPIRED`.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn complete_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The challenge and the code.")] input: CompleteSignInInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<SessionPayload> {
        let client = client(ctx).known_by(input.device_token.as_deref());
        let (database, identity) = (caller(ctx)?.database(), identity(ctx)?);
        let (challenge, code) = (&input.challenge, &input.code);
        let entry = second_factor::complete(database, identity, &client, challenge, code).await?;
        entered(ctx, entry, delivery)
    }

    /// Accepts the terms. Again changes nothing; a version that is not the latest gets `CONFLICT` and shows which one is.
    async fn accept_terms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is accepted.")] input: AcceptTermsInput,
    ) -> Answer<AcceptTermsPayload> {
        let scope = caller(ctx)?.write().await?;
        let seen = terms::accept(&scope, input.version).await?;
        settle(ctx, scope, seen).await?;
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
pub(super) async fn is_anonymous(caller: &Caller) -> Answer<bool> {
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

/// Tells somebody who is in so.
pub(super) fn entered(
    ctx: &Context<'_>,
    entry: Entry,
    delivery: TokenDelivery,
) -> Answer<SessionPayload> {
    Ok(SessionPayload {
        token: hand_out(ctx, &entry.opened.token, delivery)?,
        device_token: mark(ctx, &entry.device, delivery)?,
        viewer: entry.viewer.into(),
    })
}

/// Gives a session's token to the client: in a cookie, or as what is returned.
pub(super) fn hand_out(
    ctx: &Context<'_>,
    token: &SessionToken,
    delivery: TokenDelivery,
) -> Answer<Option<String>> {
    let token = token.reveal();
    if delivery == TokenDelivery::Bearer {
        return Ok(Some(token));
    }
    ctx.append_http_header("set-cookie", identity(ctx)?.cookie().set(&token));
    Ok(None)
}

/// Marks a device as one that is known.
fn mark(
    ctx: &Context<'_>,
    device: &DeviceToken,
    delivery: TokenDelivery,
) -> Answer<Option<String>> {
    let token = device.reveal();
    if delivery == TokenDelivery::Bearer {
        return Ok(Some(token));
    }
    ctx.append_http_header("set-cookie", identity(ctx)?.cookie().mark(&token));
    Ok(None)
}

impl From<Challenge> for SignInChallenge {
    fn from(challenge: Challenge) -> Self {
        Self {
            token: challenge.token.reveal(),
            expires_at: challenge.expires_at,
        }
    }
}
