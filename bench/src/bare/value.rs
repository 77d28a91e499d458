//! Answers as they leave. Only the kinds that stand on the measured page.

use serde::Serialize;

/// An answer.
#[derive(Serialize)]
#[serde(tag = "__typename")]
pub(crate) enum Value {
    /// From text and textarea.
    #[serde(rename = "TextAnswer")]
    Text { text: String },
    /// From a slider.
    #[serde(rename = "NumberAnswer")]
    Number { number: i32 },
    /// From a checkbox.
    #[serde(rename = "CheckedAnswer")]
    Checked { checked: bool },
    /// From radio and select.
    #[serde(rename = "OptionAnswer")]
    Option { option: String },
    /// From a checklist.
    #[serde(rename = "OptionsAnswer")]
    Options { options: Vec<String> },
    /// From the SOARED form.
    #[serde(rename = "StoryAnswer")]
    Story(Story),
    /// From the skill tagger.
    #[serde(rename = "SkillsAnswer")]
    Skills { skills: Vec<Skill> },
    /// From the ranking grid.
    #[serde(rename = "RankingAnswer")]
    Ranking { ranked: Vec<Ranked> },
}

/// A story, step by step.
#[derive(Default, Serialize)]
pub(crate) struct Story {
    pub(crate) title: Option<String>,
    pub(crate) situation: Option<String>,
    pub(crate) obstacle: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) evaluation: Option<String>,
    pub(crate) discovery: Option<String>,
}

/// A tagged skill.
#[derive(Clone, Serialize)]
pub(crate) struct Skill {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) category: Option<&'static str>,
    pub(crate) mastery: Option<i32>,
    pub(crate) rank: Option<i32>,
}

/// A skill in an order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ranked {
    pub(crate) list_item: Option<String>,
    pub(crate) user_skill: Option<String>,
    pub(crate) label: String,
}

/// A whole answer, or the skills that pass a connection's filter.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Offered<'a> {
    Whole(&'a Value),
    Best(Value),
}
