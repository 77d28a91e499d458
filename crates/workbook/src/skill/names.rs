//! What skills are called that something names without rating them.

use std::{collections::HashMap, sync::Arc};

use dreamtree_content::{Library, SkillCategory, SkillId, entity::skill};
use dreamtree_database::Scope;

use super::{Own, counted::counts_as};
use crate::{
    Error,
    tool::skills::{Subject, retired},
};

/// The names of the skills that some rows name.
pub(crate) struct Names<'a> {
    library: &'a Library,
    own: Arc<Own>,
    left: HashMap<SkillId, skill::Model>,
}

/// What a skill is called.
pub(crate) struct Called {
    /// The skill of the master list; `None` for one's own.
    pub(crate) listed: Option<SkillId>,
    /// Its name.
    pub(crate) name: String,
    /// Its group, if it has one.
    pub(crate) category: Option<SkillCategory>,
}

impl<'a> Names<'a> {
    /// The names of these listed skills and of the person's own; one statement when one of them is no longer in the
    /// master list, which keeps its name and group.
    pub(crate) async fn of(
        scope: &Scope,
        library: &'a Library,
        own: Arc<Own>,
        listed: impl Iterator<Item = SkillId>,
    ) -> Result<Self, Error> {
        let left = listed.filter(|id| library.skill(*id).is_none());
        let left = retired(scope, left).await?;
        Ok(Self { library, own, left })
    }

    /// What one is called, as what it counts as by now.
    pub(crate) fn name(&self, (listed, custom): Subject) -> Result<Called, Error> {
        let category = |word: &Option<String>| word.as_deref().and_then(SkillCategory::parse);
        let custom = custom.and_then(|id| self.own.get(id));
        let named = custom.map(|row| (row.name.as_str(), category(&row.category)));
        let heir = counts_as(self.library, listed, named);
        if let Some(skill) = heir.or_else(|| self.library.skill(listed?)) {
            return Ok(Called {
                listed: Some(skill.id),
                name: skill.name.clone(),
                category: skill.category,
            });
        }
        let left = listed.and_then(|id| self.left.get(&id));
        let left = left.map(|row| (row.name.as_str(), category(&row.category)));
        let (name, category) = left
            .or(named)
            .ok_or(Error::Corrupt("a skill without a name"))?;
        Ok(Called {
            listed,
            name: name.to_owned(),
            category,
        })
    }
}
