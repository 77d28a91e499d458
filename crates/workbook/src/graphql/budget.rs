//! The budget at the edge, outside of any placement.

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_api::{Answer, Plain, PrivateState, Ready, caller};
use dreamtree_types::Private;
use time::OffsetDateTime;

use super::{
    owned::settle_at,
    tool::budget::{BudgetAnswer, BudgetCalculatorInput},
};
use crate::tool::budget::{self, Kept};

/// The budget of a person, who has one.
#[derive(SimpleObject, Plain)]
pub struct BudgetView {
    /// Whether the budget can be read now; EMPTY before the first one.
    pub state: PrivateState,
    /// The budget; null unless the state is UNLOCKED.
    pub budget: Option<BudgetAnswer>,
    /// Counts the times it was saved, here or at a placement; 0 before the first. `expectedVersion` is compared
    /// with it.
    pub revision: i32,
    /// When the first one was saved.
    pub created_at: Option<OffsetDateTime>,
    /// When the latest one was saved.
    pub updated_at: Option<OffsetDateTime>,
}

/// The budget as it is now.
#[derive(SimpleObject, Plain)]
pub struct BudgetPayload {
    /// The budget.
    pub budget: BudgetView,
}

/// What can be asked about the budget.
#[derive(Clone, Copy, Debug, Default)]
pub struct BudgetQuery;

#[Object]
impl BudgetQuery {
    /// The caller's budget, wherever it was saved.
    async fn budget(&self, ctx: &Context<'_>) -> Answer<Ready<BudgetView>> {
        let scope = caller(ctx)?.read().await?;
        Ok(Ready(budget::get(&scope).await?.into()))
    }
}

/// What can be done with the budget.
#[derive(Clone, Copy, Debug, Default)]
pub struct BudgetMutation;

#[Object]
impl BudgetMutation {
    /// Puts a budget in the place of the caller's. An `expectedVersion` that is not the latest gets `CONFLICT` and
    /// shows the budget as it is.
    async fn save_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The whole budget.")] input: BudgetCalculatorInput,
        #[graphql(
            desc = "The `revision` that the caller has seen; without it the budget takes the place of whatever is there."
        )]
        expected_version: Option<i32>,
    ) -> Answer<Ready<BudgetPayload>> {
        let scope = caller(ctx)?.write().await?;
        let saved = budget::set(&scope, expected_version, &input.into()).await?;
        let kept = settle_at(ctx, scope, saved, "expectedVersion").await?;
        Ok(Ready(BudgetPayload {
            budget: kept.into(),
        }))
    }
}

impl From<Kept> for BudgetView {
    fn from(kept: Kept) -> Self {
        let state = PrivateState::from(&kept.budget);
        let budget = match kept.budget {
            Private::Open(budget) => Some(budget.into()),
            Private::Empty | Private::Locked => None,
        };
        Self {
            state,
            budget,
            revision: kept.revision,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}
