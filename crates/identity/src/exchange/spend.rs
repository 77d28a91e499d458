//! The end of what hangs on keys that are to go, of people who have not come back: they are told by mail.

use dreamtree_crypto::{ServerKeys, System};
use dreamtree_database::{Database, Scope};
use dreamtree_mail::{Letter, outbox};
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Fault, census::Held};
use crate::{
    Error, checked,
    entity::{user_backup_codes, user_former_passwords},
    login,
};

/// Ends the password, the passwords from before a reset and the codes on paper that hang on an older generation, and
/// writes to the person. A password is set anew by a mailed link afterwards; what is sealed then waits for the recovery
/// code or a passkey, which hang on no key of the server. False when there was nothing to end.
pub async fn spend(database: &Database, keys: &ServerKeys, user: UserId) -> Result<bool, Fault> {
    let scope = Scope::write(database, user).await?;
    let held = Held::of(&scope, keys).await?;
    if held.is_nothing() {
        return Ok(false);
    }
    let letter = Letter::KeysReplaced {
        password: held.password.is_some(),
        former: !held.former.is_empty(),
        codes: held.has_unused_codes(),
    };
    if let Some(record) = held.password {
        let spent = record.spent(keys.pepper(), &mut System);
        checked::store(&scope, &spent.map_err(Error::from)?).await?;
    }
    if !held.former.is_empty() {
        use user_former_passwords::{Column, Entity};
        Entity::delete_many()
            .filter(Column::UserId.eq(user))
            .filter(scope.among_numbers(Column::Generation, &held.former))
            .exec(scope.connection())
            .await?;
    }
    for code in held.codes {
        user_backup_codes::Entity::delete_by_id((user, code.id))
            .exec(scope.connection())
            .await?;
    }
    let address = login::active_row(&scope).await?;
    if let Some(row) = address.filter(|row| row.confirmed_at.is_some()) {
        let to = login::open(keys, &row)?;
        let put = outbox::put(&scope, keys, &to, letter).await;
        put.map_err(Error::from)?;
    }
    scope.commit().await?;
    Ok(true)
}
