//! Types, skills and practices.

use async_graphql::SimpleObject;
use dreamtree_api::{Gid, Plain};
use time::Date;

use super::words::SkillCategory;
use crate::SkillId;

/// One of the sixteen personality types.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct PersonalityType {
    /// Four letters, such as `INTJ`.
    pub code: String,
    /// A name for it.
    pub name: String,
    /// What it may mean for work, as Markdown.
    pub summary: String,
}

/// A skill of the master list.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Skill {
    /// Stable for as long as the master list keeps the skill.
    pub id: Gid<SkillId>,
    /// As readers see it.
    pub name: String,
    /// Which group it belongs to, if any.
    pub category: Option<SkillCategory>,
}

/// How many skills there are beyond the page.
#[derive(Clone, Copy, Debug, SimpleObject, Plain)]
pub struct SkillTotal {
    /// How many skills match, on all pages.
    pub total_count: usize,
}

/// The terms that people accept.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Terms {
    /// From 1; `acceptTerms` takes it.
    pub version: i32,
    /// Markdown.
    pub text: String,
    /// The day from which they count.
    pub effective_on: Date,
}

/// A text that people may agree to, beyond the terms.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ConsentText {
    /// What it is about, such as "statistics"; `giveConsent` and `withdrawConsent` take it.
    pub kind: String,
    /// From 1; `giveConsent` takes it.
    pub version: i32,
    /// What it is called.
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// Something that a reader keeps doing.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Practice {
    /// As readers see it.
    pub name: String,
    /// The exercise that taught it, such as `1.3.3`.
    pub established_in: String,
    /// Where it is used.
    pub used_by: Option<String>,
    /// How often, such as `daily`.
    pub frequency: String,
    /// What it is good for.
    pub purpose: Option<String>,
}

/// Something that the workbook keeps for its readers, from the exercise that makes it to those that use it.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct DataObject {
    /// Stable.
    pub id: i32,
    /// What it is called.
    pub name: String,
    /// The exercise that makes it, such as `1.3.3`.
    pub created_in: String,
    /// The exercises that use it, as their author lists them.
    pub reused_in: Option<String>,
    /// Its shape, such as `list`.
    pub data_type: String,
    /// The author's words on it.
    pub notes: Option<String>,
}

impl From<&crate::PersonalityType> for PersonalityType {
    fn from(personality: &crate::PersonalityType) -> Self {
        Self {
            code: personality.code.clone(),
            name: personality.name.clone(),
            summary: personality.summary.clone(),
        }
    }
}

impl From<&crate::Skill> for Skill {
    fn from(skill: &crate::Skill) -> Self {
        Self {
            id: Gid(skill.id),
            name: skill.name.clone(),
            category: skill.category.map(Into::into),
        }
    }
}

impl From<&crate::Terms> for Terms {
    fn from(terms: &crate::Terms) -> Self {
        Self {
            version: terms.version,
            text: terms.text.clone(),
            effective_on: terms.effective_on,
        }
    }
}

impl From<&crate::ConsentText> for ConsentText {
    fn from(text: &crate::ConsentText) -> Self {
        Self {
            kind: text.kind.clone(),
            version: text.version,
            title: text.title.clone(),
            text: text.text.clone(),
        }
    }
}

impl From<&crate::Practice> for Practice {
    fn from(practice: &crate::Practice) -> Self {
        Self {
            name: practice.name.clone(),
            established_in: practice.established_in.clone(),
            used_by: practice.used_by.clone(),
            frequency: practice.frequency.clone(),
            purpose: practice.purpose.clone(),
        }
    }
}

impl From<&crate::DataObject> for DataObject {
    fn from(object: &crate::DataObject) -> Self {
        Self {
            id: object.id,
            name: object.name.clone(),
            created_in: object.created_in.clone(),
            reused_in: object.reused_in.clone(),
            data_type: object.data_type.clone(),
            notes: object.notes.clone(),
        }
    }
}
