//! The content in memory: what all readers share, read once and never changed.

mod build;
mod choice;
pub mod coaching;
mod connection;
mod curation;
mod feed;
mod field;
mod filter;
mod form;
mod ids;
mod location;
mod placement;
mod prompt;
mod reference;
mod reference_rows;
mod rows;
mod shape;
mod skill_search;
mod tool;
mod variants;
pub(crate) mod words;

use std::{collections::HashMap, ops::Range, sync::Arc};

use time::OffsetDateTime;

pub use build::RowError;
pub use choice::Choice;
pub use connection::{Connection, ConnectionKind, DataKind, OnChange, Usage};
pub use curation::Verdict;
use curation::{Curation, Decision};
pub use field::{ChoiceRules, Field, FieldInput, FieldType, LinkTarget, NumberRules, ScaleRules};
pub use filter::{
    Band, Category, DashboardField, Filter, Order, ProfileField, SourceType, ValuesField,
};
pub use form::{Entries, Form};
pub use ids::{
    BlockId, CompetencyId, CompetencyKind, ConnectionId, LevelId, LevelKind, PlacementId, PromptId,
    ReferenceId, ReferenceKind, SkillId, SkillKind, SkillProposalId, SkillProposalKind, ToolId,
};
pub use location::Location;
pub use placement::{Body, ContentBlock, ContentKind, Placement};
pub use prompt::{CheckboxRules, ChecklistRules, Input, InputKind, Prompt, SliderRules, TextRules};
pub use reference::{
    Competency, CompetencyCategory, ConsentText, DataObject, Level, PersonalityType, Practice,
    Reference, Skill, SkillCategory, Source, SourceUsage, Terms,
};
pub(crate) use rows::Parts;
pub use shape::{Collected, Shape};
use skill_search::SkillSearch;
pub use tool::{
    BucketSettings, CollectionSettings, FlowSettings, Frequency, ListSettings, RankingSettings,
    Reminder, SkillSettings, StorySettings, StoryType, Tool, ToolKind, ToolPlacement, ToolSettings,
};
pub(crate) use variants::parse_variants;
pub use variants::{VariantGroup, Variants};

/// The content in memory. It never changes; a newer edition is another library.
#[derive(Debug, Default)]
pub struct Library {
    version: i64,
    loaded_at: Option<OffsetDateTime>,
    placements: Vec<Placement>,
    by_placement: HashMap<PlacementId, usize>,
    modules: Vec<Module>,
    by_module: HashMap<String, usize>,
    exercises: Vec<Exercise>,
    by_exercise: HashMap<String, usize>,
    tools: Vec<Arc<Tool>>,
    first_places: HashMap<ToolId, usize>,
    told: HashMap<PlacementId, Vec<usize>>,
    personality_types: Vec<PersonalityType>,
    competencies: Vec<Competency>,
    skills: Vec<Skill>,
    by_skill: HashMap<SkillId, usize>,
    skill_search: SkillSearch,
    references: Vec<Reference>,
    by_reference: HashMap<ReferenceId, usize>,
    sources: HashMap<String, Vec<Source>>,
    practices: Vec<Practice>,
    data_objects: Vec<DataObject>,
    terms: Option<Terms>,
    consents: Vec<ConsentText>,
    curation: Curation,
    coaching: coaching::Coaching,
}

/// A module and the placements in it.
#[derive(Clone, Debug)]
pub struct Module {
    /// 1 and up.
    pub part: i32,
    /// Within the part; 0 opens the part.
    pub module: i32,
    /// Such as `1.1`.
    pub id: String,
    /// The text of its first heading.
    pub title: String,
    /// Where in [`Library::placements`] it stands.
    pub span: Range<usize>,
}

/// An exercise and the placements in it.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// Such as `1.1.2`; exercise 0 opens the module.
    pub id: String,
    /// Where it stands; activity 0.
    pub location: Location,
    /// The text of its first heading.
    pub title: String,
    /// Where in [`Library::placements`] it stands.
    pub span: Range<usize>,
}

impl Library {
    /// The number of the edition; 0 when nothing was ever loaded.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// When the edition was loaded; `None` when nothing ever was.
    #[must_use]
    pub const fn loaded_at(&self) -> Option<OffsetDateTime> {
        self.loaded_at
    }

    /// The same library, loaded at this time.
    pub(crate) const fn loaded(mut self, at: Option<OffsetDateTime>) -> Self {
        self.loaded_at = at;
        self
    }

    /// All placements in the order of reading.
    #[must_use]
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// The placement with this id.
    #[must_use]
    pub fn placement(&self, id: PlacementId) -> Option<&Placement> {
        self.placements.get(self.index_of(id)?)
    }

    /// Where in [`Self::placements`] the placement stands.
    #[must_use]
    pub fn index_of(&self, id: PlacementId) -> Option<usize> {
        self.by_placement.get(&id).copied()
    }

    /// All modules in the order of reading.
    #[must_use]
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The module with an id such as `1.1`.
    #[must_use]
    pub fn module(&self, id: &str) -> Option<&Module> {
        self.modules.get(*self.by_module.get(id)?)
    }

    /// The module that a placement stands in; `None` only for a placement of another library.
    #[must_use]
    pub fn module_of(&self, placement: &Placement) -> Option<&Module> {
        self.module(&placement.location.module_id())
    }

    /// All exercises in the order of reading, exercise 0 of each module included.
    #[must_use]
    pub fn exercises(&self) -> &[Exercise] {
        &self.exercises
    }

    /// The exercise with an id such as `1.1.2`.
    #[must_use]
    pub fn exercise(&self, id: &str) -> Option<&Exercise> {
        self.exercises.get(*self.by_exercise.get(id)?)
    }

    /// The exercise that a placement stands in; `None` only for a placement of another library.
    #[must_use]
    pub fn exercise_of(&self, placement: &Placement) -> Option<&Exercise> {
        self.exercise(&placement.location.exercise_id())
    }

    /// All tools, by id.
    #[must_use]
    pub fn tools(&self) -> &[Arc<Tool>] {
        &self.tools
    }

    /// The tool with this id.
    #[must_use]
    pub fn tool(&self, id: ToolId) -> Option<&Arc<Tool>> {
        let index = self.tools.binary_search_by_key(&id, |tool| tool.id).ok()?;
        self.tools.get(index)
    }

    /// Where in [`Self::placements`] a tool unlocks: at the start of the exercise that its author
    /// named, otherwise at its first placement. `None` for a tool that no module places.
    #[must_use]
    pub fn first_placement_of(&self, id: ToolId) -> Option<usize> {
        self.first_places.get(&id).copied()
    }

    /// The personality types, by code.
    #[must_use]
    pub fn personality_types(&self) -> &[PersonalityType] {
        &self.personality_types
    }

    /// The competencies, by category and order, with their levels from 1 to 5.
    #[must_use]
    pub fn competencies(&self) -> &[Competency] {
        &self.competencies
    }

    /// The skills of the master list, by name.
    #[must_use]
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// The skill with this id.
    #[must_use]
    pub fn skill(&self, id: SkillId) -> Option<&Skill> {
        self.skills.get(*self.by_skill.get(&id)?)
    }

    /// Skills whose name contains `search`, those that begin with it first, each half by name; then those
    /// that are like it, for people who mistype.
    #[must_use]
    pub fn search_skills(&self, search: &str, category: Option<SkillCategory>) -> Vec<&Skill> {
        self.skill_search.find(&self.skills, search, category)
    }

    /// Skills whose name is at least [`crate::likeness::SUGGESTED`] like this one, the most alike first.
    #[must_use]
    pub fn similar_skills(&self, name: &str) -> Vec<(&Skill, f64)> {
        self.skill_search.similar(&self.skills, name)
    }

    /// The listed skill that another one, which is listed no more, was merged into.
    #[must_use]
    pub fn heir(&self, id: SkillId) -> Option<&Skill> {
        self.skill(self.curation.heir(id)?)
    }

    /// What operators decided about a skill of somebody's own with this name and category; `None` before they have.
    #[must_use]
    pub fn verdict(&self, name: &str, category: Option<SkillCategory>) -> Option<Verdict<'_>> {
        let skill = match self.curation.decision(name, category)? {
            Decision::Listed(id) => self.skill(id).or_else(|| self.heir(id)),
            Decision::Rejected => None,
        };
        Some(skill.map_or(Verdict::Rejected, Verdict::Listed))
    }

    /// True when a skill that somebody has kept may count as another one by now.
    #[must_use]
    pub fn has_decisions(&self) -> bool {
        !self.curation.is_empty()
    }

    /// Everything about coaching.
    #[must_use]
    pub const fn coaching(&self) -> &coaching::Coaching {
        &self.coaching
    }

    /// The terms that people accept; `None` where there are none.
    #[must_use]
    pub const fn terms(&self) -> Option<&Terms> {
        self.terms.as_ref()
    }

    /// The texts that people may agree to, by kind.
    #[must_use]
    pub fn consents(&self) -> &[ConsentText] {
        &self.consents
    }

    /// The references, by citation number.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The reference with this id.
    #[must_use]
    pub fn reference(&self, id: ReferenceId) -> Option<&Reference> {
        self.references.get(*self.by_reference.get(&id)?)
    }

    /// What an exercise such as `1.1.2` is based on, by citation number.
    #[must_use]
    pub fn sources_of(&self, exercise_id: &str) -> &[Source] {
        self.sources.get(exercise_id).map_or(&[], Vec::as_slice)
    }

    /// What readers keep doing.
    #[must_use]
    pub fn practices(&self) -> &[Practice] {
        &self.practices
    }

    /// What the workbook keeps, described for authors.
    #[must_use]
    pub fn data_objects(&self) -> &[DataObject] {
        &self.data_objects
    }
}
