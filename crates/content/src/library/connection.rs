//! What a placement builds on.

use super::{ConnectionId, Filter, PlacementId, words::words};

/// A link that carries an earlier answer, or what a person has anywhere, to a placement.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Stable.
    pub id: ConnectionId,
    /// The placement that the data comes from, an earlier one; `None` where it is whatever the person has of its
    /// kind, wherever that was made.
    pub source: Option<PlacementId>,
    /// Where nothing else counts than what was made in some exercises: the placements there that make such data,
    /// in the order of reading. `None` without such a filter.
    pub places: Option<Vec<PlacementId>>,
    /// Why the author connects the two.
    pub kind: ConnectionKind,
    /// What is carried.
    pub data: DataKind,
    /// What it is for.
    pub usage: Usage,
    /// What becomes of the target when the source changes after it was answered.
    pub on_change: OnChange,
    /// Which part of it is carried.
    pub filter: Filter,
    /// The author's words on it.
    pub notes: Option<String>,
}

impl Connection {
    /// True when the reader is told of a change of the source.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.on_change == OnChange::Flag || self.usage == Usage::FlagForReview
    }
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
        /// Jobs, education and projects.
        Experiences = "experiences",
        /// What matters at work and in life.
        Values = "values",
        /// Paths under comparison.
        CareerOptions = "career_options",
        /// Steps on the timeline.
        Milestones = "milestones",
        /// Places to live.
        Locations = "locations",
        /// Companies worth a closer look.
        Companies = "companies",
        /// People to talk to.
        Contacts = "contacts",
        /// Openings and applications.
        Jobs = "jobs",
        /// A text of the profile.
        Profile = "profile",
        /// Competencies with the scores that the person gave themselves.
        Competencies = "competencies",
        /// Trees of ideas.
        Ideas = "ideas",
        /// What was filled in at a tool that is defined as data.
        Records = "records",
        /// The skills that everybody can choose from.
        SkillsMaster = "skills_master",
    }
}

impl DataKind {
    /// True for what only one placement can give: it has to be named.
    #[must_use]
    pub const fn needs_source(self) -> bool {
        matches!(self, Self::Answer | Self::Records)
    }

    /// True for what can be several things, or none.
    #[must_use]
    pub const fn is_collection(self) -> bool {
        !matches!(
            self,
            Self::Answer
                | Self::Personality
                | Self::Dashboard
                | Self::Budget
                | Self::Values
                | Self::Profile
        )
    }

    /// True when rows of it belong to the placements that they were made at.
    #[must_use]
    pub const fn has_places(self) -> bool {
        matches!(
            self,
            Self::List | Self::Stories | Self::Skills | Self::Flow | Self::Ideas
        )
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
        /// It is counted, and its figures are summed up.
        Aggregate = "aggregate",
        /// The reader is asked to look at it again until they say that it stays.
        FlagForReview = "flag_for_review",
    }
}

words! {
    /// What becomes of an answered target when its source changes.
    OnChange {
        /// It shows what is there now.
        Update = "update",
        /// It shows what is there now, and is marked until the reader has looked at it again.
        Flag = "flag",
        /// It shows what was there when it was answered.
        Snapshot = "snapshot",
    }
}
