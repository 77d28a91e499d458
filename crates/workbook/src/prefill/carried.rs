//! What can be carried.

use dreamtree_content::{DataKind, ProfileField, SkillId};
use serde::{Deserialize, Serialize};

use super::{Aggregate, Rated};
use crate::{
    Value, career::CareerOption, company::Company, contact::Contact, experience::Experience, idea,
    job::Job, location::Location, milestone::Milestone, story::Story, tool::ToolData,
    values::Values,
};

/// The data of a connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Carried {
    /// An answer, the data of a tool, or a part of either; lists, skills and flow entries from anywhere, too.
    Value(Value),
    /// Stories from anywhere.
    Stories(Vec<Story>),
    /// Jobs, education and projects.
    Experiences(Vec<Experience>),
    /// What matters to the person; what was not asked for is left out.
    Values(Values),
    /// Paths under comparison.
    CareerOptions(Vec<CareerOption>),
    /// Steps on the timeline.
    Milestones(Vec<Milestone>),
    /// Places to live.
    Locations(Vec<Location>),
    /// Companies.
    Companies(Vec<Company>),
    /// People to talk to.
    Contacts(Vec<Contact>),
    /// Openings and applications.
    Jobs(Vec<Job>),
    /// A text of the profile.
    Profile(ProfileField, String),
    /// Competencies with scores.
    Competencies(Vec<Rated>),
    /// Trees of ideas from anywhere.
    Ideas(Vec<idea::Kept>),
    /// Skills of the master list.
    SkillChoices(Vec<SkillId>),
    /// A count and its figures.
    Aggregate(Aggregate),
}

/// What a connection brings.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The data. A collection is empty where there is a reason for it; a single value is not there.
    pub data: Option<Carried>,
    /// Why there is nothing.
    pub gap: Option<Gap>,
}

/// Why there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The source is not answered yet.
    NotAnswered,
    /// There is something, but the vault is locked.
    Locked,
    /// There is something, but nothing in it passes the connection's filter.
    NothingFits,
    /// The person has nothing of the kind yet.
    NothingYet,
}

impl Carried {
    /// An empty collection of a kind; nothing for what is a single value.
    pub(super) fn none(kind: DataKind) -> Option<Self> {
        let tool = |data| Some(Self::Value(Value::Tool(data)));
        match kind {
            DataKind::List => tool(ToolData::List(crate::tool::list::List::default())),
            DataKind::Skills => tool(ToolData::Skills(crate::tool::skills::Skills::default())),
            DataKind::Flow => tool(ToolData::Flow(crate::tool::flow::Flow::default())),
            DataKind::Stories => Some(Self::Stories(Vec::new())),
            DataKind::Experiences => Some(Self::Experiences(Vec::new())),
            DataKind::CareerOptions => Some(Self::CareerOptions(Vec::new())),
            DataKind::Milestones => Some(Self::Milestones(Vec::new())),
            DataKind::Locations => Some(Self::Locations(Vec::new())),
            DataKind::Companies => Some(Self::Companies(Vec::new())),
            DataKind::Contacts => Some(Self::Contacts(Vec::new())),
            DataKind::Jobs => Some(Self::Jobs(Vec::new())),
            DataKind::Competencies => Some(Self::Competencies(Vec::new())),
            DataKind::Ideas => Some(Self::Ideas(Vec::new())),
            DataKind::SkillsMaster => Some(Self::SkillChoices(Vec::new())),
            DataKind::Records => tool(ToolData::Record(crate::tool::record::Record::default())),
            DataKind::Answer
            | DataKind::Personality
            | DataKind::Dashboard
            | DataKind::Budget
            | DataKind::Values
            | DataKind::Profile => None,
        }
    }

    /// True when it holds what is sealed where it comes from.
    pub(super) const fn is_private(kind: DataKind) -> bool {
        matches!(
            kind,
            DataKind::Stories
                | DataKind::Dashboard
                | DataKind::Budget
                | DataKind::Locations
                | DataKind::Contacts
                | DataKind::Profile
                | DataKind::Records
        )
    }
}

impl Offer {
    /// Nothing, and why.
    pub(super) const fn gap(gap: Gap) -> Self {
        Self {
            data: None,
            gap: Some(gap),
        }
    }

    /// Something.
    pub(super) const fn of(data: Carried) -> Self {
        Self {
            data: Some(data),
            gap: None,
        }
    }
}
