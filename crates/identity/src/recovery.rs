//! Another recovery code in the place of the present one.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{Method, RecoveryCode, System};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;

use crate::{
    Error, Identity,
    checked::Checked,
    keyring::{self, Slot},
};

/// Makes a new recovery code, shown once and kept nowhere; the one before opens nothing any more. `begin` opens the
/// transaction, after the password work.
pub async fn replace_recovery_code<E: From<Error>>(
    database: &Database,
    identity: &Identity,
    user: UserId,
    password: String,
    begin: impl AsyncFnOnce() -> Result<Scope, E>,
) -> Result<RecoveryCode, E> {
    let checked = Checked::of(database, identity, user, password, "input.password").await?;
    let scope = begin().await?;
    Ok(write(scope, &checked).await?)
}

async fn write(scope: Scope, checked: &Checked) -> Result<RecoveryCode, Error> {
    checked.holds(&scope).await?;
    let (key, generation) = keyring::open_with_password(&scope, &checked.kek).await?;
    let code = RecoveryCode::generate(&mut System)?;
    let slot = Slot {
        method: Method::Recovery,
        generation,
        session: None,
    };
    keyring::replace(&scope, slot, &code.kek(), &key).await?;
    audit::record(&scope, Event::RecoveryCodeReplaced).await?;
    scope.commit().await?;
    Ok(code)
}
