//! What operators have decided about skills, so that nobody has to ask the database for it.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Skill, SkillCategory, SkillId};
use crate::{entity::skill_proposal, review::folded};

/// What operators decided about a skill of somebody's own.
#[derive(Clone, Copy, Debug)]
pub enum Verdict<'a> {
    /// It counts as this listed skill.
    Listed(&'a Skill),
    /// It stays the person's own.
    Rejected,
}

/// What was decided, as it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Decision {
    /// It counts as this skill, which may have been merged since.
    Listed(SkillId),
    /// It stays the person's own.
    Rejected,
}

type Named = (String, Option<SkillCategory>);

/// All decisions.
#[derive(Clone, Debug, Default)]
pub(super) struct Curation {
    heirs: HashMap<SkillId, SkillId>,
    /// By name and category.
    decisions: HashMap<Named, Decision>,
}

impl Curation {
    pub(super) fn new(merged: Vec<(Uuid, Uuid)>, proposals: Vec<skill_proposal::Model>) -> Self {
        let heirs = merged.into_iter();
        let decisions = proposals.into_iter().map(|row| {
            let category = row.category.as_deref().and_then(SkillCategory::parse);
            let listed = |id| Decision::Listed(SkillId::from(id));
            let decision = row.skill_id.map_or(Decision::Rejected, listed);
            ((row.folded_name, category), decision)
        });
        Self {
            heirs: heirs
                .map(|(from, into)| (SkillId::from(from), SkillId::from(into)))
                .collect(),
            decisions: decisions.collect(),
        }
    }

    pub(super) fn heir(&self, id: SkillId) -> Option<SkillId> {
        self.heirs.get(&id).copied()
    }

    pub(super) fn decision(&self, name: &str, category: Option<SkillCategory>) -> Option<Decision> {
        if self.decisions.is_empty() {
            return None;
        }
        self.decisions.get(&(folded(name), category)).copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.heirs.is_empty() && self.decisions.is_empty()
    }
}
