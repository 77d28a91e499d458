//! What a person has of a kind, wherever it was made.

use std::collections::HashSet;

use dreamtree_content::{Connection, DataKind, Library, PlacementId};
use dreamtree_types::{Instant, Private};

use super::{Carried, Found, competencies, given, pick::many, search, texts, things::Things};
use crate::{
    InstanceId, View,
    tool::{
        ToolData,
        list::List,
        skills::{Choice, Tag},
    },
};

/// What the connection takes of all that the person has.
pub(super) fn find(library: &Library, view: &View, connection: &Connection) -> Found {
    let (things, filter) = (&view.carry.things, &connection.filter);
    let of = Origin::of(view, connection);
    match connection.data {
        DataKind::Skills => match &connection.places {
            Some(places) => tagged(view, connection, places),
            None => given::skills(
                mine(things),
                filter,
                latest(&things.skills, |one| one.updated_at),
            ),
        },
        DataKind::List => lists(things, connection, &of),
        DataKind::Flow => {
            let kept = things.flow.iter().filter(|one| of.allows(one.instance));
            let at = kept.clone().map(|one| one.updated_at).max();
            let entries = kept.map(|one| (Some(one.id), one.entry.clone()));
            given::flow(entries.collect(), filter, at)
        }
        DataKind::Stories => {
            let kept = things.stories.iter().filter(|one| of.allows(one.instance));
            search::stories(kept.cloned().collect(), filter)
        }
        DataKind::Ideas => {
            let kept = things.ideas.iter().filter(|one| of.allows(one.instance));
            let all: Vec<_> = kept.cloned().collect();
            let at = latest(&all, |one| one.updated_at);
            many(all, filter, |_| true, Carried::Ideas, at)
        }
        DataKind::Personality => Found::one(texts::personality(things.personality.as_ref()), None),
        DataKind::Dashboard => {
            let dashboard = things.profile.as_ref();
            let dashboard = dashboard.and_then(|profile| profile.life_dashboard.as_ref());
            Found::one(texts::dashboard(dashboard, filter), None)
        }
        DataKind::Budget => one(things.budget.as_ref(), texts::budget),
        DataKind::Values => one(things.values.as_ref(), |values| {
            texts::values(values, filter)
        }),
        DataKind::Profile => one(things.profile.as_ref(), |all| texts::profile(all, filter)),
        DataKind::Competencies => competencies::find(&things.rated, filter),
        DataKind::SkillsMaster => search::skill_choices(library, filter),
        kind => search::find(things, kind, filter),
    }
}

fn one<T>(thing: Option<&T>, find: impl FnOnce(&T) -> Found) -> Found {
    thing.map_or_else(|| Found::nothing(super::Gap::NothingYet), find)
}

/// The latest of these times.
pub(super) fn latest<T>(all: &[T], at: impl Fn(&T) -> Instant) -> Option<Instant> {
    all.iter().map(at).max()
}

/// Which uses of tools count.
struct Origin(Option<HashSet<InstanceId>>);

impl Origin {
    fn of(view: &View, connection: &Connection) -> Self {
        let instance = |id: &PlacementId| {
            let row = view.answered.row(*id);
            row.map(|row| InstanceId::from(row.id))
        };
        let places = connection.places.as_ref();
        Self(places.map(|places| places.iter().filter_map(instance).collect()))
    }

    /// True unless only some uses count, and this is none of them.
    fn allows(&self, instance: Option<InstanceId>) -> bool {
        let is_one = |some: &HashSet<_>| instance.is_some_and(|one| some.contains(&one));
        self.0.as_ref().is_none_or(is_one)
    }
}

/// The lists of the wanted name, one behind the other in the order of their making.
fn lists(things: &Things, connection: &Connection, of: &Origin) -> Found {
    let wanted = connection.filter.list.as_deref().unwrap_or_default();
    let named = things.lists.iter().filter(|one| one.list.name == wanted);
    let kept: Vec<_> = named.filter(|one| of.allows(one.instance)).collect();
    let at = kept.iter().map(|one| one.updated_at).max();
    let items = kept.iter().flat_map(|one| one.list.items.iter().cloned());
    let wrap = |items| {
        Carried::Value(crate::Value::Tool(ToolData::List(List {
            name: wanted.to_owned(),
            items,
        })))
    };
    many(items.collect(), &connection.filter, |_| true, wrap, at)
}

/// The skills that were tagged at these placements, each once.
fn tagged(view: &View, connection: &Connection, places: &[PlacementId]) -> Found {
    let stored = || places.iter().filter_map(|id| view.stored.get(id));
    let mut seen = HashSet::new();
    let mut tags: Vec<Tag> = Vec::new();
    for stored in stored() {
        if let Private::Open(crate::Value::Tool(ToolData::Skills(skills))) = &stored.value {
            let new = skills.skills.iter().filter(|tag| seen.insert(tag.id));
            tags.extend(new.cloned());
        }
    }
    let at = stored().map(|stored| stored.updated_at).max();
    given::skills(tags, &connection.filter, at)
}

/// The person's skills as the tagger shows them.
fn mine(things: &Things) -> Vec<Tag> {
    let tag = |skill: &crate::skill::Skill| Tag {
        id: Some(skill.id),
        choice: match skill.listed {
            Some(id) => Choice::Master(id),
            None => Choice::Custom(skill.name.clone()),
        },
        name: skill.name.clone(),
        category: skill.category,
        mastery: skill.mastery,
        evidence: skill.evidence.clone(),
        rank: skill.rank,
    };
    things.skills.iter().map(tag).collect()
}
