//! What flows from where to where: which placements make what, and who is told of a change.

use std::collections::HashMap;

use super::{
    Collected, Connection, DataKind, Library, Placement, PlacementId, Shape, ToolKind, ToolSettings,
};

impl ToolKind {
    /// What a tool of this kind makes wherever it stands. An order is nothing of its own: a ranking grid and a
    /// bucketing tool make what they arrange. A collection makes what it is of, see [`Shape::makes`].
    #[must_use]
    pub const fn makes(self) -> Option<DataKind> {
        match self {
            Self::ListBuilder => Some(DataKind::List),
            Self::SoaredForm => Some(DataKind::Stories),
            Self::SkillTagger => Some(DataKind::Skills),
            Self::MbtiSelector => Some(DataKind::Personality),
            Self::BudgetCalculator => Some(DataKind::Budget),
            Self::FlowTracker => Some(DataKind::Flow),
            Self::LifeDashboard => Some(DataKind::Dashboard),
            Self::IdeaTree => Some(DataKind::Ideas),
            Self::Record => Some(DataKind::Records),
            Self::RankingGrid | Self::BucketingTool | Self::FailureReframer | Self::Collection => {
                None
            }
        }
    }

    /// True for a tool that only arranges what its connection carries.
    #[must_use]
    pub const fn arranges(self) -> bool {
        matches!(self, Self::RankingGrid | Self::BucketingTool)
    }
}

impl Collected {
    /// What connections carry of it.
    #[must_use]
    pub const fn data(self) -> DataKind {
        match self {
            Self::Companies => DataKind::Companies,
            Self::Contacts => DataKind::Contacts,
            Self::Jobs => DataKind::Jobs,
            Self::Milestones => DataKind::Milestones,
            Self::CareerOptions => DataKind::CareerOptions,
            Self::Experiences => DataKind::Experiences,
            Self::Locations => DataKind::Locations,
        }
    }
}

impl Shape {
    /// What a tool of this shape and kind makes.
    #[must_use]
    pub const fn makes(&self, kind: ToolKind) -> Option<DataKind> {
        match self {
            Self::Collection(of) => Some(of.data()),
            Self::Own | Self::Record(_) => kind.makes(),
        }
    }
}

impl Placement {
    /// What is made or put in order here, and changes with each answer.
    #[must_use]
    pub fn gives(&self) -> Option<DataKind> {
        let Some(placed) = self.tool() else {
            return self.prompt().map(|_| DataKind::Answer);
        };
        if placed.tool.kind.arranges() {
            return self.connection.as_ref().map(|connection| connection.data);
        }
        // A collection holds nothing: what it shows is changed elsewhere.
        placed.tool.kind.makes()
    }

    /// The name of the list that is built here.
    fn list(&self) -> Option<&str> {
        match &self.tool()?.settings {
            ToolSettings::ListBuilder(settings) => Some(&settings.list),
            _ => None,
        }
    }

    /// True when a change here changes what the connection carries.
    #[must_use]
    pub fn feeds(&self, connection: &Connection) -> bool {
        match (connection.source, &connection.places) {
            (Some(source), _) => source == self.id,
            (None, Some(places)) => places.contains(&self.id),
            (None, None) => self.makes_for(connection) && self.gives() == Some(connection.data),
        }
    }

    /// True unless the connection wants another list than the one that is built here.
    fn makes_for(&self, connection: &Connection) -> bool {
        let wanted = connection.filter.list.as_deref();
        wanted.is_none() || self.list().is_none() || self.list() == wanted
    }
}

impl Library {
    /// The placements whose reader is told when this one changes, as indexes into the order of reading.
    #[must_use]
    pub fn told_by(&self, placement: PlacementId) -> &[usize] {
        self.told.get(&placement).map_or(&[], Vec::as_slice)
    }

    /// Finds the placements of connections that carry what was made in some exercises.
    pub(super) fn find_places(&mut self) {
        let places = |connection: &Connection| {
            let filter = &connection.filter;
            let inside = |placement: &&Placement| {
                let location = placement.location;
                let exercises = filter.exercises.as_ref();
                filter.module.as_ref() == Some(&location.module_id())
                    || exercises.is_some_and(|all| all.contains(&location.exercise_id()))
            };
            let makes = |placement: &&Placement| {
                let kind = placement.tool().and_then(|placed| placed.tool.kind.makes());
                kind == Some(connection.data) && placement.makes_for(connection)
            };
            let all = self.placements.iter().filter(inside).filter(makes);
            filter
                .names_places()
                .then(|| all.map(|one| one.id).collect())
        };
        let found: Vec<Option<Vec<PlacementId>>> = self
            .placements
            .iter()
            .map(|placement| placement.connection.as_ref().and_then(places))
            .collect();
        for (placement, places) in self.placements.iter_mut().zip(found) {
            if let Some(connection) = &mut placement.connection {
                connection.places = places;
            }
        }
    }

    /// Finds who is told of changes.
    pub(super) fn find_told(&mut self) {
        let mut told: HashMap<PlacementId, Vec<usize>> = HashMap::new();
        for (index, target) in self.placements.iter().enumerate() {
            let Some(connection) = target.connection.as_ref().filter(|one| one.tells()) else {
                continue;
            };
            let feeds = |source: &&Placement| source.id != target.id && source.feeds(connection);
            for source in self.placements.iter().filter(feeds) {
                told.entry(source.id).or_default().push(index);
            }
        }
        self.told = told;
    }
}
