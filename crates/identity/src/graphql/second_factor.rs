//! The second factor, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Plain, Ready, caller};
use dreamtree_crypto::BackupCode;
use time::OffsetDateTime;

use super::query::identity;
use crate::{Error, fresh, second_factor};

/// What somebody has to sign in with beside their password.
#[derive(Debug, SimpleObject, Plain)]
pub struct SecondFactor {
    /// Since when signing in needs a code of the phone; null while it does not.
    pub totp_since: Option<OffsetDateTime>,
    /// How many backup codes are left, of ten.
    pub backup_codes_left: usize,
    /// When those were made; null where none are left.
    pub backup_codes_made_at: Option<OffsetDateTime>,
}

/// A secret for a phone. Shown this once.
#[derive(Debug, SimpleObject, Plain)]
pub struct BeginTotpPayload {
    /// The secret, to type: 32 letters and digits of base32.
    pub secret: String,
    /// The same as an `otpauth:` address, to show as a QR code. It holds the caller's e-mail address.
    pub uri: String,
}

/// A code that the phone has made of the new secret.
#[derive(InputObject)]
pub struct ConfirmTotpInput {
    /// Six digits; blanks and hyphens do not count.
    pub code: String,
}

/// Backup codes. Shown this once and kept nowhere.
#[derive(Debug, SimpleObject, Plain)]
pub struct BackupCodesPayload {
    /// Ten codes, each good for one sign-in; earlier ones are worth nothing.
    pub backup_codes: Vec<String>,
}

/// The second factor is gone.
#[derive(Debug, SimpleObject, Plain)]
pub struct RemoveTotpPayload {
    /// True when there was one.
    pub removed: bool,
}

/// What can be asked about the second factor.
#[derive(Clone, Copy, Debug, Default)]
pub struct SecondFactorQuery;

#[Object]
impl SecondFactorQuery {
    /// What the caller has to sign in with beside their password.
    async fn second_factor(&self, ctx: &Context<'_>) -> Answer<Ready<SecondFactor>> {
        let scope = caller(ctx)?.read().await?;
        let state = second_factor::state(&scope).await.map_err(Error::from)?;
        Ok(Ready(SecondFactor {
            totp_since: state.totp_since,
            backup_codes_left: state.backup_codes,
            backup_codes_made_at: state.backup_codes_made,
        }))
    }
}

/// What can be done with the second factor. All of it needs fresh authentication.
#[derive(Clone, Copy, Debug, Default)]
pub struct SecondFactorMutation;

#[Object]
impl SecondFactorMutation {
    /// Makes a secret for a phone (RFC 6238: SHA-1, six digits, thirty seconds). It counts once `confirmTotp` has seen a
    /// code of it, within fifteen minutes; until then, what was there goes on.
    async fn begin_totp(&self, ctx: &Context<'_>) -> Answer<Ready<BeginTotpPayload>> {
        let scope = fresh::write(caller(ctx)?).await?;
        let pending = second_factor::begin(&scope, &identity(ctx)?.keys).await?;
        Caller::commit(scope).await?;
        Ok(Ready(BeginTotpPayload {
            secret: pending.secret,
            uri: pending.uri,
        }))
    }

    /// Takes the new secret into use: from now on signing in needs a code of it. Refused with `CHALLENGE_EXPIRED` when
    /// no secret waits.
    async fn confirm_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: ConfirmTotpInput,
    ) -> Answer<Ready<BackupCodesPayload>> {
        let scope = fresh::write(caller(ctx)?).await?;
        let codes = second_factor::confirm(&scope, &identity(ctx)?.keys, &input.code).await?;
        Caller::commit(scope).await?;
        Ok(Ready(codes.into()))
    }

    /// Makes ten new backup codes in the place of the earlier ones. Refused with `NOT_FOUND` without a second factor.
    async fn replace_backup_codes(&self, ctx: &Context<'_>) -> Answer<Ready<BackupCodesPayload>> {
        let scope = fresh::write(caller(ctx)?).await?;
        let keys = &identity(ctx)?.keys;
        let codes = second_factor::replace_backup_codes(&scope, keys).await?;
        Caller::commit(scope).await?;
        Ok(Ready(codes.into()))
    }

    /// Takes the second factor away, backup codes included: the password is enough again.
    async fn remove_totp(&self, ctx: &Context<'_>) -> Answer<Ready<RemoveTotpPayload>> {
        let scope = fresh::write(caller(ctx)?).await?;
        let removed = second_factor::remove(&scope).await?;
        Caller::commit(scope).await?;
        Ok(Ready(RemoveTotpPayload { removed }))
    }
}

impl From<Vec<BackupCode>> for BackupCodesPayload {
    fn from(codes: Vec<BackupCode>) -> Self {
        Self {
            backup_codes: codes.iter().map(BackupCode::reveal).collect(),
        }
    }
}
