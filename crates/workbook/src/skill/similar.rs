//! Skills that may be meant, before one of one's own is made.

use dreamtree_content::{
    Library, SkillCategory, SkillId,
    likeness::{SAME, SUGGESTED, likeness},
};

use super::Skill;
use crate::UserSkillId;

/// A skill that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// The skill of the master list, if it is one.
    pub listed: Option<SkillId>,
    /// The skill among the person's, if they have it.
    pub mine: Option<UserSkillId>,
    /// What it is called.
    pub name: String,
    /// Its group, if it has one.
    pub category: Option<SkillCategory>,
    /// 0.7 to 1, which is the same name.
    pub score: f64,
}

impl Similar {
    /// True when the name is taken for this skill's.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.score >= SAME
    }
}

/// Skills of the master list and of the person's whose name is like this one, the most alike first.
#[must_use]
pub fn similar(library: &Library, mine: &[Skill], name: &str) -> Vec<Similar> {
    let listed = library.similar_skills(name).into_iter();
    let listed = listed.map(|(skill, score)| Similar {
        listed: Some(skill.id),
        mine: mine
            .iter()
            .find(|one| one.listed == Some(skill.id))
            .map(|one| one.id),
        name: skill.name.clone(),
        category: skill.category,
        score,
    });
    let own = mine
        .iter()
        .filter(|one| one.listed.is_none())
        .map(|one| Similar {
            listed: None,
            mine: Some(one.id),
            name: one.name.clone(),
            category: one.category,
            score: likeness(name, &one.name),
        });
    let mut similar: Vec<Similar> = listed
        .chain(own)
        .filter(|one| one.score >= SUGGESTED)
        .collect();
    similar.sort_by(|one, other| other.score.total_cmp(&one.score));
    similar
}
