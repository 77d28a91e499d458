//! Passkeys: keys on people's own devices that sign in without address and password. One whose authenticator knows the
//! PRF extension also opens the vault; any other leaves it locked.
//!
//! Both ceremonies have two steps, a challenge and its answer, and the challenge waits in the database, so that any server
//! may get the answer. Options and answers are the JSON that browsers read and write
//! (<https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON>).

mod challenge;
mod directory;
mod options;
mod party;
mod registration;
mod renewal;
mod response;
mod sign_in;
mod stored;
mod wraps;

use dreamtree_audit::{self as audit, Event};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, PasskeyId, clean};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use thiserror::Error;
use time::{Date, Duration};
use webauthn_rs::prelude::WebauthnError;

pub(crate) use directory::forget;
pub use registration::{Registration, finish as finish_registration, start as start_registration};
pub use renewal::renew;
pub use sign_in::{Answer, finish as finish_sign_in, start as start_sign_in};
pub use stored::all;

use crate::{
    Error,
    entity::{
        passkeys::{Column, Entity},
        users,
    },
};

/// The most passkeys that a person may have.
const MOST: usize = 20;

const LONGEST_NAME: usize = 100;

/// How long a challenge may wait for its answer; as long as browsers are told to wait for people.
const LIFETIME: Duration = Duration::minutes(5);

/// A passkey, as its owner sees it.
#[derive(Clone, Debug)]
pub struct Passkey {
    /// The passkey.
    pub id: PasskeyId,
    /// What the person calls it.
    pub name: String,
    /// True when it opens private values.
    pub opens_vault: bool,
    /// True when it was said to be kept on more than one device.
    pub backed_up: bool,
    /// The day on which it last signed in, in UTC.
    pub last_used_on: Option<Date>,
    /// When it was made.
    pub created_at: Instant,
}

/// A fault of ours in what has to do with passkeys.
#[derive(Debug, Error)]
pub enum Broken {
    /// What is stored cannot be read, or could not be written.
    #[error("what is stored of a passkey cannot be read")]
    Stored(#[from] serde_json::Error),
    /// A challenge could not be made.
    #[error("a challenge could not be made")]
    Ceremony(#[from] WebauthnError),
}

/// Gives a passkey another name, of 1 to 100 characters.
pub async fn rename(scope: &Scope, id: PasskeyId, name: &str) -> Result<Passkey, Error> {
    let name = named(name)?;
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(name))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id))
        .exec(scope.connection())
        .await?;
    let mut passkeys = all(scope).await?.into_iter();
    passkeys
        .find(|passkey| passkey.id == id)
        .ok_or(Error::NoPasskey)
}

/// Takes a passkey away, with its wrap of the data key. Sessions that it began go on. The last one that opens a data key is
/// kept ([`Error::LastKey`]).
pub async fn remove(scope: &Scope, id: PasskeyId) -> Result<(), Error> {
    may_change(scope).await?;
    let row = Entity::find_by_id((scope.user(), id))
        .one(scope.connection())
        .await?
        .ok_or(Error::NoPasskey)?;
    wraps::remove(scope, id).await?;
    directory::remove(scope, &row.credential_id).await?;
    Entity::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    Ok(audit::record(scope, Event::PasskeyRemoved).await?)
}

/// Whether the person may add and remove passkeys now. Whatever else has to be shown first, such as that it is really
/// them, belongs here.
async fn may_change(scope: &Scope) -> Result<(), Error> {
    let user = users::Entity::find_by_id(scope.user())
        .one(scope.connection())
        .await?
        .ok_or(Error::Gone)?;
    if user.is_anonymous {
        return Err(Error::NotClaimed);
    }
    Ok(())
}

/// A name that somebody typed.
fn named(name: &str) -> Result<String, Error> {
    clean(name, LONGEST_NAME).map_err(|fault| refused("input.name", fault.to_string()))
}

const fn refused(field: &'static str, rule: String) -> Error {
    Error::Setting { field, rule }
}
