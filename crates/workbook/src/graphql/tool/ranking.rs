//! The ranking grid at the edge.

use async_graphql::{InputObject, OneofObject, SimpleObject};
use dreamtree_api::{Gid, Plain};

use crate::{
    ListItemId, UserSkillId,
    tool::ranking::{Ranked, RankedId, Ranking},
};

/// An order of what the placement's prefill offers. It takes the place of the old one.
#[derive(InputObject)]
pub struct RankingGridInput {
    /// Best first, each once, at most 50. At least as many as the placement's settings ask for, or
    /// all that there are.
    pub items: Vec<RankedItemInput>,
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

impl From<RankingGridInput> for Ranking {
    fn from(input: RankingGridInput) -> Self {
        let item = |item: RankedItemInput| Ranked {
            id: item.into(),
            label: String::new(),
        };
        Self {
            items: input.items.into_iter().map(item).collect(),
        }
    }
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
