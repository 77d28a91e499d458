//! Content as it leaves: written as JSON once, at start.

use std::{collections::HashMap, sync::Arc};

use dreamtree_content::{CompetencyId, Library, Placement};
use serde::Serialize;
use serde_json::json;

use crate::body;

/// Content as it leaves, and the library that the rules are read off.
pub(crate) struct Content {
    /// The content in memory.
    pub(crate) library: Arc<Library>,
    heads: Vec<String>,
    prefills: Vec<String>,
    competencies: HashMap<CompetencyId, Competency>,
}

/// A competency as a result names it.
#[derive(Serialize)]
pub(crate) struct Competency {
    id: String,
    name: String,
    category: String,
}

impl Content {
    /// Writes everything that does not depend on who reads it.
    pub(crate) fn of(library: Arc<Library>) -> Self {
        let placements = library.placements();
        let competency = |one: &dreamtree_content::Competency| {
            let known = Competency {
                id: format!("competency:{}", one.id),
                name: one.name.clone(),
                category: body::upper(one.category.as_str()),
            };
            (one.id, known)
        };
        Self {
            heads: placements.iter().map(head).collect(),
            prefills: placements
                .iter()
                .map(|one| prefill(&library, one))
                .collect(),
            competencies: library.competencies().iter().map(competency).collect(),
            library,
        }
    }

    /// An edge up to its node's last field that is the same for everybody; node and edge stay open.
    pub(crate) fn head(&self, index: usize) -> &str {
        &self.heads[index]
    }

    /// A prefill up to its last field that is the same for everybody; it stays open.
    pub(crate) fn prefill(&self, index: usize) -> &str {
        &self.prefills[index]
    }

    /// A competency as a result names it.
    pub(crate) fn competency(&self, id: CompetencyId) -> Option<&Competency> {
        self.competencies.get(&id)
    }
}

/// The cursor of a placement, as the workbook writes it.
pub(crate) fn cursor(placement: &Placement) -> String {
    format!("blocks:{}.{}", placement.id.0, placement.sequence)
}

fn head(placement: &Placement) -> String {
    let edge = json!({
        "cursor": cursor(placement),
        "node": {
            "id": format!("placement:{}", placement.id.0),
            "sequence": placement.sequence,
            "required": placement.required,
            "location": {
                "part": placement.location.part,
                "module": placement.location.module,
                "exercise": placement.location.exercise,
                "activity": placement.location.activity,
                "exerciseId": placement.location.exercise_id(),
            },
            "body": body::of(&placement.body),
        },
    });
    open(edge.to_string(), 2)
}

fn prefill(library: &Library, placement: &Placement) -> String {
    let Some(connection) = &placement.connection else {
        return String::new();
    };
    let source = connection.source.and_then(|id| library.placement(id));
    let location = source.map(|source| json!({ "exerciseId": source.location.exercise_id() }));
    let prefill = json!({
        "source": source.map(|source| format!("placement:{}", source.id.0)),
        "usage": body::upper(connection.usage.as_str()),
        "location": location,
    });
    open(prefill.to_string(), 1)
}

/// Takes closing braces away, so that fields can be added.
fn open(mut object: String, levels: usize) -> String {
    object.truncate(object.len() - levels);
    object
}
