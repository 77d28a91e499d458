//! What somebody can do: sixteen skills of the master list and four of their own, and five experiences that
//! took four of them each.

use dreamtree_content::{SkillCategory, SkillId};
use dreamtree_workbook::{
    CustomSkillId, UserSkillId,
    entity::{user_custom_skills, user_experience_skills, user_experiences, user_skills},
};
use time::{Duration, macros::date};

use super::Person;
use crate::{Error, words};

/// Listed skills of each category.
const LISTED: [(SkillCategory, usize); 3] = [
    (SkillCategory::Transferable, 8),
    (SkillCategory::SelfManagement, 4),
    (SkillCategory::Knowledge, 4),
];
const OWN: usize = 4;
/// The best of each category that are ranked.
const RANKED: i32 = 4;
const EXPERIENCES: i64 = 5;
const OF_EXPERIENCE: usize = 4;

/// A skill that somebody has.
#[derive(Clone, Copy)]
pub(super) struct Skill {
    /// Among theirs.
    pub(super) id: UserSkillId,
    /// Its group.
    pub(super) category: SkillCategory,
    listed: Option<SkillId>,
    custom: Option<CustomSkillId>,
}

impl Person<'_> {
    /// Twenty skills.
    pub(super) fn skills(&mut self) -> Result<Vec<Skill>, Error> {
        let mut skills = Vec::with_capacity(20);
        for (category, count) in LISTED {
            let all = self.library.skills().iter();
            let all = all.filter(|skill| skill.category == Some(category));
            let all: Vec<SkillId> = all.map(|skill| skill.id).collect();
            let some = self.dice.some(&all, count);
            if some.len() < count {
                return Err(Error::Content("skills"));
            }
            for (rank, listed) in (1..).zip(some) {
                skills.push(self.skill(category, Some(listed), None, rank));
            }
        }
        for name in words::crafts(&mut self.dice, OWN) {
            let custom = self.own(name);
            skills.push(self.skill(SkillCategory::Knowledge, None, Some(custom), i32::MAX));
        }
        Ok(skills)
    }

    fn own(&mut self, name: String) -> CustomSkillId {
        let id = self.dice.id();
        let at = self.dice.now();
        self.rows
            .user_custom_skills
            .push(user_custom_skills::Model {
                user_id: self.user,
                id,
                name,
                category: Some(SkillCategory::Knowledge.as_str().to_owned()),
                created_at: at,
                updated_at: at,
            });
        id
    }

    fn skill(
        &mut self,
        category: SkillCategory,
        listed: Option<SkillId>,
        custom: Option<CustomSkillId>,
        rank: i32,
    ) -> Skill {
        let id = self.dice.id();
        let at = self.dice.now();
        let row = user_skills::Model {
            user_id: self.user,
            id,
            skill_id: listed,
            custom_skill_id: custom,
            category: Some(category.as_str().to_owned()),
            mastery: Some(self.dice.between(1, 5)),
            evidence: Some(self.text(80)),
            rank: Some(rank).filter(|rank| *rank <= RANKED),
            revision: 1,
            created_at: at,
            updated_at: at,
        };
        self.rows.user_skills.push(row);
        Skill {
            id,
            category,
            listed,
            custom,
        }
    }

    /// Five experiences, one year after the other.
    pub(super) fn experiences(&mut self, skills: &[Skill]) {
        for number in 0..EXPERIENCES {
            let start = date!(2020 - 03 - 01) + Duration::days(400 * number);
            let id = self.dice.id();
            let at = self.dice.now();
            let row = user_experiences::Model {
                user_id: self.user,
                id,
                title: words::craft(&mut self.dice),
                organization: Some(words::workplace(&mut self.dice)),
                experience_type: Some(self.dice.pick(&["job", "education", "project"]).to_owned()),
                start_date: Some(start),
                end_date: Some(start + Duration::days(390)),
                description: Some(self.text(300)),
                revision: 1,
                created_at: at,
                updated_at: at,
            };
            self.rows.user_experiences.push(row);
            for skill in self.dice.some(skills, OF_EXPERIENCE) {
                let row = user_experience_skills::Model {
                    user_id: self.user,
                    id: self.dice.uuid(),
                    experience_id: id,
                    skill_id: skill.listed,
                    custom_skill_id: skill.custom,
                    created_at: at,
                };
                self.rows.user_experience_skills.push(row);
            }
        }
    }
}
