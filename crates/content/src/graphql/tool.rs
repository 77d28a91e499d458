//! Tools, and what an author asks of a tool at one place.

use async_graphql::{SimpleObject, Union};
use dreamtree_api::{Gid, Plain};

use super::{
    field::ToolField,
    words::{Collected, Frequency, SkillCategory, StoryType, ToolKind},
};
use crate::{Shape, ToolId};

/// A tool of the workbook.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Tool {
    /// Stable for as long as the workbook lives.
    pub id: Gid<ToolId>,
    /// Which tool it is, such as `networking_log`; as stable as the id.
    pub name: String,
    /// What it captures.
    pub kind: ToolKind,
    /// As readers see it.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// What a person does with it, wherever it stands.
    pub instructions: Option<String>,
    /// The name of an icon.
    pub icon: Option<String>,
    /// Set when the tool comes back in the Daily Dos.
    pub reminder: Option<Reminder>,
    /// What a form asks, in order; empty unless the kind is RECORD.
    pub fields: Vec<ToolField>,
    /// How many filled-in forms one use holds; null unless the kind is RECORD.
    pub entries: Option<EntryLimits>,
    /// Which things it shows; null unless the kind is COLLECTION.
    pub collects: Option<Collected>,
}

/// How many filled-in forms one use of a tool holds.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct EntryLimits {
    /// At least; 0 to `max`.
    pub min: u32,
    /// At most; 1 to 200.
    pub max: u32,
}

/// How a tool asks for attention.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Reminder {
    /// How often.
    pub frequency: Frequency,
    /// In which words.
    pub prompt: Option<String>,
}

/// A tool at one place of the workbook.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ToolPlacement {
    /// The tool.
    pub tool: Tool,
    /// What to do with it here, as Markdown.
    pub instructions: Option<String>,
    /// True when it must be used before going on.
    pub required: bool,
    /// What the author asks of it here; null for a tool with nothing to set.
    pub settings: Option<ToolSettings>,
}

/// What the author asks of a tool at one place.
#[derive(Clone, Debug, Union, Plain)]
pub enum ToolSettings {
    /// Of a list builder.
    ListBuilder(ListBuilderConfig),
    /// Of a SOARED form.
    SoaredForm(SoaredFormConfig),
    /// Of a skill tagger.
    SkillTagger(SkillTaggerConfig),
    /// Of a ranking grid.
    RankingGrid(RankingGridConfig),
    /// Of a flow tracker.
    FlowTracker(FlowTrackerConfig),
    /// Of a bucketing tool.
    BucketingTool(BucketingToolConfig),
    /// Of a collection.
    Collection(CollectionConfig),
}

/// Which list to build, and how long.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ListBuilderConfig {
    /// The list's name.
    pub list: String,
    /// How many items at least; 0 to `maxItems`.
    pub min_items: u32,
    /// How many items at most; 1 to 50.
    pub max_items: u32,
}

/// Which kind of story to tell.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct SoaredFormConfig {
    /// What the story is about.
    pub story_type: StoryType,
}

/// Which skills to tag, and how many.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct SkillTaggerConfig {
    /// The group of skills; null for all of them.
    pub category: Option<SkillCategory>,
    /// How many skills at least; 0 to `maxItems`.
    pub min_items: u32,
    /// How many skills at most; 1 to 30.
    pub max_items: u32,
}

/// How many to put in order.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct RankingGridConfig {
    /// How many of the ranked are carried on, best first; at least 1.
    pub top: u32,
}

/// How many entries the flow log needs.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct FlowTrackerConfig {
    /// How many entries at least.
    pub min_items: u32,
}

/// What the buckets are called.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct BucketingToolConfig {
    /// Five, best first: a skill in the first bucket is mastered at 5, in the last at 1.
    pub labels: Vec<String>,
}

/// How many things a collection needs.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CollectionConfig {
    /// How many at least; 0 to 200.
    pub min_items: u32,
}

impl From<&crate::Tool> for Tool {
    fn from(tool: &crate::Tool) -> Self {
        let form = tool.shape.form();
        Self {
            id: Gid(tool.id),
            name: tool.name.clone(),
            kind: tool.kind.into(),
            title: tool.title.clone(),
            description: tool.description.clone(),
            instructions: tool.instructions.clone(),
            icon: tool.icon.clone(),
            reminder: tool.reminder.as_ref().map(|reminder| Reminder {
                frequency: reminder.frequency.into(),
                prompt: reminder.prompt.clone(),
            }),
            fields: form.map_or_else(Vec::new, |form| {
                form.fields.iter().map(Into::into).collect()
            }),
            entries: form.map(|form| EntryLimits {
                min: form.entries.min,
                max: form.entries.max,
            }),
            collects: match tool.shape {
                Shape::Collection(collected) => Some(collected.into()),
                Shape::Own | Shape::Record(_) => None,
            },
        }
    }
}

/// A tool at one place.
pub(super) fn placed(placed: &crate::ToolPlacement, required: bool) -> ToolPlacement {
    ToolPlacement {
        tool: Tool::from(placed.tool.as_ref()),
        instructions: placed.instructions.clone(),
        required,
        settings: settings(&placed.settings),
    }
}

fn settings(settings: &crate::ToolSettings) -> Option<ToolSettings> {
    Some(match settings {
        crate::ToolSettings::None => return None,
        crate::ToolSettings::ListBuilder(rules) => ToolSettings::ListBuilder(ListBuilderConfig {
            list: rules.list.clone(),
            min_items: rules.min_items,
            max_items: rules.max_items,
        }),
        crate::ToolSettings::SoaredForm(rules) => ToolSettings::SoaredForm(SoaredFormConfig {
            story_type: rules.story_type.into(),
        }),
        crate::ToolSettings::SkillTagger(rules) => ToolSettings::SkillTagger(SkillTaggerConfig {
            category: rules.category.map(Into::into),
            min_items: rules.min_items,
            max_items: rules.max_items,
        }),
        crate::ToolSettings::RankingGrid(rules) => {
            ToolSettings::RankingGrid(RankingGridConfig { top: rules.top })
        }
        crate::ToolSettings::FlowTracker(rules) => ToolSettings::FlowTracker(FlowTrackerConfig {
            min_items: rules.min_items,
        }),
        crate::ToolSettings::BucketingTool(rules) => {
            ToolSettings::BucketingTool(BucketingToolConfig {
                labels: rules.labels.to_vec(),
            })
        }
        crate::ToolSettings::Collection(rules) => ToolSettings::Collection(CollectionConfig {
            min_items: rules.min_items,
        }),
    })
}
