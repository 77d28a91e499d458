//! The ranking grid at the edge.

use async_graphql::{InputObject, OneofObject, SimpleObject};
use dreamtree_api::{Gid, Plain};

use crate::{
    Error, ListItemId, UserSkillId,
    tool::ranking::{Choice, Ranked, RankedId, Ranking},
};

/// An order of what the placement's prefill offers, or the choices that lead to one: either `items` or `choices`. It
/// takes the place of the old one.
#[derive(InputObject)]
pub struct RankingGridInput {
    /// Best first, each once, at most 50. At least as many as the placement's settings ask for, or
    /// all that there are.
    pub items: Option<Vec<RankedItemInput>>,
    /// Which of two won, each pair once. Whoever wins more pairs stands higher, equals are decided by their own meeting;
    /// an order that is still open then is refused. `pairing` says which pairs are open.
    pub choices: Option<Vec<ChoiceInput>>,
}

/// Which of two won.
#[derive(InputObject)]
pub struct ChoiceInput {
    /// What was chosen.
    pub winner: RankedItemInput,
    /// What was not.
    pub loser: RankedItemInput,
}

/// Something to rank: exactly one field.
#[derive(OneofObject)]
pub enum RankedItemInput {
    /// An item of the list that is ranked.
    ListItem(Gid<ListItemId>),
    /// One of the skills that are ranked.
    UserSkill(Gid<UserSkillId>),
}

/// An order.
#[derive(SimpleObject, Plain)]
pub struct RankingAnswer {
    /// Best first; at most as many as the placement's settings ask for.
    pub items: Vec<RankedItem>,
}

/// Something in an order: an item of a list or a skill.
#[derive(SimpleObject, Plain)]
pub struct RankedItem {
    /// The item of a list; null for a skill.
    pub list_item: Option<Gid<ListItemId>>,
    /// The skill; null for an item of a list.
    pub user_skill: Option<Gid<UserSkillId>>,
    /// What it is called.
    pub label: String,
}

impl TryFrom<RankingGridInput> for Ranking {
    type Error = Error;

    fn try_from(input: RankingGridInput) -> Result<Self, Error> {
        let item = |item: RankedItemInput| Ranked {
            id: item.into(),
            label: String::new(),
        };
        match (input.items, input.choices) {
            (Some(items), None) => Ok(Self {
                items: items.into_iter().map(item).collect(),
                choices: None,
            }),
            (None, Some(given)) => Ok(Self {
                items: Vec::new(),
                choices: Some(choices(given)),
            }),
            _ => Err(Error::invalid(
                "value.rankingGrid",
                "needs either items or choices",
            )),
        }
    }
}

/// Choices as they were sent.
pub(in crate::graphql) fn choices(given: Vec<ChoiceInput>) -> Vec<Choice<RankedId>> {
    let given = given.into_iter();
    given
        .map(|choice| Choice {
            winner: choice.winner.into(),
            loser: choice.loser.into(),
        })
        .collect()
}

impl From<RankedItemInput> for RankedId {
    fn from(input: RankedItemInput) -> Self {
        match input {
            RankedItemInput::ListItem(id) => Self::Item(id.0),
            RankedItemInput::UserSkill(id) => Self::Skill(id.0),
        }
    }
}

impl From<Ranking> for RankingAnswer {
    fn from(ranking: Ranking) -> Self {
        Self {
            items: ranking.items.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Ranked> for RankedItem {
    fn from(ranked: Ranked) -> Self {
        let (list_item, user_skill) = match ranked.id {
            RankedId::Item(id) => (Some(Gid(id)), None),
            RankedId::Skill(id) => (None, Some(Gid(id))),
        };
        Self {
            list_item,
            user_skill,
            label: ranked.label,
        }
    }
}
