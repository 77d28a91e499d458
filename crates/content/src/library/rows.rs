//! Rows of one table each, turned into what the library keeps.

use std::{collections::HashMap, sync::Arc};

use super::{
    BlockId, Competency, CompetencyCategory, CompetencyId, Connection, ConnectionId,
    ConnectionKind, ContentBlock, ContentKind, DataKind, DataObject, Filter, Frequency, Input,
    InputKind, Level, LevelId, PersonalityType, PlacementId, Practice, Prompt, PromptId, Reference,
    ReferenceId, Reminder, RowError, Skill, SkillCategory, SkillId, Source, SourceUsage, Tool,
    ToolId, ToolKind, ToolPlacement, ToolSettings, Usage,
};
use crate::entity::{
    competency, competency_level, connection, content_block, content_source, data_object,
    ongoing_practice, personality_type, prompt, reference, skill, stem, tool,
};

/// All active rows of all tables.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) stem: Vec<stem::Model>,
    pub(crate) content_blocks: Vec<content_block::Model>,
    pub(crate) prompts: Vec<prompt::Model>,
    pub(crate) tools: Vec<tool::Model>,
    pub(crate) connections: Vec<connection::Model>,
    pub(crate) data_objects: Vec<data_object::Model>,
    pub(crate) ongoing_practices: Vec<ongoing_practice::Model>,
    pub(crate) personality_types: Vec<personality_type::Model>,
    pub(crate) competencies: Vec<competency::Model>,
    pub(crate) competency_levels: Vec<competency_level::Model>,
    pub(crate) skills: Vec<skill::Model>,
    pub(crate) references: Vec<reference::Model>,
    pub(crate) content_sources: Vec<content_source::Model>,
}

type Rows<T> = Result<Vec<T>, RowError>;

pub(super) fn by_id<T>(all: Vec<T>, id: impl Fn(&T) -> i32) -> HashMap<i32, T> {
    all.into_iter().map(|one| (id(&one), one)).collect()
}

pub(super) fn blocks(rows: Vec<content_block::Model>) -> Rows<ContentBlock> {
    rows.into_iter()
        .map(|row| {
            let kind = word(
                "content_blocks",
                &row.id,
                &row.content_type,
                ContentKind::parse,
            )?;
            let id = BlockId(row.id);
            Ok(ContentBlock {
                id,
                kind,
                text: row.content,
                version: row.version,
            })
        })
        .collect()
}

pub(super) fn prompts(rows: Vec<prompt::Model>) -> Rows<Prompt> {
    rows.into_iter()
        .map(|row| {
            let kind = word("prompts", &row.id, &row.input_type, InputKind::parse)?;
            let input = Input::parse(kind, row.input_config.as_deref())
                .map_err(|reason| RowError::new("prompts", &row.id, reason))?;
            Ok(Prompt {
                id: PromptId(row.id),
                text: row.prompt_text,
                input,
                private: row.is_private,
                version: row.version,
            })
        })
        .collect()
}

pub(super) fn tools(rows: Vec<tool::Model>) -> Rows<Arc<Tool>> {
    let mut tools = rows.into_iter().map(tool).collect::<Rows<_>>()?;
    tools.sort_by_key(|tool| tool.id);
    Ok(tools)
}

fn tool(row: tool::Model) -> Result<Arc<Tool>, RowError> {
    let frequency = match row.reminder_frequency.filter(|_| row.has_reminder) {
        Some(frequency) => Some(word("tools", &row.id, &frequency, Frequency::parse)?),
        None => None,
    };
    let prompt = row.reminder_prompt;
    Ok(Arc::new(Tool {
        id: ToolId(row.id),
        kind: word("tools", &row.id, &row.name, ToolKind::parse)?,
        title: row.title,
        description: row.description,
        instructions: row.instructions,
        icon: row.icon_name,
        reminder: frequency.map(|frequency| Reminder { frequency, prompt }),
        unlocks_at: row.unlocks_at_exercise,
        version: row.version,
    }))
}

pub(super) fn placed(tool: &Arc<Tool>, row: &stem::Model) -> Result<ToolPlacement, RowError> {
    let (instructions, settings) = ToolSettings::parse(tool.kind, row.config.as_deref())
        .map_err(|reason| RowError::new("stem", &row.id, reason))?;
    Ok(ToolPlacement {
        tool: Arc::clone(tool),
        instructions,
        settings,
    })
}

/// Connections without a usage only document something; the library leaves them out.
pub(super) fn connections(rows: Vec<connection::Model>) -> Rows<Connection> {
    rows.into_iter()
        .filter_map(|row| connection(row).transpose())
        .collect()
}

fn connection(row: connection::Model) -> Result<Option<Connection>, RowError> {
    const TABLE: &str = "connections";
    let (Some(usage), Some(source)) = (row.usage, row.source_block_id) else {
        return Ok(None);
    };
    let data = row.data_object.unwrap_or_default();
    Ok(Some(Connection {
        id: ConnectionId(row.id),
        source: PlacementId(source),
        kind: word(TABLE, &row.id, &row.connection_type, ConnectionKind::parse)?,
        data: word(TABLE, &row.id, &data, DataKind::parse)?,
        usage: word(TABLE, &row.id, &usage, Usage::parse)?,
        filter: Filter::parse(row.filter.as_deref())
            .map_err(|reason| RowError::new(TABLE, &row.id, reason))?,
        notes: row.implementation_notes,
    }))
}

pub(super) fn personality_types(rows: Vec<personality_type::Model>) -> Vec<PersonalityType> {
    let mut types: Vec<_> = rows
        .into_iter()
        .map(|row| PersonalityType {
            code: row.code,
            name: row.name,
            summary: row.summary,
        })
        .collect();
    types.sort_by(|a, b| a.code.cmp(&b.code));
    types
}

pub(super) fn competencies(
    rows: Vec<competency::Model>,
    levels: Vec<competency_level::Model>,
) -> Rows<Competency> {
    let mut by_competency: HashMap<_, Vec<Level>> = HashMap::new();
    for row in levels {
        by_competency
            .entry(row.competency_id)
            .or_default()
            .push(Level {
                id: LevelId::from(row.id),
                level: row.level,
                description: row.description,
            });
    }
    let mut competencies = rows
        .into_iter()
        .map(|row| {
            let levels = by_competency.remove(&row.id).unwrap_or_default();
            competency(row, levels)
        })
        .collect::<Rows<_>>()?;
    competencies.sort_by_key(|one| (one.category, one.sort_order));
    Ok(competencies)
}

fn competency(row: competency::Model, mut levels: Vec<Level>) -> Result<Competency, RowError> {
    levels.sort_by_key(|level| level.level);
    let modules = row.relevant_modules.as_deref().unwrap_or("[]");
    Ok(Competency {
        id: CompetencyId::from(row.id),
        category: word(
            "competencies",
            &row.id,
            &row.category,
            CompetencyCategory::parse,
        )?,
        relevant_modules: json("competencies", &row.id, modules)?,
        name: row.name,
        definition: row.definition,
        sort_order: row.sort_order,
        levels,
    })
}

pub(super) fn skills(rows: Vec<skill::Model>) -> Rows<Skill> {
    let mut skills = rows
        .into_iter()
        .map(|row| {
            let category = match &row.category {
                Some(category) => Some(word("skills", &row.id, category, SkillCategory::parse)?),
                None => None,
            };
            let folded = row.name.to_lowercase();
            Ok(Skill {
                id: SkillId::from(row.id),
                name: row.name,
                category,
                folded,
            })
        })
        .collect::<Rows<_>>()?;
    skills.sort_by(|a, b| (&a.folded, a.id).cmp(&(&b.folded, b.id)));
    Ok(skills)
}

pub(super) fn references(rows: Vec<reference::Model>) -> Rows<Reference> {
    let mut references = rows
        .into_iter()
        .map(|row| {
            let metadata = match &row.metadata {
                Some(text) => Some(json("references", &row.id, text)?),
                None => None,
            };
            Ok(Reference {
                id: ReferenceId::from(row.id),
                citation_number: row.citation_number,
                author_surname: row.author_surname,
                full_citation: row.full_citation,
                short_citation: row.short_citation,
                category: row.category,
                metadata,
            })
        })
        .collect::<Rows<_>>()?;
    references.sort_by_key(|reference| reference.citation_number);
    Ok(references)
}

pub(super) fn sources(
    rows: Vec<content_source::Model>,
    references: &[Reference],
) -> Result<HashMap<String, Vec<Source>>, RowError> {
    let numbers: HashMap<ReferenceId, i32> = references
        .iter()
        .map(|reference| (reference.id, reference.citation_number))
        .collect();
    let mut sources: HashMap<String, Vec<Source>> = HashMap::new();
    for row in rows {
        let usage = word(
            "content_sources",
            &row.id,
            &row.usage_type,
            SourceUsage::parse,
        )?;
        sources
            .entry(row.exercise_id.clone())
            .or_default()
            .push(Source {
                exercise_id: row.exercise_id,
                reference: ReferenceId::from(row.reference_id),
                usage,
                notes: row.notes,
            });
    }
    for list in sources.values_mut() {
        list.sort_by_key(|source| (numbers.get(&source.reference).copied(), source.usage));
    }
    Ok(sources)
}

pub(super) fn practices(rows: Vec<ongoing_practice::Model>) -> Vec<Practice> {
    let mut practices: Vec<_> = rows
        .into_iter()
        .map(|row| Practice {
            id: row.id,
            name: row.name,
            established_in: row.established_in,
            used_by: row.used_by,
            frequency: row.frequency,
            purpose: row.purpose,
        })
        .collect();
    practices.sort_by_key(|practice| practice.id);
    practices
}

pub(super) fn data_objects(rows: Vec<data_object::Model>) -> Vec<DataObject> {
    let mut objects: Vec<_> = rows
        .into_iter()
        .map(|row| DataObject {
            id: row.id,
            name: row.name,
            created_in: row.created_in,
            reused_in: row.reused_in,
            data_type: row.data_type,
            notes: row.implementation_notes,
        })
        .collect();
    objects.sort_by_key(|object| object.id);
    objects
}

fn word<T>(
    table: &'static str,
    id: &dyn ToString,
    text: &str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, RowError> {
    parse(text).ok_or_else(|| RowError::new(table, id, format!("{text:?} is not known")))
}

fn json<T: serde::de::DeserializeOwned>(
    table: &'static str,
    id: &dyn ToString,
    text: &str,
) -> Result<T, RowError> {
    serde_json::from_str(text).map_err(|error| RowError::new(table, id, error.to_string()))
}
