//! Values at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Plain, Ready, caller, patch};
use time::OffsetDateTime;

use super::owned::settle;
use crate::values::{self, Draft};

/// What matters to somebody.
#[derive(SimpleObject, Plain)]
pub struct Values {
    /// At work.
    pub work_values: Option<String>,
    /// In life.
    pub life_values: Option<String>,
    /// Where both point.
    pub compass_statement: Option<String>,
    /// Counts the changes, 0 before the first; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When they were first saved; null before.
    pub created_at: Option<OffsetDateTime>,
    /// When they last changed; null before.
    pub updated_at: Option<OffsetDateTime>,
}

/// What to change about the values; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateValuesInput {
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// At work; at most 5,000 characters.
    pub work_values: MaybeUndefined<String>,
    /// In life; at most 5,000 characters.
    pub life_values: MaybeUndefined<String>,
    /// Where both point; at most 5,000 characters.
    pub compass_statement: MaybeUndefined<String>,
}

/// The values as they are now.
#[derive(SimpleObject, Plain)]
pub struct ValuesPayload {
    /// The values.
    pub values: Values,
}

/// What can be asked about values.
#[derive(Clone, Copy, Debug, Default)]
pub struct ValuesQuery;

#[Object]
impl ValuesQuery {
    /// What matters to the caller; empty before the first text.
    async fn values(&self, ctx: &Context<'_>) -> Answer<Ready<Values>> {
        let scope = caller(ctx)?.read().await?;
        Ok(Ready(values::get(&scope).await?.into()))
    }
}

/// What can be done with values.
#[derive(Clone, Copy, Debug, Default)]
pub struct ValuesMutation;

#[Object]
impl ValuesMutation {
    /// Changes what matters to the caller. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the
    /// values as they are.
    async fn update_values(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateValuesInput,
    ) -> Answer<Ready<ValuesPayload>> {
        let scope = caller(ctx)?.write().await?;
        let saved = values::update(&scope, input.expected_version, input.into()).await?;
        let values = settle(ctx, scope, saved).await?.into();
        Ok(Ready(ValuesPayload { values }))
    }
}

impl From<UpdateValuesInput> for Draft {
    fn from(input: UpdateValuesInput) -> Self {
        Self {
            work_values: patch(input.work_values),
            life_values: patch(input.life_values),
            compass_statement: patch(input.compass_statement),
        }
    }
}

impl From<values::Values> for Values {
    fn from(values: values::Values) -> Self {
        Self {
            work_values: values.work_values,
            life_values: values.life_values,
            compass_statement: values.compass_statement,
            revision: values.revision,
            created_at: values.created_at,
            updated_at: values.updated_at,
        }
    }
}
