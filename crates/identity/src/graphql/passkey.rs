//! Passkeys at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, address, caller};
use dreamtree_types::PasskeyId;
use time::{Date, OffsetDateTime};

use super::{
    Viewer,
    holder::holder,
    mutation::{ALONE, TokenDelivery, entered, is_anonymous},
    query::{client, identity},
};
use crate::{
    Error, fresh,
    passkey::{self, Registration},
};

/// A key on a device of the caller's, with which they sign in.
#[derive(Debug, SimpleObject, Plain)]
pub struct Passkey {
    /// The passkey.
    pub id: Gid<PasskeyId>,
    /// What the caller calls it.
    pub name: String,
    /// True when signing in with it opens private values; otherwise they are LOCKED after it.
    pub opens_vault: bool,
    /// True when the device has said that the key is kept on more devices than one, or in a backup.
    pub backed_up: bool,
    /// The day on which it last signed in, in UTC; null when it never did.
    pub last_used_on: Option<Date>,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

/// What a browser is to be asked.
#[derive(Debug, SimpleObject, Plain)]
pub struct PasskeyOptionsPayload {
    /// JSON: what `PublicKeyCredential.parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()` takes. It holds a
    /// challenge that can be answered once, within five minutes.
    pub options: String,
}

/// What the browser has made.
#[derive(InputObject)]
pub struct FinishPasskeyRegistrationInput {
    /// JSON: the credential that `navigator.credentials.create()` gave, as its `toJSON()` writes it; 16 KiB at most.
    pub response: String,
    /// What to call the passkey, such as the device; 1 to 100 characters.
    pub name: String,
    /// What the PRF extension yielded as `results.first`: 32 bytes in base64url. With it the passkey opens private values,
    /// without it the passkey only signs in. It is kept nowhere.
    pub prf: Option<String>,
}

/// What the browser answers.
#[derive(InputObject)]
pub struct FinishPasskeySignInInput {
    /// JSON: the credential that `navigator.credentials.get()` gave, as its `toJSON()` writes it; 16 KiB at most.
    pub response: String,
    /// What the PRF extension yielded as `results.first`: 32 bytes in base64url. It opens private values, and is kept
    /// nowhere.
    pub prf: Option<String>,
    /// Sign in although the caller has begun as an anonymous visitor, and leave that work behind.
    #[graphql(default)]
    pub leave_anonymous: bool,
}

/// Somebody is back with a passkey.
#[derive(Debug, SimpleObject, Plain)]
pub struct PasskeySignInPayload {
    /// The session's token, if asked for with BEARER.
    pub token: Option<String>,
    /// What this device sends with its next `signIn`, if asked for with BEARER; else null. It lets nobody in.
    pub device_token: Option<String>,
    /// The person.
    pub viewer: Viewer,
    /// The passkey. Where `viewer { vault }` is LOCKED although the PRF extension has yielded something, `renewPasskey` takes
    /// its id after `unlockVault`.
    pub passkey: Passkey,
}

/// A passkey that has come to open nothing.
#[derive(InputObject)]
pub struct RenewPasskeyInput {
    /// The passkey; `finishPasskeySignIn` has told which one.
    pub id: Gid<PasskeyId>,
    /// What its PRF extension has yielded at that sign-in as `results.first`: 32 bytes in base64url. It is kept nowhere.
    pub prf: String,
}

/// Another name for a passkey.
#[derive(InputObject)]
pub struct RenamePasskeyInput {
    /// The passkey.
    pub id: Gid<PasskeyId>,
    /// What to call it; 1 to 100 characters.
    pub name: String,
}

/// Which passkey to remove.
#[derive(InputObject)]
pub struct RemovePasskeyInput {
    /// The passkey.
    pub id: Gid<PasskeyId>,
}

/// A passkey as it is now.
#[derive(Debug, SimpleObject, Plain)]
pub struct PasskeyPayload {
    /// The passkey.
    pub passkey: Passkey,
}

/// A passkey is gone.
#[derive(Debug, SimpleObject, Plain)]
pub struct RemovePasskeyPayload {
    /// What was removed.
    pub id: Gid<PasskeyId>,
}

/// What can be asked about passkeys.
#[derive(Clone, Copy, Debug, Default)]
pub struct PasskeyQuery;

#[Object]
impl PasskeyQuery {
    /// The caller's passkeys in the order of their making; at most 20.
    async fn passkeys(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Passkey>>> {
        let scope = caller(ctx)?.read().await?;
        let passkeys = passkey::all(&scope).await?;
        Ok(Ready(passkeys.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with passkeys.
#[derive(Clone, Copy, Debug, Default)]
pub struct PasskeyMutation;

#[Object]
impl PasskeyMutation {
    /// Begins to register a passkey for the caller, whose work has to be claimed. What was begun before is given up.
    async fn start_passkey_registration(
        &self,
        ctx: &Context<'_>,
    ) -> Answer<Ready<PasskeyOptionsPayload>> {
        let scope = fresh::write(caller(ctx)?).await?;
        let site = address(ctx, "");
        let options = passkey::start_registration(&scope, identity(ctx)?, &site).await?;
        Caller::commit(scope).await?;
        Ok(Ready(PasskeyOptionsPayload { options }))
    }

    /// Registers the passkey that the browser has made.
    async fn finish_passkey_registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the browser has made.")] input: FinishPasskeyRegistrationInput,
    ) -> Answer<Ready<PasskeyPayload>> {
        let scope = fresh::write(caller(ctx)?).await?;
        let made = Registration {
            response: input.response,
            name: input.name,
            prf: input.prf,
        };
        let passkey = passkey::finish_registration(&scope, &address(ctx, ""), made).await?;
        Caller::commit(scope).await?;
        Ok(Ready(PasskeyPayload {
            passkey: passkey.into(),
        }))
    }

    /// Begins to sign in with a passkey. No address is needed: the device knows whose passkey it has.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn start_passkey_sign_in(
        &self,
        ctx: &Context<'_>,
    ) -> Answer<Ready<PasskeyOptionsPayload>> {
        let site = address(ctx, "");
        let database = caller(ctx)?.database();
        let options = passkey::start_sign_in(database, identity(ctx)?, client(ctx), &site).await?;
        Ok(Ready(PasskeyOptionsPayload { options }))
    }

    /// Signs in on this device with a passkey. `viewer { vault }` says whether it opened the private values.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn finish_passkey_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the browser answers.")] input: FinishPasskeySignInInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<PasskeySignInPayload> {
        let caller = caller(ctx)?;
        if !input.leave_anonymous && is_anonymous(caller).await? {
            return Err(Error::AnonymousWork.into());
        }
        let answer = passkey::Answer {
            response: input.response,
            prf: input.prf,
        };
        let (database, site) = (caller.database(), address(ctx, ""));
        let (entry, passkey) =
            passkey::finish_sign_in(database, identity(ctx)?, client(ctx), &site, answer).await?;
        let session = entered(ctx, entry, delivery)?;
        Ok(PasskeySignInPayload {
            token: session.token,
            device_token: session.device_token,
            viewer: session.viewer,
            passkey: passkey.into(),
        })
    }

    /// Lets a passkey of the caller's open private values again, after `rotateDataKey` or `resetPassword` or after its device
    /// was set up anew. The vault has to be open. What a reset has locked is opened as well, where this passkey opened
    /// it before. Again changes nothing. It needs fresh authentication.
    async fn renew_passkey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The passkey and what it yields.")] input: RenewPasskeyInput,
    ) -> Answer<Ready<PasskeyPayload>> {
        let (caller, _) = holder(ctx).await?;
        let scope = fresh::write(caller).await?;
        let passkey = passkey::renew(&scope, input.id.0, &input.prf).await?;
        Caller::commit(scope).await?;
        Ok(Ready(PasskeyPayload {
            passkey: passkey.into(),
        }))
    }

    /// Gives a passkey of the caller's another name.
    async fn rename_passkey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The passkey and its name.")] input: RenamePasskeyInput,
    ) -> Answer<Ready<PasskeyPayload>> {
        let scope = caller(ctx)?.write().await?;
        let passkey = passkey::rename(&scope, input.id.0, &input.name).await?;
        Caller::commit(scope).await?;
        Ok(Ready(PasskeyPayload {
            passkey: passkey.into(),
        }))
    }

    /// Removes a passkey of the caller's. Sessions that it began go on. What alone opens private values cannot be removed.
    async fn remove_passkey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The passkey.")] input: RemovePasskeyInput,
    ) -> Answer<Ready<RemovePasskeyPayload>> {
        let scope = fresh::write(caller(ctx)?).await?;
        passkey::remove(&scope, input.id.0).await?;
        Caller::commit(scope).await?;
        Ok(Ready(RemovePasskeyPayload { id: input.id }))
    }
}

impl From<passkey::Passkey> for Passkey {
    fn from(passkey: passkey::Passkey) -> Self {
        Self {
            id: Gid(passkey.id),
            name: passkey.name,
            opens_vault: passkey.opens_vault,
            backed_up: passkey.backed_up,
            last_used_on: passkey.last_used_on,
            created_at: passkey.created_at,
        }
    }
}
