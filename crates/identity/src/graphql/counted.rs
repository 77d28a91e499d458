//! Acts of the caller that are counted.

use async_graphql::Context;
use dreamtree_api::{Answer, caller};

use super::query::{client, identity};
use crate::limit::{self, Account, Act};

/// Counts a try of the caller at something; refused when there were too many. Call it before a transaction begins.
pub async fn counted(ctx: &Context<'_>, act: Act) -> Answer<()> {
    let caller = caller(ctx)?;
    let account = Account::Person(caller.user().await?);
    let (database, client) = (caller.database(), client(ctx));
    Ok(limit::check(database, identity(ctx)?, act, account, client).await?)
}
