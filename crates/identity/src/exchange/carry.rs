//! What the server has sealed or hashed itself, sealed and hashed anew under the generation in use: one person in a
//! transaction, so that it can be given up and begun again wherever it stands.

use dreamtree_crypto::{EmailAddress, ServerKeys, System, TotpSecret, hex};
use dreamtree_database::{Database, Scope};
use dreamtree_mail::outbox;
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Fault, people};
use crate::{
    entity::{emails, login_directory, pending_addresses, user_totp},
    login,
};

/// What was carried over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// People of whom something was.
    pub people: u64,
    /// Letters that wait.
    pub letters: u64,
}

/// Carries everything over that is not yet. Whoever interrupts it begins it again, and what was done is passed over.
pub async fn carry(database: &Database, keys: &ServerKeys) -> Result<Carried, Fault> {
    let mut done = Carried::default();
    let mut last = None;
    loop {
        let some = people::next(database, last).await?;
        for user in &some {
            if carry_one(database, keys, *user).await? {
                done.people += 1;
            }
        }
        last = match some.last() {
            Some(user) => Some(*user),
            None => break,
        };
    }
    done.letters = letters(database, keys).await?;
    Ok(done)
}

async fn letters(database: &Database, keys: &ServerKeys) -> Result<u64, Fault> {
    match outbox::reseal(database, keys).await {
        Ok(count) => Ok(count),
        Err(dreamtree_mail::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(Fault::Letter),
    }
}

/// True when something of the person had to be carried over.
async fn carry_one(database: &Database, keys: &ServerKeys, user: UserId) -> Result<bool, Fault> {
    // Most of the time there is nothing to do, and nobody has to wait for that.
    let waits = Waiting::of(&Scope::read(database, user).await?, keys).await?;
    if waits.is_nothing() {
        return Ok(false);
    }
    let scope = Scope::write(database, user).await?;
    let waits = Waiting::of(&scope, keys).await?;
    // In one order, so that no two wait for each other.
    let mut lines: Vec<&Address> = waits.addresses.iter().collect();
    lines.sort_by_key(|one| one.email.line(keys));
    for one in lines {
        login::stand_in_line(&scope, keys, &one.email).await?;
    }
    for one in &waits.addresses {
        one.carry(&scope).await?;
    }
    if let Some(totp) = waits.totp {
        totp.carry(&scope).await?;
    }
    scope.commit().await?;
    Ok(true)
}

/// What of a person is under an older generation, as it is to be.
pub(super) struct Waiting {
    pub(super) addresses: Vec<Address>,
    pub(super) totp: Option<Totp>,
}

/// An address, with what it is sealed to and hashed to now.
pub(super) struct Address {
    row: emails::Model,
    email: EmailAddress,
    sealed: Option<String>,
    hash: String,
}

/// The secrets of a phone that have to be sealed anew.
pub(super) struct Totp {
    secret: Option<String>,
    pending: Option<String>,
}

impl Waiting {
    /// One statement.
    pub(super) async fn of(scope: &Scope, keys: &ServerKeys) -> Result<Self, Fault> {
        let user = scope.user();
        let mine = emails::Entity::find().filter(emails::Column::UserId.eq(user));
        let codes = user_totp::Entity::find().filter(user_totp::Column::UserId.eq(user));
        let (rows, codes) = tokio::join!(scope.gather(mine), scope.gather_one(codes));
        let lost = |_| Fault::Sealed(user);
        let mut addresses = Vec::new();
        for row in rows? {
            let id = row.id.to_string();
            let email = EmailAddress::open(keys, user.uuid(), &id, &row.email).map_err(lost)?;
            let sealed = EmailAddress::reseal(keys, user.uuid(), &id, &row.email, &mut System);
            let (sealed, hash) = (sealed.map_err(lost)?, hex(&email.index(keys)));
            if sealed.is_some() || hash != row.email_hash {
                addresses.push(Address {
                    row,
                    email,
                    sealed,
                    hash,
                });
            }
        }
        let reseal = |sealed: Option<String>| match sealed {
            Some(sealed) => TotpSecret::reseal(keys, user.uuid(), &sealed, &mut System),
            None => Ok(None),
        };
        let totp = match codes? {
            Some(row) => Some(Totp {
                secret: reseal(row.secret).map_err(lost)?,
                pending: reseal(row.pending_secret).map_err(lost)?,
            }),
            None => None,
        };
        Ok(Self {
            addresses,
            totp: totp.filter(|one| one.secret.is_some() || one.pending.is_some()),
        })
    }

    fn is_nothing(&self) -> bool {
        self.addresses.is_empty() && self.totp.is_none()
    }
}

impl Address {
    async fn carry(&self, scope: &Scope) -> Result<(), DbErr> {
        let (row, user) = (&self.row, scope.user());
        let sealed = self.sealed.as_ref().unwrap_or(&row.email);
        emails::Entity::update_many()
            .col_expr(emails::Column::Email, Expr::value(sealed))
            .col_expr(emails::Column::EmailHash, Expr::value(&self.hash))
            .filter(emails::Column::UserId.eq(user))
            .filter(emails::Column::Id.eq(row.id))
            .exec(scope.connection())
            .await?;
        login_directory::Entity::update_many()
            .col_expr(login_directory::Column::EmailHash, Expr::value(&self.hash))
            .filter(login_directory::Column::EmailHash.eq(&row.email_hash))
            .filter(login_directory::Column::UserId.eq(user))
            .exec(scope.connection())
            .await?;
        pending_addresses::Entity::update_many()
            .col_expr(
                pending_addresses::Column::EmailHash,
                Expr::value(&self.hash),
            )
            .filter(pending_addresses::Column::EmailHash.eq(&row.email_hash))
            .filter(pending_addresses::Column::UserId.eq(user))
            .exec(scope.connection())
            .await?;
        Ok(())
    }
}

impl Totp {
    async fn carry(self, scope: &Scope) -> Result<(), DbErr> {
        let mut update = user_totp::Entity::update_many();
        if let Some(secret) = self.secret {
            update = update.col_expr(user_totp::Column::Secret, Expr::value(secret));
        }
        if let Some(pending) = self.pending {
            update = update.col_expr(user_totp::Column::PendingSecret, Expr::value(pending));
        }
        update
            .filter(user_totp::Column::UserId.eq(scope.user()))
            .exec(scope.connection())
            .await?;
        Ok(())
    }
}
