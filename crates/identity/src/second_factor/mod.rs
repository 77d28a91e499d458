//! The second factor: codes that a phone makes, and codes on paper for the day on which it is lost.

mod backup;
mod challenge;
mod code;
mod totp;

pub use challenge::{Challenge, complete};
pub(crate) use challenge::{challenge, end_all as end_challenges};
pub(crate) use totp::{begin, confirm, remove};

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{BackupCode, ServerKeys, TotpSecret};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::DbErr;

use crate::Error;

/// What somebody has of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Since when codes of a phone are asked for; `None` while they are not.
    pub(crate) totp_since: Option<Instant>,
    /// How many codes on paper are left.
    pub(crate) backup_codes: usize,
    /// When those were made; `None` where none are left.
    pub(crate) backup_codes_made: Option<Instant>,
}

/// A secret that waits for a code to prove that a phone has it.
pub(crate) struct Pending {
    /// The secret to type.
    pub(crate) secret: String,
    /// The address to scan.
    pub(crate) uri: String,
}

/// What the person has of it; two statements, gathered.
pub(crate) async fn state(scope: &Scope) -> Result<State, DbErr> {
    let (row, left) = tokio::join!(totp::find(scope), backup::left(scope));
    let (backup_codes, backup_codes_made) = left?;
    Ok(State {
        totp_since: row?.and_then(|row| row.confirmed_at),
        backup_codes,
        backup_codes_made,
    })
}

/// Whether signing in needs a code.
pub(crate) async fn is_on(scope: &Scope) -> Result<bool, DbErr> {
    Ok(totp::find(scope)
        .await?
        .is_some_and(|row| row.confirmed_at.is_some()))
}

/// Makes the codes on paper anew; earlier ones are worth nothing. Only beside codes of a phone.
pub(crate) async fn replace_backup_codes(
    scope: &Scope,
    keys: &ServerKeys,
) -> Result<Vec<BackupCode>, Error> {
    if !is_on(scope).await? {
        return Err(Error::NoSecondFactor);
    }
    audit::record(scope, Event::BackupCodesReplaced).await?;
    backup::replace(scope, keys).await
}

/// Whether a code is right now; it is used up by it.
async fn take(scope: &Scope, keys: &ServerKeys, code: &code::Code) -> Result<bool, Error> {
    match code {
        code::Code::Totp(digits) => totp::take(scope, keys, digits).await,
        code::Code::Backup(code) => Ok(backup::take(scope, keys, code).await?),
    }
}

/// Opens a secret of the scope's person.
fn open(scope: &Scope, keys: &ServerKeys, sealed: &str) -> Result<TotpSecret, Error> {
    Ok(TotpSecret::open(keys, scope.user().uuid(), sealed)?)
}
