//! Comparing two at a time, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_content::{PlacementId, graphql::library};

use super::tool::ranking::{ChoiceInput, RankedItem, choices};
use crate::tool::ranking::{self, Pairing as State, Ranked};

/// How far comparing has come at a placement.
#[derive(SimpleObject, Plain)]
pub struct Pairing {
    /// All that the placement ranks: the best first, as far as it is known, otherwise as it was offered.
    pub items: Vec<RankedItem>,
    /// The pairs still to ask, those that stand closest to each other first; empty once the order is settled, and
    /// `answer` takes it. A pair that was compared before is among them when it is part of a circle: one of its choices
    /// has to change.
    pub open: Vec<Pair>,
}

/// Two to choose from.
#[derive(SimpleObject, Plain)]
pub struct Pair {
    /// One of them.
    pub one: RankedItem,
    /// The other one.
    pub other: RankedItem,
}

/// Choices to keep.
#[derive(InputObject)]
pub struct KeepChoicesInput {
    /// A ranking grid.
    pub placement: Gid<PlacementId>,
    /// Which of two won so far, each pair once; they take the place of the old ones.
    pub choices: Vec<ChoiceInput>,
}

/// How far comparing has come with the choices that are kept now.
#[derive(SimpleObject, Plain)]
pub struct KeepChoicesPayload {
    /// What is ranked, and what is open.
    pub pairing: Pairing,
}

/// What can be asked about comparing.
#[derive(Clone, Copy, Debug, Default)]
pub struct PairingQuery;

#[Object]
impl PairingQuery {
    /// How far comparing has come at a ranking grid: with these choices, or with those that are kept there. Nothing is
    /// saved.
    async fn pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A ranking grid.")] placement: Gid<PlacementId>,
        #[graphql(
            desc = "Which of two won, each pair once; left out for the choices that are kept."
        )]
        choices: Option<Vec<ChoiceInput>>,
    ) -> Answer<Ready<Pairing>> {
        let scope = caller(ctx)?.read().await?;
        let given = choices.map(self::choices);
        let state = ranking::pairing(&scope, library(ctx)?, placement.0, given.as_deref()).await?;
        Ok(Ready(state.into()))
    }
}

/// What can be done about comparing.
#[derive(Clone, Copy, Debug, Default)]
pub struct PairingMutation;

#[Object]
impl PairingMutation {
    /// Keeps choices at a ranking grid before its order is settled, so that comparing can go on later and elsewhere. The
    /// placement is not answered by that.
    async fn keep_choices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The choices.")] input: KeepChoicesInput,
    ) -> Answer<Ready<KeepChoicesPayload>> {
        let scope = caller(ctx)?.write().await?;
        let given = choices(input.choices);
        let state = ranking::go_on(&scope, library(ctx)?, input.placement.0, &given).await?;
        Caller::commit(scope).await?;
        Ok(Ready(KeepChoicesPayload {
            pairing: state.into(),
        }))
    }
}

impl From<State<Ranked>> for Pairing {
    fn from(state: State<Ranked>) -> Self {
        let pair = |(one, other): (Ranked, Ranked)| Pair {
            one: one.into(),
            other: other.into(),
        };
        Self {
            items: state.order.into_iter().map(Into::into).collect(),
            open: state.open.into_iter().map(pair).collect(),
        }
    }
}
