//! Tools, and what an author asks of a tool at one place.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Shape, SkillCategory, ToolId, prompt::read, words::words};

/// A tool of the workbook.
#[derive(Clone, Debug)]
pub struct Tool {
    /// Stable.
    pub id: ToolId,
    /// What modules place it by, such as `networking_log`; stable.
    pub name: String,
    /// What it captures and where that is kept.
    pub kind: ToolKind,
    /// What the kind leaves open.
    pub shape: Shape,
    /// As readers see it.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// What a person does with it.
    pub instructions: Option<String>,
    /// The name of an icon.
    pub icon: Option<String>,
    /// Set when the tool comes back in the Daily Dos.
    pub reminder: Option<Reminder>,
    /// The exercise that unlocks it, such as `1.2.1`; otherwise its first placement does.
    pub unlocks_at: Option<String>,
    /// Grows when the author says so.
    pub version: i32,
}

/// How a tool asks for attention.
#[derive(Clone, Debug)]
pub struct Reminder {
    /// How often.
    pub frequency: Frequency,
    /// In which words.
    pub prompt: Option<String>,
}

words! {
    /// How often a tool asks for attention.
    Frequency {
        /// Every day.
        Daily = "daily",
        /// Every week.
        Weekly = "weekly",
        /// Every month.
        Monthly = "monthly",
    }
}

words! {
    /// What a tool captures.
    ToolKind {
        /// An ordered list with a name.
        ListBuilder = "list_builder",
        /// A story told in the SOARED steps.
        SoaredForm = "soared_form",
        /// Skills of the master list and one's own.
        SkillTagger = "skill_tagger",
        /// An order made by comparing pairs.
        RankingGrid = "ranking_grid",
        /// One of the sixteen personality types.
        MbtiSelector = "mbti_selector",
        /// Income, expenses and what follows from them.
        BudgetCalculator = "budget_calculator",
        /// Energy and focus of an activity on a day.
        FlowTracker = "flow_tracker",
        /// Work, play, love and health on a scale.
        LifeDashboard = "life_dashboard",
        /// A failure seen anew.
        FailureReframer = "failure_reframer",
        /// A tree of ideas.
        IdeaTree = "idea_tree",
        /// Skills sorted into five buckets by how well they are mastered.
        BucketingTool = "bucketing_tool",
        /// A form to fill in, defined as data.
        Record = "record",
        /// Things that are kept elsewhere too, gathered to a purpose.
        Collection = "collection",
    }
}

words! {
    /// What a story is about.
    StoryType {
        /// A challenge met.
        Challenge = "challenge",
        /// A failure seen anew.
        Reframe = "reframe",
        /// Anything else.
        Other = "other",
    }
}

/// A tool at one place.
#[derive(Clone, Debug)]
pub struct ToolPlacement {
    /// The tool, shared by all its places.
    pub tool: Arc<Tool>,
    /// What to do with it here; Markdown.
    pub instructions: Option<String>,
    /// What the author asks of it here.
    pub settings: ToolSettings,
}

/// What an author asks of a tool at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToolSettings {
    /// Of a list builder.
    ListBuilder(ListSettings),
    /// Of a SOARED form.
    SoaredForm(StorySettings),
    /// Of a skill tagger.
    SkillTagger(SkillSettings),
    /// Of a ranking grid.
    RankingGrid(RankingSettings),
    /// Of a flow tracker.
    FlowTracker(FlowSettings),
    /// Of a bucketing tool.
    BucketingTool(BucketSettings),
    /// Of a collection.
    Collection(CollectionSettings),
    /// The tool has nothing to set.
    None,
}

/// Which list, and how long.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSettings {
    /// The list's name.
    pub list: String,
    /// 1 unless the author says otherwise.
    #[serde(default = "one")]
    pub min_items: u32,
    /// 50 unless the author says otherwise.
    #[serde(default = "fifty")]
    pub max_items: u32,
}

/// Which kind of story.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorySettings {
    /// `other` unless the author says otherwise.
    #[serde(default = "other")]
    pub story_type: StoryType,
}

/// Which skills, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillSettings {
    /// All categories unless the author says otherwise.
    pub category: Option<SkillCategory>,
    /// 1 unless the author says otherwise.
    #[serde(default = "one")]
    pub min_items: u32,
    /// 30 unless the author says otherwise.
    #[serde(default = "thirty")]
    pub max_items: u32,
}

/// How many to put in order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingSettings {
    /// 10 unless the author says otherwise.
    #[serde(default = "ten")]
    pub top: u32,
}

/// How many entries.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowSettings {
    /// 1 unless the author says otherwise.
    #[serde(default = "one")]
    pub min_items: u32,
}

/// What the five buckets are called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketSettings {
    /// Best first: what lands in the first bucket is mastered at 5, in the last at 1.
    pub labels: [String; 5],
}

/// How many things.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionSettings {
    /// 1 unless the author says otherwise.
    #[serde(default = "one")]
    pub min_items: u32,
}

const fn one() -> u32 {
    1
}
const fn ten() -> u32 {
    10
}
const fn thirty() -> u32 {
    30
}
const fn fifty() -> u32 {
    50
}
const fn other() -> StoryType {
    StoryType::Other
}

impl ToolSettings {
    /// What holds where a tool is used outside of the workbook. `None` for a tool that a person has only once, for one
    /// that arranges what others hold, and for a collection, whose things are kept by themselves.
    #[must_use]
    pub const fn standalone(kind: ToolKind) -> Option<Self> {
        match kind {
            // The title of its instance names it.
            ToolKind::ListBuilder => Some(Self::ListBuilder(ListSettings {
                list: String::new(),
                min_items: one(),
                max_items: fifty(),
            })),
            ToolKind::SoaredForm => Some(Self::SoaredForm(StorySettings {
                story_type: other(),
            })),
            ToolKind::SkillTagger => Some(Self::SkillTagger(SkillSettings {
                category: None,
                min_items: one(),
                max_items: thirty(),
            })),
            ToolKind::FlowTracker => Some(Self::FlowTracker(FlowSettings { min_items: one() })),
            ToolKind::FailureReframer | ToolKind::IdeaTree | ToolKind::Record => Some(Self::None),
            ToolKind::RankingGrid
            | ToolKind::BucketingTool
            | ToolKind::Collection
            | ToolKind::MbtiSelector
            | ToolKind::BudgetCalculator
            | ToolKind::LifeDashboard => None,
        }
    }

    /// Reads the JSON of `stem.config`: the instructions of the place and the tool's settings.
    /// The error is a sentence for the author.
    pub fn parse(kind: ToolKind, config: Option<&str>) -> Result<(Option<String>, Self), String> {
        let mut map: Map<String, Value> = read(config.unwrap_or("{}"))?;
        let instructions = match map.remove("instructions") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => return Err("instructions must be a text".to_owned()),
        };
        Ok((instructions, Self::of(kind, map)?))
    }

    fn of(kind: ToolKind, map: Map<String, Value>) -> Result<Self, String> {
        let settings = match kind {
            ToolKind::ListBuilder => Self::ListBuilder(typed(map)?),
            ToolKind::SoaredForm => Self::SoaredForm(typed(map)?),
            ToolKind::SkillTagger => Self::SkillTagger(typed(map)?),
            ToolKind::RankingGrid => Self::RankingGrid(typed(map)?),
            ToolKind::FlowTracker => Self::FlowTracker(typed(map)?),
            ToolKind::BucketingTool => Self::BucketingTool(typed(map)?),
            ToolKind::Collection => Self::Collection(typed(map)?),
            _ => match map.keys().next() {
                Some(key) => return Err(format!("{} has no setting {key}", kind.as_str())),
                None => Self::None,
            },
        };
        settings.check().map(|()| settings)
    }

    fn check(&self) -> Result<(), String> {
        match self {
            Self::ListBuilder(rules) if rules.list.trim().is_empty() => {
                Err("list must name the list".to_owned())
            }
            Self::ListBuilder(rules) => limits(rules.min_items, rules.max_items, 50),
            Self::SkillTagger(rules) => limits(rules.min_items, rules.max_items, 30),
            Self::FlowTracker(rules) => limits(rules.min_items, 200, 200),
            Self::Collection(rules) => limits(rules.min_items, 200, 200),
            Self::BucketingTool(rules) => rules.check(),
            Self::RankingGrid(rules) if rules.top == 0 => Err("top must be at least 1".to_owned()),
            _ => Ok(()),
        }
    }
}

impl BucketSettings {
    fn check(&self) -> Result<(), String> {
        for (index, label) in self.labels.iter().enumerate() {
            if label.trim().is_empty() {
                return Err(format!("the label {} is empty", index + 1));
            }
            if self.labels[..index].contains(label) {
                return Err(format!("the label {label:?} is there twice"));
            }
        }
        Ok(())
    }
}

fn limits(min: u32, max: u32, limit: u32) -> Result<(), String> {
    if !(1..=limit).contains(&max) {
        return Err(format!("max_items must be 1 to {limit}"));
    }
    if min > max {
        return Err("min_items is greater than max_items".to_owned());
    }
    Ok(())
}

/// A table as settings of a kind. The error is a sentence for the author.
pub(super) fn typed<T: serde::de::DeserializeOwned>(map: Map<String, Value>) -> Result<T, String> {
    serde_json::from_value(Value::Object(map)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_stand_beside_settings() {
        let json = r#"{"instructions":"Write.","list":"Wishes"}"#;
        let list = ListSettings {
            list: "Wishes".to_owned(),
            min_items: 1,
            max_items: 50,
        };
        let expected = (Some("Write.".to_owned()), ToolSettings::ListBuilder(list));
        assert_eq!(
            ToolSettings::parse(ToolKind::ListBuilder, Some(json)),
            Ok(expected)
        );
    }

    #[test]
    fn what_a_tool_does_not_know_is_refused() {
        assert!(ToolSettings::parse(ToolKind::IdeaTree, Some(r#"{"top":3}"#)).is_err());
        assert!(ToolSettings::parse(ToolKind::RankingGrid, Some(r#"{"top":0}"#)).is_err());
        assert!(ToolSettings::parse(ToolKind::ListBuilder, None).is_err());
        assert!(ToolSettings::parse(ToolKind::SkillTagger, Some(r#"{"max_items":31}"#)).is_err());
        assert!(ToolSettings::parse(ToolKind::BudgetCalculator, None).is_ok());
        assert!(ToolSettings::parse(ToolKind::Record, Some(r#"{"min_items":2}"#)).is_err());
        assert!(ToolSettings::parse(ToolKind::Collection, Some(r#"{"min_items":201}"#)).is_err());
    }

    #[test]
    fn five_buckets_have_five_names() {
        let parse = |json| ToolSettings::parse(ToolKind::BucketingTool, Some(json));
        assert!(parse(r#"{"labels":["a","b","c","d","e"]}"#).is_ok());
        for json in [
            "{}",
            r#"{"labels":["a","b","c","d"]}"#,
            r#"{"labels":["a","b","c","d","e","f"]}"#,
            r#"{"labels":["a","b","c","d"," "]}"#,
            r#"{"labels":["a","b","c","d","a"]}"#,
        ] {
            assert!(parse(json).is_err(), "{json}");
        }
    }
}
