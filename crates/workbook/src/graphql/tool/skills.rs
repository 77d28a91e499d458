//! The skill tagger at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{SkillId, graphql::SkillCategory};

use crate::{
    Error, UserSkillId,
    tool::skills::{Choice, Skills, Tag},
};

/// Skills in an order. They take the place of what was there.
#[derive(InputObject)]
pub struct SkillTaggerInput {
    /// First to last, each skill once. How many are allowed, and of which category, stands in the
    /// placement's settings.
    pub skills: Vec<SkillTagInput>,
}

/// A skill to tag: one of the master list, or one's own. Set either `skill` or `customName`.
#[derive(InputObject)]
pub struct SkillTagInput {
    /// The skill of the master list.
    pub skill: Option<Gid<SkillId>>,
    /// A name for a skill that the master list lacks; 1 to 100 characters. The name of a listed
    /// skill stands for that skill.
    pub custom_name: Option<String>,
    /// The category of a skill of one's own, where no placement's settings name one; ignored for a
    /// listed skill.
    pub category: Option<SkillCategory>,
    /// How well it is mastered, 1 to 5; left out to keep the rating that the skill has.
    pub mastery: Option<i32>,
    /// What shows it; at most 1,000 characters. Left out to keep what is there, empty to take it away.
    pub evidence: Option<String>,
}

/// Tagged skills.
#[derive(SimpleObject, Plain)]
pub struct SkillsAnswer {
    /// In the order of tagging.
    pub skills: Vec<TaggedSkill>,
}

/// A skill that the person has, wherever it was tagged.
#[derive(SimpleObject, Plain)]
pub struct TaggedSkill {
    /// The skill among those that the person has; a ranking grid takes this id.
    pub id: Option<Gid<UserSkillId>>,
    /// The skill of the master list; null for one's own.
    pub skill: Option<Gid<SkillId>>,
    /// What it is called.
    pub name: String,
    /// Its category, if it has one.
    pub category: Option<SkillCategory>,
    /// How well it is mastered, 1 to 5; null when it is not rated.
    pub mastery: Option<i32>,
    /// What shows it; at most 1,000 characters.
    pub evidence: Option<String>,
    /// Its place in the ranking, from 1, the best; null when it is not ranked.
    pub rank: Option<i32>,
}

impl TryFrom<SkillTaggerInput> for Skills {
    type Error = Error;

    fn try_from(input: SkillTaggerInput) -> Result<Self, Error> {
        let skills = tags("value.skillTagger.skills", input.skills)?;
        Ok(Self { skills })
    }
}

/// The skills to tag; `list` is where the input has them.
pub(in crate::graphql) fn tags(list: &str, inputs: Vec<SkillTagInput>) -> Result<Vec<Tag>, Error> {
    let tags = inputs.into_iter().enumerate();
    tags.map(|(index, tag)| read(list, index, tag)).collect()
}

fn read(list: &str, index: usize, input: SkillTagInput) -> Result<Tag, Error> {
    let choice = match (input.skill, input.custom_name) {
        (Some(id), None) => Choice::Master(id.0),
        (None, Some(name)) => Choice::Custom(name),
        _ => {
            return Err(Error::invalid(
                format!("{list}[{index}]"),
                "needs either a skill or a name of one's own",
            ));
        }
    };
    Ok(Tag {
        id: None,
        choice,
        name: String::new(),
        category: input.category.map(Into::into),
        mastery: input.mastery,
        evidence: input.evidence,
        rank: None,
    })
}

impl From<Skills> for SkillsAnswer {
    fn from(skills: Skills) -> Self {
        Self {
            skills: skills.skills.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Tag> for TaggedSkill {
    fn from(tag: Tag) -> Self {
        Self {
            id: tag.id.map(Gid),
            skill: match tag.choice {
                Choice::Master(id) => Some(Gid(id)),
                Choice::Custom(_) => None,
            },
            name: tag.name,
            category: tag.category.map(Into::into),
            mastery: tag.mastery,
            evidence: tag.evidence,
            rank: tag.rank,
        }
    }
}
