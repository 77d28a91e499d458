//! What a reset of the password has locked, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Plain, Ready, caller};
use dreamtree_identity::fresh;

use crate::locked;

/// How much is to be taken away.
#[derive(InputObject)]
pub struct DeleteLockedValuesInput {
    /// What `lockedValues` said, as a sign that the person knows how much they lose. Another number is refused with
    /// `CONFLICT`.
    pub count: i32,
}

/// The values are gone.
#[derive(Debug, SimpleObject, Plain)]
pub struct DeleteLockedValuesPayload {
    /// How many answers and other things have lost values, or are gone.
    pub count: i32,
}

/// What can be asked about locked values.
#[derive(Clone, Copy, Debug, Default)]
pub struct LockedQuery;

#[Object]
impl LockedQuery {
    /// How many of the caller's answers and other things hold a value that a reset of the password has locked; 0 if nothing
    /// is. `VAULT_LOCKED` while the key of this session itself is not at hand.
    async fn locked_values(&self, ctx: &Context<'_>) -> Answer<Ready<i32>> {
        let scope = caller(ctx)?.read().await?;
        Ok(Ready(shown(locked::count(&scope).await?)))
    }
}

/// What can be done about locked values.
#[derive(Clone, Copy, Debug, Default)]
pub struct LockedMutation;

#[Object]
impl LockedMutation {
    /// Takes away for good what a reset of the password has locked: the values, and every key that could open them. An answer
    /// goes as a whole, and so do a budget, a place and a contact without a name; of other things, what is not private stays.
    /// Needs fresh authentication.
    async fn delete_locked_values(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much is to be taken away.")] input: DeleteLockedValuesInput,
    ) -> Answer<DeleteLockedValuesPayload> {
        let scope = fresh::write(caller(ctx)?).await?;
        let count = locked::delete(&scope, input.count.into()).await?;
        Caller::commit(scope).await?;
        Ok(DeleteLockedValuesPayload {
            count: shown(count),
        })
    }
}

fn shown(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
