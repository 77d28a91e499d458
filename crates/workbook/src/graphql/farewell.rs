//! The end of an account, at the edge.

use async_graphql::{Context, Object};
use dreamtree_api::{Answer, Ready, caller};
use dreamtree_audit::Gone;
use dreamtree_identity::{
    fresh,
    graphql::{DeleteAccountInput, DeleteAccountPayload, clear_cookie, confirm_farewell},
};

use crate::farewell::delete_account;

/// How a person goes for good.
#[derive(Clone, Copy, Debug, Default)]
pub struct FarewellMutation;

#[Object]
impl FarewellMutation {
    /// Deletes the caller's account with everything in it, at once and for good: sessions, keys, answers, address. It
    /// cannot be taken back; copies of the database that were made before expire by themselves. An operator has to
    /// give the role back first. It needs fresh authentication. Offer `POST /export` before: it answers with everything
    /// as a file.
    #[graphql(complexity = "2_500 + child_complexity")]
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What shows that it is meant.")] input: DeleteAccountInput,
    ) -> Answer<Ready<DeleteAccountPayload>> {
        confirm_farewell(ctx, input).await?;
        delete_account(fresh::write(caller(ctx)?).await?, Gone::Deleted).await?;
        clear_cookie(ctx)?;
        Ok(Ready(DeleteAccountPayload { deleted: true }))
    }
}
