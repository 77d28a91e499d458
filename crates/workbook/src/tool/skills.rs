//! The skill tagger: skills of the master list and one's own, in the order that they were tagged in.

mod load;
mod resolve;
mod rules;
mod save;

use std::{borrow::Borrow, cmp::Reverse};

use dreamtree_content::{Filter, Order, SkillCategory, SkillId};
use serde::{Deserialize, Serialize};

use crate::UserSkillId;

pub(crate) use load::{load, retired, retired_names, tagged};
pub(crate) use resolve::{Resolved, resolve};
pub(crate) use save::{Subject, keep, replace_tags, save};

/// The skills that one use of the tagger has brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skills {
    /// In the order of tagging.
    pub skills: Vec<Tag>,
}

/// A tagged skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The skill among those that the person has; set when it is read.
    pub id: Option<UserSkillId>,
    /// Which skill it is.
    pub choice: Choice,
    /// What it is called; set when it is read.
    pub name: String,
    /// Its group. When it is saved, only a skill of one's own takes it.
    pub category: Option<SkillCategory>,
    /// 1 to 5. `None` when it is saved keeps what is there.
    pub mastery: Option<i32>,
    /// At most 1,000 characters. `None` when it is saved keeps what is there, blanks take it away.
    pub evidence: Option<String>,
    /// From 1, the best; set when it is read, by a ranking grid.
    pub rank: Option<i32>,
}

/// Where a skill comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// The master list.
    Master(SkillId),
    /// The person, who named it in at most 100 characters.
    Custom(String),
}

impl Skills {
    /// The skills that pass the filter, in the order that it asks for.
    pub(crate) fn best(&self, filter: &Filter) -> Vec<&Tag> {
        let mut tags: Vec<&Tag> = self.skills.iter().filter(|tag| tag.fits(filter)).collect();
        Tag::sort(&mut tags, filter);
        filter.cut(tags)
    }
}

impl Tag {
    /// True when the skill is one that the filter asks for.
    pub(crate) fn fits(&self, filter: &Filter) -> bool {
        let group = filter.skills();
        let is_custom = matches!(self.choice, Choice::Custom(_));
        (group.is_none() || self.category == group)
            && (filter.custom.is_none() || is_custom)
            && filter
                .min_mastery
                .is_none_or(|least| self.mastery >= Some(least))
    }

    /// The best first: ranked ones by rank, or the best mastered ones; the rest as they were.
    pub(crate) fn sort<T: Borrow<Self>>(tags: &mut [T], filter: &Filter) {
        match filter.by {
            Some(Order::Mastery) => tags.sort_by_key(|tag| Reverse(tag.borrow().mastery)),
            Some(Order::Rank) | None => {
                tags.sort_by_key(|tag| tag.borrow().rank.unwrap_or(i32::MAX));
            }
        }
    }
}
