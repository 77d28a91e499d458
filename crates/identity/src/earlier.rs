//! What a reset has locked, opened again: by the old password or by the old recovery code. The key of the earlier
//! generation is then sealed under the present one, so whoever opens that opens both.

use std::sync::Arc;

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, Kek, Method, Password, PasswordRecord, RecoveryCode};
use dreamtree_database::{Scope, Vault, VaultError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Error, Identity,
    entity::{user_former_passwords, user_keys},
    keyring,
};

/// A password that was reset, and the generation that it opens.
pub struct Former {
    generation: i32,
    record: PasswordRecord,
}

/// The passwords whose generations are locked for the scope's person, the newest first. [`Error::NothingLocked`] where
/// there are none.
pub async fn formers(scope: &Scope) -> Result<Vec<Former>, Error> {
    use user_former_passwords::{Column, Entity};
    let shut = scope.vault().shut()?;
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::Generation)
        .all(scope.connection())
        .await?;
    let locked = rows
        .into_iter()
        .filter(|row| shut.contains(&row.generation));
    let formers = locked.map(|row| {
        Ok(Former {
            generation: row.generation,
            record: PasswordRecord::parse(&row.password_hash)?,
        })
    });
    let formers: Vec<Former> = formers.collect::<Result<_, Error>>()?;
    if formers.is_empty() {
        return Err(Error::NothingLocked);
    }
    Ok(formers)
}

/// Opens what an old password opens; [`Error::WrongPassword`] if it is none of theirs. `begin` opens the transaction,
/// after the password work.
pub async fn unlock_with_password<E: From<Error>>(
    identity: &Identity,
    formers: Vec<Former>,
    password: String,
    begin: impl AsyncFnOnce() -> Result<Scope, E>,
) -> Result<(), E> {
    const WRONG: Error = Error::WrongPassword {
        field: "input.password",
    };
    let mut right = Vec::new();
    for former in formers {
        let Ok(password) = Password::attempt(password.clone()) else {
            return Err(WRONG.into());
        };
        let keys = Arc::clone(&identity.keys);
        let record = Some(former.record);
        let attempt = identity
            .stretcher
            .enter()?
            .attempt(password, record, [0; 16], keys)
            .await?;
        if attempt.right {
            right.push((former.generation, attempt.kek));
        }
    }
    if right.is_empty() {
        return Err(WRONG.into());
    }
    let scope = begin().await?;
    Ok(open_all(scope, Method::Password, &right).await?)
}

/// Opens what an old recovery code opens; [`Error::WrongRecoveryCode`] if it opens nothing. The code ends with that: what
/// it opened is opened by the code of the present generation now.
pub async fn unlock_with_recovery_code(scope: Scope, code: &str) -> Result<(), Error> {
    let code = RecoveryCode::parse(code).map_err(|_| {
        let field = "input.code";
        Error::RecoveryCode { field }
    })?;
    let kek = code.kek();
    let shut = scope.vault().shut()?;
    if shut.is_empty() {
        return Err(Error::NothingLocked);
    }
    let rows = wraps(&scope, Method::Recovery, &shut).await?;
    if rows.is_empty() {
        return Err(Error::NothingLocked);
    }
    let found = rows
        .into_iter()
        .find(|row| keyring::open_row(&scope, Method::Recovery, row, &kek).is_ok());
    let row = found.ok_or(Error::WrongRecoveryCode)?;
    open_all(scope, Method::Recovery, &[(row.generation, kek)]).await
}

/// Seals the keys that these wraps hold under the present one.
async fn open_all(scope: Scope, method: Method, wanted: &[(i32, Kek)]) -> Result<(), Error> {
    let generations: Vec<i32> = wanted.iter().map(|(generation, _)| *generation).collect();
    let rows = wraps(&scope, method, &generations).await?;
    for row in rows {
        let kek = wanted.iter().find(|(one, _)| *one == row.generation);
        if let Some((generation, kek)) = kek {
            let key = keyring::open_row(&scope, method, &row, kek)?;
            keep(&scope, *generation, &key).await?;
        }
    }
    let event = if method == Method::Recovery {
        Event::RecoveryCodeUsed
    } else {
        Event::VaultOpened
    };
    audit::record(&scope, event).await?;
    Ok(scope.commit().await?)
}

/// Seals the key of an earlier generation under the present one; other ways to it end with that. Whatever else comes to
/// open an earlier key, such as a passkey, calls this.
pub(crate) async fn keep(scope: &Scope, generation: i32, earlier: &DataKey) -> Result<(), Error> {
    let Vault::Open {
        key,
        generation: present,
        ..
    } = scope.vault()
    else {
        return Err(VaultError::Locked.into());
    };
    keyring::insert_earlier(scope, (*present, key), (generation, earlier)).await?;
    keyring::forget(scope, &[generation]).await?;
    Ok(())
}

/// Takes away every way to generations that nothing is sealed under any more, or is to be lost for good.
pub async fn forget(scope: &Scope, generations: &[i32]) -> Result<(), Error> {
    keyring::forget(scope, generations).await?;
    keyring::forget_earlier(scope, generations).await
}

async fn wraps(
    scope: &Scope,
    method: Method,
    generations: &[i32],
) -> Result<Vec<user_keys::Model>, Error> {
    let rows = user_keys::Entity::find()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::Method.eq(method.as_str()))
        .filter(scope.among_numbers(user_keys::Column::Generation, generations))
        .all(scope.connection())
        .await?;
    Ok(rows)
}
