//! Who still has something under an older generation of the server's keys.

use dreamtree_crypto::{BackupCode, PasswordRecord, ServerKeys};
use dreamtree_database::{Database, Scope};
use dreamtree_mail::outbox;
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Fault, carry::Waiting, people};
use crate::{
    Error,
    entity::{auth, user_backup_codes, user_former_passwords},
};

/// How many rows are not under the generation in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Addresses, which [`super::carry`] carries over.
    pub addresses: u64,
    /// Phones that make codes; the same.
    pub phones: u64,
    /// Letters that wait; the same.
    pub letters: u64,
    /// Passwords, which change when they are next given.
    pub passwords: u64,
    /// Passwords from before a reset that open what it has locked; they go when they are next given.
    pub former: u64,
    /// Unused codes on paper, which go when they are used or others take their place.
    pub codes: u64,
    /// The people whose passwords and codes these are.
    pub holders: Vec<UserId>,
}

impl Census {
    /// Whether [`super::carry`] has something to do.
    pub fn has_to_be_carried(&self) -> bool {
        self.addresses + self.phones + self.letters > 0
    }
}

/// Counts over all people, each in a frame of their own and with one statement or two; servers go on meanwhile.
pub async fn census(database: &Database, keys: &ServerKeys) -> Result<Census, Fault> {
    let mut found = Census::default();
    let mut last = None;
    loop {
        let some = people::next(database, last).await?;
        for user in &some {
            let scope = Scope::read(database, *user).await?;
            let (waiting, held) = (
                Waiting::of(&scope, keys).await?,
                Held::of(&scope, keys).await?,
            );
            found.addresses += count(waiting.addresses.len());
            found.phones += u64::from(waiting.totp.is_some());
            found.passwords += u64::from(held.password.is_some());
            found.former += count(held.former.len());
            found.codes += held.unused;
            if !held.is_nothing() {
                found.holders.push(*user);
            }
        }
        last = match some.last() {
            Some(user) => Some(*user),
            None => break,
        };
    }
    let letters = outbox::sealed_before(database, keys).await;
    found.letters = letters.map_err(Error::from)?;
    Ok(found)
}

/// What of a person hangs on an older generation, and on what only they have.
pub(super) struct Held {
    pub(super) password: Option<PasswordRecord>,
    /// Generations of their data key.
    pub(super) former: Vec<i32>,
    /// Codes on paper.
    pub(super) codes: Vec<user_backup_codes::Model>,
    unused: u64,
}

impl Held {
    /// One statement.
    pub(super) async fn of(scope: &Scope, keys: &ServerKeys) -> Result<Self, Fault> {
        use user_former_passwords as former;
        let user = scope.user();
        let password = auth::Entity::find()
            .filter(auth::Column::UserId.eq(user))
            .filter(auth::Column::Type.eq("password"));
        let earlier = former::Entity::find().filter(former::Column::UserId.eq(user));
        let codes =
            user_backup_codes::Entity::find().filter(user_backup_codes::Column::UserId.eq(user));
        let (password, earlier, codes) = tokio::join!(
            scope.gather_one(password),
            scope.gather(earlier),
            scope.gather(codes)
        );
        let read = |text: &str| PasswordRecord::parse(text).map_err(Error::from);
        let is_old = |generation: u32| generation < keys.in_use();
        let password = password?.and_then(|row| row.password_hash);
        let password = password.map(|text| read(&text)).transpose()?;
        let mut before = Vec::new();
        for row in earlier? {
            if is_old(read(&row.password_hash)?.generation()) {
                before.push(row.generation);
            }
        }
        let mut codes = codes?;
        codes.retain(|row| is_old(BackupCode::generation_of(&row.code_hash)));
        Ok(Self {
            password: password.filter(|record| is_old(record.generation())),
            former: before,
            unused: count(codes.iter().filter(|row| row.used_at.is_none()).count()),
            codes,
        })
    }

    /// Codes that were used open nothing, so nobody misses them.
    pub(super) fn is_nothing(&self) -> bool {
        self.password.is_none() && self.former.is_empty() && self.unused == 0
    }

    /// Whether there are codes that could still be used.
    pub(super) fn has_unused_codes(&self) -> bool {
        self.unused > 0
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
