//! What a person has, as far as connections ask for it: each kind is read once, whatever number of them does.

use std::collections::HashSet;

use dreamtree_content::{Connection, DataKind, Library};
use dreamtree_database::Scope;
use dreamtree_identity::settings;
use tokio::try_join;

use super::{Rated, competencies};
use crate::{
    Error,
    career::{self, CareerOption},
    company::{self, Company},
    contact::{self, Contact},
    experience::{self, Experience},
    flow_log::{self, FlowLog},
    idea,
    job::{self, Job},
    location::{self, Location},
    milestone::{self, Milestone},
    profile::{self, Profile},
    skill::{self, Skill},
    story::{self, Story},
    tool::{budget, list},
    values::{self, Values},
};

/// Which kinds of things are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    kinds: HashSet<DataKind>,
    lists: Vec<String>,
}

impl Kinds {
    /// What these connections ask for.
    pub(super) fn of<'a>(connections: impl IntoIterator<Item = &'a Connection>) -> Self {
        let mut all = Self::default();
        for connection in connections {
            if connection.source.is_some() || tagged(connection) {
                continue;
            }
            all.kinds.insert(connection.data);
            all.lists.extend(connection.filter.list.clone());
        }
        all
    }
}

/// True for skills of some exercises: they are read with the placements that they were tagged at.
pub(super) fn tagged(connection: &Connection) -> bool {
    connection.data == DataKind::Skills && connection.places.is_some()
}

/// What the person has of the kinds that were asked for; nothing of all others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Things {
    pub(super) skills: Vec<Skill>,
    pub(super) stories: Vec<Story>,
    pub(super) flow: Vec<FlowLog>,
    pub(super) lists: Vec<list::Named>,
    pub(super) ideas: Vec<idea::Kept>,
    pub(super) experiences: Vec<Experience>,
    pub(super) career_options: Vec<CareerOption>,
    pub(super) milestones: Vec<Milestone>,
    pub(super) locations: Vec<Location>,
    pub(super) companies: Vec<Company>,
    pub(super) contacts: Vec<Contact>,
    pub(super) jobs: Vec<Job>,
    pub(super) rated: Vec<Rated>,
    pub(super) profile: Option<Profile>,
    pub(super) values: Option<Values>,
    pub(super) budget: Option<budget::Kept>,
    pub(super) personality: Option<String>,
}

impl Things {
    /// Reads what is asked for, all kinds at once.
    pub(super) async fn load(
        scope: &Scope,
        library: &Library,
        wanted: &Kinds,
    ) -> Result<Self, Error> {
        use DataKind as D;
        if wanted.kinds.is_empty() {
            return Ok(Self::default());
        }
        let asks = |kind| wanted.kinds.contains(&kind);
        let (mine, way, person) = try_join!(
            Box::pin(async {
                try_join!(
                    when(asks(D::Skills), skill::all(scope, library)),
                    when(
                        asks(D::Stories),
                        story::all(scope, story::Wanted::default())
                    ),
                    when(asks(D::Flow), flow_log::latest(scope)),
                    when(asks(D::List), list::named(scope, &wanted.lists)),
                    when(asks(D::Ideas), idea::all(scope)),
                    when(asks(D::Experiences), experience::all(scope, library, None)),
                )
            }),
            Box::pin(async {
                try_join!(
                    when(asks(D::CareerOptions), career::all(scope)),
                    when(
                        asks(D::Milestones),
                        milestone::all(scope, milestone::Wanted::default())
                    ),
                    when(asks(D::Locations), location::all(scope)),
                    when(asks(D::Companies), company::all(scope, false)),
                    when(asks(D::Contacts), contact::all(scope, None, false)),
                    when(
                        asks(D::Jobs),
                        job::all(scope, job::Wanted::default(), false)
                    ),
                )
            }),
            Box::pin(async {
                try_join!(
                    when(asks(D::Competencies), competencies::all(scope, library)),
                    when(asks(D::Profile) || asks(D::Dashboard), async {
                        profile::get(scope).await.map(Some)
                    }),
                    when(asks(D::Values), async {
                        values::get(scope).await.map(Some)
                    }),
                    when(asks(D::Budget), async {
                        budget::get(scope).await.map(Some)
                    }),
                    when(asks(D::Personality), personality(scope)),
                )
            }),
        )?;
        let (skills, stories, flow, lists, ideas, experiences) = mine;
        let (career_options, milestones, locations, companies, contacts, jobs) = way;
        let (rated, profile, values, budget, personality) = person;
        Ok(Self {
            skills,
            stories,
            flow,
            lists,
            ideas,
            experiences,
            career_options,
            milestones,
            locations,
            companies,
            contacts,
            jobs,
            rated,
            profile,
            values,
            budget,
            personality,
        })
    }
}

/// What `read` finds, if it is asked for.
async fn when<T: Default>(
    asked: bool,
    read: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    if asked { read.await } else { Ok(T::default()) }
}

async fn personality(scope: &Scope) -> Result<Option<String>, Error> {
    Ok(settings::get(scope).await?.personality_type)
}
