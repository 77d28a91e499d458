//! Whoever is about to do what could take the account away from its owner.

use async_graphql::Context;
use dreamtree_api::{Answer, Caller, caller};
use dreamtree_types::{Actor, UserId};

use super::query::{client, identity};
use crate::{
    Error, fresh,
    limit::{self, Account, Act},
};

/// Whoever is signed in and is about to change what the account is opened with, or to end it: they have proved of late who
/// they are, and this try is counted. No transaction is held afterwards; the writing begins with [`fresh::write`].
pub(super) async fn holder<'a>(ctx: &Context<'a>) -> Answer<(&'a Caller, UserId)> {
    let caller = caller(ctx)?;
    let actor = caller.session().await?;
    fresh::require(actor, caller.database().clock().now())?;
    let Actor::User { user, session, .. } = actor else {
        return Err(Error::Gone.into());
    };
    let (database, account) = (caller.database(), Account::Session(session));
    limit::check(
        database,
        identity(ctx)?,
        Act::Password,
        account,
        client(ctx),
    )
    .await?;
    Ok((caller, user))
}
