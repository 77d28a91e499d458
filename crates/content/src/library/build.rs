//! From rows to a [`Library`]. Rows were checked when they were loaded; what still does not fit is
//! named and stops the building.

use std::{collections::HashMap, sync::Arc};

use thiserror::Error;

use super::{
    Body, Connection, Exercise, Library, Location, Module, Placement, PlacementId, ToolId,
    Variants,
    coaching::Coaching,
    curation::Curation,
    reference_rows,
    rows::{self, Parts},
    skill_search::SkillSearch,
    variants::parse_variants,
};
use crate::entity::stem;

/// A row that does not fit what this program knows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the row {id} of {table} does not fit: {reason}")]
pub struct RowError {
    /// The table.
    pub table: &'static str,
    /// The row's key.
    pub id: String,
    /// What is wrong with it.
    pub reason: String,
}

impl RowError {
    pub(super) fn new(table: &'static str, id: &dyn ToString, reason: impl Into<String>) -> Self {
        Self {
            table,
            id: id.to_string(),
            reason: reason.into(),
        }
    }
}

impl Library {
    /// Builds the library from active rows, in any order.
    pub(crate) fn build(version: i64, parts: Parts) -> Result<Self, RowError> {
        let tools = rows::tools(parts.tools)?;
        let placements = Shelving {
            blocks: rows::by_id(rows::blocks(parts.content_blocks)?, |block| block.id.0),
            prompts: rows::by_id(rows::prompts(parts.prompts)?, |prompt| prompt.id.0),
            tools: rows::by_id(tools.clone(), |tool| tool.id.0),
            connections: rows::by_id(rows::connections(parts.connections)?, |link| link.id.0),
        }
        .placements(parts.stem)?;
        let skills = reference_rows::skills(parts.skills)?;
        let references = reference_rows::references(parts.references)?;
        let sources = reference_rows::sources(parts.content_sources, &references)?;
        let mut library = Self {
            version,
            by_placement: index(&placements, |placement| placement.id),
            placements,
            tools,
            personality_types: reference_rows::personality_types(parts.personality_types),
            competencies: reference_rows::competencies(
                parts.competencies,
                parts.competency_levels,
            )?,
            by_skill: index(&skills, |skill| skill.id),
            skill_search: SkillSearch::new(&skills),
            skills,
            by_reference: index(&references, |reference| reference.id),
            references,
            sources,
            practices: reference_rows::practices(parts.ongoing_practices),
            data_objects: reference_rows::data_objects(parts.data_objects),
            terms: reference_rows::terms(parts.terms),
            consents: reference_rows::consents(parts.consents),
            curation: Curation::new(parts.merged_skills, parts.proposals),
            coaching: Coaching::build(parts.coaching)?,
            ..Self::default()
        };
        library.divide();
        library.find_places();
        library.find_told();
        library.find_first_places();
        Ok(library)
    }

    /// Finds modules and exercises: runs of placements with the same numbers.
    fn divide(&mut self) {
        for (at, placement) in self.placements.iter().enumerate() {
            let location = placement.location;
            let heading = placement.heading();
            match self.modules.last_mut() {
                Some(last) if (last.part, last.module) == (location.part, location.module) => {
                    last.span.end = at + 1;
                    entitle(&mut last.title, heading);
                }
                _ => self.modules.push(Module {
                    part: location.part,
                    module: location.module,
                    id: location.module_id(),
                    title: heading.unwrap_or_default().to_owned(),
                    span: at..at + 1,
                }),
            }
            let start = Location {
                activity: 0,
                ..location
            };
            match self.exercises.last_mut() {
                Some(last) if last.location == start => {
                    last.span.end = at + 1;
                    entitle(&mut last.title, heading);
                }
                _ => self.exercises.push(Exercise {
                    id: location.exercise_id(),
                    location: start,
                    title: heading.unwrap_or_default().to_owned(),
                    span: at..at + 1,
                }),
            }
        }
        self.by_module = index(&self.modules, |module| module.id.clone());
        self.by_exercise = index(&self.exercises, |exercise| exercise.id.clone());
    }

    fn find_first_places(&mut self) {
        let mut places: HashMap<ToolId, usize> = HashMap::new();
        for (at, placement) in self.placements.iter().enumerate() {
            if let Some(placed) = placement.tool() {
                places.entry(placed.tool.id).or_insert(at);
            }
        }
        for tool in &self.tools {
            let exercise = tool.unlocks_at.as_deref().and_then(|id| self.exercise(id));
            if let Some(exercise) = exercise {
                places.insert(tool.id, exercise.span.start);
            }
        }
        self.first_places = places;
    }
}

/// What placements are put together from.
struct Shelving {
    blocks: HashMap<i32, super::ContentBlock>,
    prompts: HashMap<i32, super::Prompt>,
    tools: HashMap<i32, Arc<super::Tool>>,
    connections: HashMap<i32, Connection>,
}

impl Shelving {
    fn placements(&self, mut stem: Vec<stem::Model>) -> Result<Vec<Placement>, RowError> {
        stem.sort_by_key(|row| row.sequence);
        stem.into_iter().map(|row| self.placement(&row)).collect()
    }

    fn placement(&self, row: &stem::Model) -> Result<Placement, RowError> {
        let body = self.body(row)?;
        Ok(Placement {
            id: PlacementId(row.id),
            sequence: row.sequence,
            location: row.location(),
            required: row.is_required,
            variants: variants(row, &body)?,
            body,
            connection: row
                .connection_id
                .and_then(|id| self.connections.get(&id))
                .cloned(),
        })
    }

    fn body(&self, row: &stem::Model) -> Result<Body, RowError> {
        let id = row.content_id.unwrap_or_default();
        let body = match row.block_type.as_str() {
            "content" => self.blocks.get(&id).cloned().map(Body::Content),
            "prompt" => self.prompts.get(&id).cloned().map(Body::Prompt),
            "tool" => match self.tools.get(&id) {
                Some(tool) => Some(Body::Tool(rows::placed(tool, row)?)),
                None => None,
            },
            _ => None,
        };
        body.ok_or_else(|| RowError::new("stem", &row.id, "what it places is not there"))
    }
}

impl stem::Model {
    /// Where the row stands.
    pub(crate) const fn location(&self) -> Location {
        Location {
            part: self.part,
            module: self.module,
            exercise: self.exercise,
            activity: self.activity,
        }
    }
}

fn variants(row: &stem::Model, body: &Body) -> Result<Option<Variants>, RowError> {
    let (group, wordings) = (row.variant_group.as_deref(), row.wordings.as_deref());
    let parsed =
        parse_variants(group, wordings).map_err(|reason| RowError::new("stem", &row.id, reason))?;
    Ok(parsed.map(|(group, others)| Variants {
        group: group.to_owned(),
        others: others.into_iter().map(|words| body.worded(words)).collect(),
    }))
}

fn entitle(title: &mut String, heading: Option<&str>) {
    if title.is_empty()
        && let Some(text) = heading
    {
        text.clone_into(title);
    }
}

fn index<T, K: Eq + std::hash::Hash>(all: &[T], key: impl Fn(&T) -> K) -> HashMap<K, usize> {
    all.iter()
        .enumerate()
        .map(|(at, one)| (key(one), at))
        .collect()
}
