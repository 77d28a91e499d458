//! An account that is lost and found again, at the edge: addresses, passwords, the recovery code, what a reset locked.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Nullable, Plain, Ready, Refusal, caller};
use time::OffsetDateTime;

use super::{
    Viewer,
    holder::holder,
    mutation::{ALONE, SessionPayload, TokenDelivery, hand_out},
    query::{client, current_viewer, identity},
};
use crate::{
    Error, NewPassword, address, change_password, checked, earlier, fresh, replace_recovery_code,
    request_reset, reset_password,
};

/// One of the caller's addresses.
#[derive(Debug, SimpleObject, Plain)]
pub struct EmailAddress {
    /// The address, as it was typed.
    pub email: String,
    /// True for the one address that the caller signs in with and gets mail at.
    pub active: bool,
    /// When the caller has followed the link that was mailed to it; null as long as they have not.
    pub confirmed_at: Option<OffsetDateTime>,
    /// When the caller gave it.
    pub added_at: OffsetDateTime,
}

/// The caller's password, of which only times are told.
#[derive(Debug, SimpleObject, Plain)]
pub struct PasswordAge {
    /// When the work was claimed with one.
    pub since: OffsetDateTime,
    /// When it was last set, or kept in a stronger form at a sign-in.
    pub renewed_at: OffsetDateTime,
}

/// A token that was mailed.
#[derive(InputObject)]
pub struct ConfirmEmailInput {
    /// The token: what stands behind the `#` of the link.
    pub token: String,
}

/// The address is confirmed.
#[derive(Debug, SimpleObject, Plain)]
pub struct ConfirmEmailPayload {
    /// Always true; a token that does not work is refused with `TOKEN_REFUSED`.
    pub confirmed: bool,
}

/// Another address.
#[derive(InputObject)]
pub struct ChangeEmailInput {
    /// The new address; case and surrounding blanks do not matter.
    pub email: String,
    /// The password of the account.
    pub password: String,
}

/// The new address was written to.
#[derive(Debug, SimpleObject, Plain)]
pub struct ChangeEmailPayload {
    /// All addresses of the caller. The new one becomes active when its link is followed.
    pub email_addresses: Vec<EmailAddress>,
}

/// Another password.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The present password.
    pub current: String,
    /// The new password, 8 to 1024 bytes of any Unicode; every character matters.
    pub password: String,
}

/// Whose password is forgotten.
#[derive(InputObject)]
pub struct RequestPasswordResetInput {
    /// The e-mail address; case and surrounding blanks do not matter.
    pub email: String,
}

/// The address was written to, whatever stands in the mail.
#[derive(Debug, SimpleObject, Plain)]
pub struct RequestPasswordResetPayload {
    /// Always true, for an address without an account too.
    pub requested: bool,
}

/// Another password for somebody who has forgotten theirs.
#[derive(InputObject)]
pub struct ResetPasswordInput {
    /// The token: what stands behind the `#` of the link.
    pub token: String,
    /// The new password, 8 to 1024 bytes of any Unicode; every character matters.
    pub password: String,
}

/// A recovery code in the place of the one before.
#[derive(Debug, SimpleObject, Plain)]
pub struct RecoveryCodePayload {
    /// Opens the private values should the password be lost. Shown this once and kept nowhere.
    pub recovery_code: String,
}

/// The password of the account.
#[derive(InputObject)]
pub struct PasswordInput {
    /// The password.
    pub password: String,
}

/// A recovery code.
#[derive(InputObject)]
pub struct RecoveryCodeInput {
    /// The code as it was shown; case, blanks and hyphens do not matter.
    pub code: String,
}

/// Values are readable again.
#[derive(Debug, SimpleObject, Plain)]
pub struct UnlockPayload {
    /// The person.
    pub viewer: Viewer,
}

/// What can be asked about the caller's account.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// All addresses that the caller ever gave, in the order in which they gave them; empty until the work is claimed.
    async fn email_addresses(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<EmailAddress>>> {
        addresses(ctx).await.map(Ready)
    }

    /// Since when the caller has their password; null until the work is claimed.
    async fn password_age(&self, ctx: &Context<'_>) -> Nullable<PasswordAge> {
        password_age(ctx).await.transpose()
    }
}

/// What can be done about the caller's account.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Follows the link of a mail, with or without a session: the address that it went to is the account's from now on.
    async fn confirm_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the mail.")] input: ConfirmEmailInput,
    ) -> Answer<ConfirmEmailPayload> {
        let caller = caller(ctx)?;
        caller.let_go().await;
        address::confirm(caller.database(), identity(ctx)?, &input.token).await?;
        Ok(ConfirmEmailPayload { confirmed: true })
    }

    /// Writes to another address, which takes the place of the present one when the link of that mail is followed. For an
    /// address that was not confirmed yet, the mail is sent again. The answer is the same for an address that is somebody
    /// else's; the mail says so then.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn change_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new address.")] input: ChangeEmailInput,
    ) -> Answer<ChangeEmailPayload> {
        let (caller, user) = holder(ctx).await?;
        let change = address::Change {
            email: input.email,
            password: input.password,
        };
        let begin = async || fresh::write(caller).await;
        let (database, identity) = (caller.database(), identity(ctx)?);
        address::change::<Refusal>(database, identity, client(ctx), user, change, begin).await?;
        let email_addresses = addresses(ctx).await?;
        Ok(ChangeEmailPayload { email_addresses })
    }

    /// Changes the password. All other sessions end; this one goes on with a new token. Nothing is locked.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The present password and the new one.")] input: ChangePasswordInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<SessionPayload> {
        let (caller, user) = holder(ctx).await?;
        let new = NewPassword {
            current: input.current,
            password: input.password,
        };
        let begin = async || fresh::write(caller).await;
        let (database, identity) = (caller.database(), identity(ctx)?);
        let (opened, viewer) =
            change_password::<Refusal>(database, identity, client(ctx), user, new, begin).await?;
        Ok(SessionPayload {
            token: hand_out(ctx, &opened.token, delivery)?,
            device_token: None,
            viewer: viewer.into(),
        })
    }

    /// Asks for a mail with which a forgotten password can be replaced. The answer is always the same; the mail says
    /// whether there is an account.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose password is forgotten.")] input: RequestPasswordResetInput,
    ) -> Answer<RequestPasswordResetPayload> {
        let caller = caller(ctx)?;
        caller.let_go().await;
        let (database, identity) = (caller.database(), identity(ctx)?);
        request_reset(database, identity, client(ctx), &input.email).await?;
        Ok(RequestPasswordResetPayload { requested: true })
    }

    /// Sets another password by the token of a mail, with or without a session. All sessions of the account end; `signIn`
    /// begins a new one. What was sealed stays, LOCKED, until `unlockWithPassword` or `unlockWithRecoveryCode` opens it
    /// with what the person had before. The recovery code of this answer is for what is sealed from now on.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the mail and the new password.")] input: ResetPasswordInput,
    ) -> Answer<RecoveryCodePayload> {
        let caller = caller(ctx)?;
        caller.let_go().await;
        let (database, identity) = (caller.database(), identity(ctx)?);
        let code = reset_password(database, identity, &input.token, input.password).await?;
        Ok(RecoveryCodePayload {
            recovery_code: code.reveal(),
        })
    }

    /// Makes a new recovery code. The one before opens nothing any more.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn replace_recovery_code(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password of the account.")] input: PasswordInput,
    ) -> Answer<RecoveryCodePayload> {
        let (caller, user) = holder(ctx).await?;
        let begin = async || fresh::write(caller).await;
        let (database, identity) = (caller.database(), identity(ctx)?);
        let code =
            replace_recovery_code::<Refusal>(database, identity, user, input.password, begin)
                .await?;
        Ok(RecoveryCodePayload {
            recovery_code: code.reveal(),
        })
    }

    /// Opens what a reset has locked with the password that was forgotten then. `NOT_FOUND` if nothing is locked.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn unlock_with_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password from before the reset.")] input: PasswordInput,
    ) -> Answer<UnlockPayload> {
        let (caller, _) = holder(ctx).await?;
        let formers = earlier::formers(&*caller.read().await?).await?;
        caller.let_go().await;
        let begin = async || fresh::write(caller).await;
        let (identity, password) = (identity(ctx)?, input.password);
        earlier::unlock_with_password::<Refusal>(identity, formers, password, begin).await?;
        unlocked(ctx).await
    }

    /// Opens what a reset has locked with the recovery code from before. That code ends with it; the one that came with the
    /// reset is for everything now. `NOT_FOUND` if nothing is locked.
    async fn unlock_with_recovery_code(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The recovery code from before the reset.")] input: RecoveryCodeInput,
    ) -> Answer<UnlockPayload> {
        let (caller, _) = holder(ctx).await?;
        let scope = fresh::write(caller).await?;
        earlier::unlock_with_recovery_code(scope, &input.code).await?;
        unlocked(ctx).await
    }
}

async fn unlocked(ctx: &Context<'_>) -> Answer<UnlockPayload> {
    let viewer = current_viewer(ctx).await?.ok_or(Error::Gone)?;
    Ok(UnlockPayload { viewer })
}

async fn password_age(ctx: &Context<'_>) -> Answer<Option<PasswordAge>> {
    let scope = caller(ctx)?.read().await?;
    let age = checked::age(&scope).await.map_err(Error::from)?;
    Ok(age.map(|age| PasswordAge {
        since: age.since,
        renewed_at: age.renewed_at,
    }))
}

async fn addresses(ctx: &Context<'_>) -> Answer<Vec<EmailAddress>> {
    let scope = caller(ctx)?.read().await?;
    let all = address::all(&scope, identity(ctx)?).await?;
    Ok(all.into_iter().map(Into::into).collect())
}

impl From<address::Address> for EmailAddress {
    fn from(address: address::Address) -> Self {
        Self {
            email: address.email,
            active: address.active,
            confirmed_at: address.confirmed_at,
            added_at: address.added_at,
        }
    }
}
