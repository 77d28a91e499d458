//! The skill tagger: skills of the master list and one's own, in the order that they were tagged in.

mod load;
mod resolve;
mod rules;
mod save;

use dreamtree_content::{Filter, SkillCategory, SkillId};

use crate::UserSkillId;

pub(crate) use load::{load, retired, retired_names};
pub(crate) use resolve::{Resolved, resolve};
pub(crate) use save::{Subject, keep, save};

/// The skills that one use of the tagger has brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skills {
    /// In the order of tagging.
    pub skills: Vec<Tag>,
}

/// A tagged skill.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The master list.
    Master(SkillId),
    /// The person, who named it in at most 100 characters.
    Custom(String),
}

impl Skills {
    /// The skills that pass the filter: ranked ones first, by rank, then the rest as they were tagged.
    pub(crate) fn best(&self, filter: &Filter) -> Vec<&Tag> {
        let mut tags: Vec<&Tag> = self.skills.iter().filter(|tag| tag.fits(filter)).collect();
        tags.sort_by_key(|tag| tag.rank.unwrap_or(i32::MAX));
        tags.truncate(filter.top.map_or(usize::MAX, |top| top as usize));
        tags
    }
}

impl Tag {
    /// True when the skill is of the group that the filter asks for.
    pub(crate) fn fits(&self, filter: &Filter) -> bool {
        filter.category.is_none() || self.category == filter.category
    }
}
