//! Rows of the content tables, turned into what the library keeps.

use std::{collections::HashMap, sync::Arc};

use uuid::Uuid;

use super::{
    BlockId, Connection, ConnectionId, ConnectionKind, ContentBlock, ContentKind, DataKind, Filter,
    Frequency, Input, InputKind, OnChange, PlacementId, Prompt, PromptId, Reminder, RowError,
    Shape, Tool, ToolId, ToolKind, ToolPlacement, ToolSettings, Usage, coaching::CoachingParts,
};
use crate::entity::{
    competency, competency_level, connection, consent, content_block, content_source, data_object,
    ongoing_practice, personality_type, prompt, reference, skill, skill_proposal, stem, terms,
    tool,
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
    pub(crate) terms: Vec<terms::Model>,
    pub(crate) consents: Vec<consent::Model>,
    /// Skills and those that count in their place.
    pub(crate) merged_skills: Vec<(Uuid, Uuid)>,
    /// Those that operators have decided on.
    pub(crate) proposals: Vec<skill_proposal::Model>,
    pub(crate) coaching: CoachingParts,
}

/// What a table gives.
pub(super) type Rows<T> = Result<Vec<T>, RowError>;

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
    let kind = word("tools", &row.id, &row.kind, ToolKind::parse)?;
    let shape = Shape::parse(kind, row.config.as_deref())
        .map_err(|faults| RowError::new("tools", &row.id, faults.join("; ")))?;
    Ok(Arc::new(Tool {
        id: ToolId(row.id),
        name: row.name,
        kind,
        shape,
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
    let Some(usage) = row.usage else {
        return Ok(None);
    };
    let on_change = match row.on_change {
        Some(policy) => word(TABLE, &row.id, &policy, OnChange::parse)?,
        None => OnChange::Update,
    };
    let data = row.data_object.unwrap_or_default();
    Ok(Some(Connection {
        id: ConnectionId(row.id),
        source: row.source_block_id.map(PlacementId),
        places: None,
        kind: word(TABLE, &row.id, &row.connection_type, ConnectionKind::parse)?,
        data: word(TABLE, &row.id, &data, DataKind::parse)?,
        usage: word(TABLE, &row.id, &usage, Usage::parse)?,
        on_change,
        filter: Filter::parse(row.filter.as_deref())
            .map_err(|reason| RowError::new(TABLE, &row.id, reason))?,
        notes: row.implementation_notes,
    }))
}

/// The variant that a word stands for.
pub(super) fn word<T>(
    table: &'static str,
    id: &dyn ToString,
    text: &str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, RowError> {
    parse(text).ok_or_else(|| RowError::new(table, id, format!("{text:?} is not known")))
}

/// A value out of a JSON column.
pub(super) fn json<T: serde::de::DeserializeOwned>(
    table: &'static str,
    id: &dyn ToString,
    text: &str,
) -> Result<T, RowError> {
    serde_json::from_str(text).map_err(|error| RowError::new(table, id, error.to_string()))
}
