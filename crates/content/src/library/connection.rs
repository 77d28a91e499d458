//! What a placement builds on.

use serde::Deserialize;

use super::{ConnectionId, PlacementId, SkillCategory, prompt::read, words::words};

/// A link that carries an earlier answer to a later placement.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Stable.
    pub id: ConnectionId,
    /// Where the data comes from; it stands earlier.
    pub source: PlacementId,
    /// Why the author connects the two.
    pub kind: ConnectionKind,
    /// What is carried.
    pub data: DataKind,
    /// What it is for.
    pub usage: Usage,
    /// Which part of it is carried.
    pub filter: Filter,
    /// The author's words on it.
    pub notes: Option<String>,
}

words! {
    /// Why two placements are connected.
    ConnectionKind {
        /// What is made here is used later.
        Forward = "forward",
        /// What was made earlier is used here.
        Backward = "backward",
        /// Both ends stand in one exercise.
        Internal = "internal",
        /// The source is material to work with.
        Resource = "resource",
        /// The source gives the structure.
        Framework = "framework",
    }
}

words! {
    /// What a connection carries.
    DataKind {
        /// The answer to a prompt.
        Answer = "answer",
        /// The items of a list.
        List = "list",
        /// Skills, best first.
        Skills = "skills",
        /// SOARED stories.
        Stories = "stories",
        /// Entries of the flow log.
        Flow = "flow",
        /// The personality type.
        Personality = "personality",
        /// The four figures of the life dashboard.
        Dashboard = "dashboard",
        /// The budget.
        Budget = "budget",
    }
}

words! {
    /// What the carried data is for.
    Usage {
        /// It is the first draft of the answer.
        Prefill = "prefill",
        /// The answer is chosen from it.
        ChooseFrom = "choose_from",
        /// It is shown beside the question.
        ShowBeside = "show_beside",
    }
}

/// Which part of the data is carried; for skills.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Only the best so many.
    pub top: Option<u32>,
    /// Only one category.
    pub category: Option<SkillCategory>,
}

impl Filter {
    /// Reads the JSON of `connections.filter`. The error is a sentence for the author.
    pub fn parse(json: Option<&str>) -> Result<Self, String> {
        let filter: Self = read(json.unwrap_or("{}"))?;
        if filter.top == Some(0) {
            return Err("top must be at least 1".to_owned());
        }
        Ok(filter)
    }
}
