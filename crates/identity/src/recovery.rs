//! Another recovery code in the place of the present one.

use dreamtree_crypto::{Method, RecoveryCode, System};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;

use crate::{
    Error, Identity,
    keyring::{self, Slot},
    proof::Proof,
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
    let proof = Proof::of(database, identity, user, password, "input.password").await?;
    let scope = begin().await?;
    Ok(write(scope, &proof).await?)
}

async fn write(scope: Scope, proof: &Proof) -> Result<RecoveryCode, Error> {
    proof.holds(&scope).await?;
    let (key, generation) = keyring::open_with_password(&scope, &proof.kek).await?;
    let code = RecoveryCode::generate(&mut System)?;
    let slot = Slot {
        method: Method::Recovery,
        generation,
        session: None,
    };
    keyring::replace(&scope, slot, &code.kek(), &key).await?;
    scope.commit().await?;
    Ok(code)
}
