//! A password that was right: for somebody who is signed in and is about to do what the session alone is not enough for.

use dreamtree_crypto::{Kek, Password, PasswordRecord};
use dreamtree_database::{Database, Scope};
use dreamtree_types::{Instant, UserId};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{Error, Identity, entity::auth};

/// What the password was checked against, and the key that it wraps with.
pub(crate) struct Checked {
    record: String,
    pub(crate) kek: Kek,
}

impl Checked {
    /// Checks the password; [`Error::WrongPassword`] names `field`. Takes its time, so no transaction is held.
    pub(crate) async fn of(
        database: &Database,
        identity: &Identity,
        user: UserId,
        password: String,
        field: &'static str,
    ) -> Result<Self, Error> {
        let wrong = Error::WrongPassword { field };
        let record = record(&Scope::read(database, user).await?).await?;
        let (Some(record), Ok(password)) = (record, Password::attempt(password)) else {
            return Err(wrong);
        };
        let parsed = PasswordRecord::parse(&record)?;
        // There is a record, so no salt has to stand in for one.
        let no_decoy = [0; 16];
        let attempt = identity
            .stretcher
            .enter()?
            .attempt(password, Some(parsed), no_decoy, identity.keys.clone())
            .await?;
        if !attempt.right {
            return Err(wrong);
        }
        let kek = attempt.kek;
        Ok(Self { record, kek })
    }

    /// Looks, inside the transaction that relies on it, whether the password is still that one.
    pub(crate) async fn holds(&self, scope: &Scope) -> Result<(), Error> {
        match record(scope).await? {
            Some(record) if record == self.record => Ok(()),
            _ => Err(Error::Gone),
        }
    }
}

/// What the scope's person's password is checked against, as a text; `None` for somebody without one, and for nobody.
pub(crate) async fn record(scope: &Scope) -> Result<Option<String>, Error> {
    let row = auth::Entity::find()
        .filter(auth::Column::UserId.eq(scope.user()))
        .filter(auth::Column::Type.eq("password"))
        .one(scope.connection())
        .await?;
    Ok(row.and_then(|row| row.password_hash))
}

/// The same, read.
pub(crate) async fn stored(scope: &Scope) -> Result<Option<PasswordRecord>, Error> {
    let text = record(scope).await?;
    Ok(text.map(|text| PasswordRecord::parse(&text)).transpose()?)
}

/// Since when there is a password.
pub(crate) struct Age {
    /// When the account was claimed with one.
    pub(crate) since: Instant,
    /// When what it is checked against was last written.
    pub(crate) renewed_at: Instant,
}

/// The same for the scope's person; `None` for somebody without one. One statement.
pub(crate) async fn age(scope: &Scope) -> Result<Option<Age>, DbErr> {
    let mine = auth::Entity::find()
        .filter(auth::Column::UserId.eq(scope.user()))
        .filter(auth::Column::Type.eq("password"));
    let row = scope.gather_one(mine).await?;
    Ok(row.map(|row| Age {
        since: row.created_at,
        renewed_at: row.updated_at,
    }))
}

/// Puts a record in the place of the one before.
pub(crate) async fn store(scope: &Scope, record: &PasswordRecord) -> Result<(), Error> {
    auth::Entity::update_many()
        .col_expr(auth::Column::PasswordHash, Expr::value(record.to_string()))
        .col_expr(auth::Column::UpdatedAt, Expr::value(scope.now()))
        .filter(auth::Column::UserId.eq(scope.user()))
        .filter(auth::Column::Type.eq("password"))
        .exec(scope.connection())
        .await?;
    Ok(())
}
