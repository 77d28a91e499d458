//! `competencies.toml`.

use std::{collections::HashMap, sync::Arc};

use serde::Deserialize;

use super::entries::entries;
use crate::{
    edition::{Draft, uuid_of},
    entity::{competency, competency_level},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCompetency {
    key: String,
    name: String,
    category: String,
    definition: String,
    relevant_modules: Option<Vec<String>>,
    levels: Vec<String>,
    job_contexts: Option<Vec<String>>,
}

/// Adds the competencies of the file with their levels. The order within a category is the file's.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    let mut orders: HashMap<String, i32> = HashMap::new();
    for (at, written) in entries::<WrittenCompetency>(draft, file, text, "competency") {
        let id = uuid_of("competency", &written.key);
        let order = orders.entry(written.category.clone()).or_default();
        *order += 1;
        let contexts = written.job_contexts.unwrap_or_default();
        if !contexts.is_empty() && contexts.len() != written.levels.len() {
            let message = format!(
                "{} needs as many job_contexts as levels, or none",
                written.name
            );
            draft.fault(&at, "five-levels", message);
        }
        let modules = written
            .relevant_modules
            .and_then(|list| serde_json::to_string(&list).ok());
        draft.competencies.push(at.row(competency::Model {
            id,
            name: written.name,
            definition: written.definition,
            category: written.category,
            sort_order: *order,
            relevant_modules: modules,
            is_active: true,
        }));
        for (level, description) in (1..).zip(written.levels) {
            let place = usize::try_from(level - 1).unwrap_or_default();
            draft
                .competency_levels
                .push(at.row(competency_level::Model {
                    id: uuid_of("level", &format!("{id}:{level}")),
                    competency_id: id,
                    level,
                    description,
                    job_context: contexts.get(place).cloned(),
                    is_active: true,
                }));
        }
    }
}
