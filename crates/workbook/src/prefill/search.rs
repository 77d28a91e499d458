//! Collections of things of a person's own, and the master list of skills.

use dreamtree_content::{DataKind, Filter, Library, SkillId};
use dreamtree_types::{Instant, Private};

use super::{Carried, Found, Gap, Offer, anywhere::latest, pick::many, things::Things};
use crate::{story::Story, tool::collection::Collection, word::Word};

/// The most skills of the master list that are carried.
const MOST_CHOICES: usize = 100;

/// Things of this kind.
pub(super) fn find(things: &Things, kind: DataKind, filter: &Filter) -> Found {
    match kind {
        DataKind::Experiences => {
            let fits = |one: &crate::experience::Experience| {
                let word = filter.kind.map(dreamtree_content::SourceType::as_str);
                word.is_none_or(|word| one.kind.is_some_and(|kind| kind.as_str() == word))
            };
            let all = things.experiences.clone();
            let at = latest(&all, |one| one.updated_at);
            many(all, filter, fits, Carried::Experiences, at)
        }
        DataKind::CareerOptions => {
            let at = latest(&things.career_options, |one| one.updated_at);
            plain(&things.career_options, filter, Carried::CareerOptions, at)
        }
        DataKind::Milestones => {
            let at = latest(&things.milestones, |one| one.updated_at);
            plain(&things.milestones, filter, Carried::Milestones, at)
        }
        DataKind::Companies => {
            let at = latest(&things.companies, |one| one.updated_at);
            plain(&things.companies, filter, Carried::Companies, at)
        }
        DataKind::Jobs => {
            let at = latest(&things.jobs, |one| one.updated_at);
            plain(&things.jobs, filter, Carried::Jobs, at)
        }
        DataKind::Locations => {
            let at = latest(&things.locations, |one| one.updated_at);
            let found = plain(&things.locations, filter, Carried::Locations, at);
            shut(found, things.locations.iter().map(|one| &one.name))
        }
        DataKind::Contacts => {
            let at = latest(&things.contacts, |one| one.updated_at);
            let found = plain(&things.contacts, filter, Carried::Contacts, at);
            shut(found, things.contacts.iter().map(|one| &one.name))
        }
        // Everything else is found elsewhere.
        _ => Found::nothing(Gap::NothingYet),
    }
}

fn plain<T: Clone>(
    all: &[T],
    filter: &Filter,
    wrap: impl FnOnce(Vec<T>) -> Carried,
    at: Option<Instant>,
) -> Found {
    many(all.to_vec(), filter, |_| true, wrap, at)
}

/// Things that a placement has gathered.
pub(super) fn collected(collection: &Collection, filter: &Filter, at: Instant) -> Found {
    let things = match collection.clone() {
        Collection::Done => return Found::nothing(Gap::NothingYet),
        Collection::Companies(companies) => Things {
            companies,
            ..Things::default()
        },
        Collection::Contacts(contacts) => Things {
            contacts,
            ..Things::default()
        },
        Collection::Jobs(jobs) => Things {
            jobs,
            ..Things::default()
        },
        Collection::Milestones(milestones) => Things {
            milestones,
            ..Things::default()
        },
        Collection::CareerOptions(career_options) => Things {
            career_options,
            ..Things::default()
        },
        Collection::Experiences(experiences) => Things {
            experiences,
            ..Things::default()
        },
        Collection::Locations(locations) => Things {
            locations,
            ..Things::default()
        },
    };
    let found = find(&things, kind(collection), filter);
    let changed_at = found.changed_at.max(Some(at));
    Found {
        changed_at,
        ..found
    }
}

/// What a collection is of.
const fn kind(collection: &Collection) -> DataKind {
    match collection {
        Collection::Done | Collection::Companies(_) => DataKind::Companies,
        Collection::Contacts(_) => DataKind::Contacts,
        Collection::Jobs(_) => DataKind::Jobs,
        Collection::Milestones(_) => DataKind::Milestones,
        Collection::CareerOptions(_) => DataKind::CareerOptions,
        Collection::Experiences(_) => DataKind::Experiences,
        Collection::Locations(_) => DataKind::Locations,
    }
}

/// The stories that pass the filter.
pub(super) fn stories(all: Vec<Story>, filter: &Filter) -> Found {
    let texts: Vec<Private<()>> = all.iter().map(|one| one.texts.clone().map(drop)).collect();
    let fits = |one: &Story| {
        let word = filter.kind.map(dreamtree_content::SourceType::as_str);
        word.is_none_or(|word| one.kind.is_some_and(|kind| kind.as_str() == word))
    };
    let at = latest(&all, |one| one.updated_at);
    shut(many(all, filter, fits, Carried::Stories, at), texts.iter())
}

/// Locked, where nothing at all can be read; what opens in parts is shown, with its state.
pub(super) fn shut<'a, T: 'a>(found: Found, texts: impl Iterator<Item = &'a Private<T>>) -> Found {
    let mut texts = texts.peekable();
    if texts.peek().is_some() && texts.all(|text| matches!(text, Private::Locked)) {
        let offer = Offer::gap(Gap::Locked);
        return Found { offer, ..found };
    }
    found
}

/// Skills that everybody can choose from, by name.
pub(super) fn skill_choices(library: &Library, filter: &Filter) -> Found {
    let wanted = filter.skills();
    let skills = library.skills().iter();
    let fits = |id: &SkillId| {
        let category = library.skill(*id).and_then(|skill| skill.category);
        wanted.is_none() || category == wanted
    };
    let wrap = |mut ids: Vec<SkillId>| {
        ids.truncate(MOST_CHOICES);
        Carried::SkillChoices(ids)
    };
    many(
        skills.map(|skill| skill.id).collect(),
        filter,
        fits,
        wrap,
        None,
    )
}
