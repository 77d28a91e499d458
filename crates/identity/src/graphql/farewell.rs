//! The end of an account, at the edge; the mutation stands in the workbook, which knows what else has to go.

use async_graphql::{Context, InputObject, SimpleObject};
use dreamtree_api::{Answer, Plain};

use super::{holder::holder, query::identity};
use crate::account;

/// What is asked of somebody who wants their account to be gone.
#[derive(InputObject)]
pub struct DeleteAccountInput {
    /// The words `delete my account`; case and surrounding blanks do not matter.
    pub confirmation: String,
    /// The password; for an account that has one.
    pub password: Option<String>,
}

/// The account is gone.
#[derive(Debug, SimpleObject, Plain)]
pub struct DeleteAccountPayload {
    /// True: nothing of it is left.
    pub deleted: bool,
}

/// Refuses unless the caller has proved of late who they are, and has confirmed what they want; the try is counted. No
/// transaction is held afterwards.
pub async fn confirm_farewell(ctx: &Context<'_>, input: DeleteAccountInput) -> Answer<()> {
    let (caller, user) = holder(ctx).await?;
    let (phrase, password) = (input.confirmation, input.password);
    let checked = account::confirm(caller.database(), identity(ctx)?, user, &phrase, password);
    Ok(checked.await?)
}

/// Takes the cookie back from a browser whose session is gone.
pub fn clear_cookie(ctx: &Context<'_>) -> Answer<()> {
    ctx.append_http_header("set-cookie", identity(ctx)?.cookie().clear());
    Ok(())
}
