//! Reference data: types, competencies, skills, sources, practices.

use time::Date;

use super::{CompetencyId, LevelId, ReferenceId, SkillId, words::words};

/// One of the sixteen personality types.
#[derive(Clone, Debug)]
pub struct PersonalityType {
    /// Four letters, such as `INTJ`.
    pub code: String,
    /// A name for it.
    pub name: String,
    /// What it may mean for work.
    pub summary: String,
}

/// Something that people rate themselves in.
#[derive(Clone, Debug)]
pub struct Competency {
    /// Derived from the author's key.
    pub id: CompetencyId,
    /// As readers see it.
    pub name: String,
    /// One paragraph.
    pub definition: String,
    /// Which of the three groups.
    pub category: CompetencyCategory,
    /// The order within the group.
    pub sort_order: i32,
    /// Modules where it surfaces, such as `2.5`.
    pub relevant_modules: Vec<String>,
    /// Five, from 1 to 5.
    pub levels: Vec<Level>,
}

/// One of the five levels of a competency.
#[derive(Clone, Debug)]
pub struct Level {
    /// Derived from the author's key.
    pub id: LevelId,
    /// 1 to 5.
    pub level: i32,
    /// How somebody at this level works.
    pub description: String,
}

words! {
    /// The groups of competencies.
    CompetencyCategory {
        /// Getting work done.
        Delivery = "delivery",
        /// Working with others.
        Interpersonal = "interpersonal",
        /// Looking ahead.
        Strategic = "strategic",
    }
}

/// A skill of the master list.
#[derive(Clone, Debug)]
pub struct Skill {
    /// Derived from the author's key.
    pub id: SkillId,
    /// As readers see it.
    pub name: String,
    /// Which group, if any.
    pub category: Option<SkillCategory>,
    /// The name in lower case, to search in.
    pub(crate) folded: String,
}

words! {
    /// The groups of skills.
    SkillCategory {
        /// Useful in any field.
        Transferable = "transferable",
        /// How one goes about things.
        SelfManagement = "self_management",
        /// What one knows.
        Knowledge = "knowledge",
    }
}

/// A book or an article that the workbook stands on.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Derived from the author's key.
    pub id: ReferenceId,
    /// By first appearance in the workbook.
    pub citation_number: i32,
    /// To sort by.
    pub author_surname: String,
    /// Chicago style.
    pub full_citation: String,
    /// The short form.
    pub short_citation: String,
    /// A group for the credits.
    pub category: Option<String>,
    /// What else is known about it.
    pub metadata: Option<serde_json::Value>,
}

/// How an exercise uses a reference.
#[derive(Clone, Debug)]
pub struct Source {
    /// The exercise, such as `1.1.2`.
    pub exercise_id: String,
    /// What is used.
    pub reference: ReferenceId,
    /// How.
    pub usage: SourceUsage,
    /// In the author's words.
    pub notes: Option<String>,
}

words! {
    /// How a source is used.
    SourceUsage {
        /// Word for word.
        DirectQuote = "direct_quote",
        /// Its structure is used.
        Framework = "framework",
        /// It builds on its idea.
        Concept = "concept",
        /// A changed version of it.
        Adaptation = "adaptation",
        /// Loosely influenced.
        Inspiration = "inspiration",
    }
}

/// The terms that people accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// From 1.
    pub version: i32,
    /// Markdown.
    pub text: String,
    /// The day from which they count.
    pub effective_on: Date,
}

/// A text that people may agree to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentText {
    /// What it is about: lower-case letters and underscores.
    pub kind: String,
    /// From 1.
    pub version: i32,
    /// What it is called.
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// What a reader keeps doing after the exercise that taught it.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Stable.
    pub id: i32,
    /// As readers see it.
    pub name: String,
    /// The exercise that taught it.
    pub established_in: String,
    /// Where it is used.
    pub used_by: Option<String>,
    /// How often.
    pub frequency: String,
    /// What it is good for.
    pub purpose: Option<String>,
}

/// What the workbook keeps for its readers, described for authors.
#[derive(Clone, Debug)]
pub struct DataObject {
    /// Stable.
    pub id: i32,
    /// What it is called.
    pub name: String,
    /// The exercise that makes it.
    pub created_in: String,
    /// The exercises that use it.
    pub reused_in: Option<String>,
    /// Its shape.
    pub data_type: String,
    /// The author's words on it.
    pub notes: Option<String>,
}
