//! Collections at the edge.

use async_graphql::SimpleObject;
use dreamtree_api::Plain;

use crate::{
    graphql::{
        career::CareerOption, company::Company, contact::Contact, experience::Experience, job::Job,
        location::PreferredLocation, milestone::Milestone,
    },
    tool::collection::Collection,
};

/// What a collection shows, as it is now: the one list that its tool `collects`, all others null.
#[derive(Default, SimpleObject, Plain)]
pub struct CollectionAnswer {
    /// Companies in the order of their making.
    pub companies: Option<Vec<Company>>,
    /// Contacts in the order of their making.
    pub contacts: Option<Vec<Contact>>,
    /// Jobs in the order of their making.
    pub jobs: Option<Vec<Job>>,
    /// Milestones by year and quarter.
    pub milestones: Option<Vec<Milestone>>,
    /// Career options: the ranked ones first.
    pub career_options: Option<Vec<CareerOption>>,
    /// Experiences, the latest first.
    pub experiences: Option<Vec<Experience>>,
    /// Places to live: the ranked ones first.
    pub locations: Option<Vec<PreferredLocation>>,
}

impl From<Collection> for CollectionAnswer {
    fn from(collection: Collection) -> Self {
        let mut answer = Self::default();
        match collection {
            Collection::Done => {}
            Collection::Companies(all) => answer.companies = Some(shown(all)),
            Collection::Contacts(all) => answer.contacts = Some(shown(all)),
            Collection::Jobs(all) => answer.jobs = Some(shown(all)),
            Collection::Milestones(all) => answer.milestones = Some(shown(all)),
            Collection::CareerOptions(all) => answer.career_options = Some(shown(all)),
            Collection::Experiences(all) => answer.experiences = Some(shown(all)),
            Collection::Locations(all) => answer.locations = Some(shown(all)),
        }
        answer
    }
}

fn shown<T, U: From<T>>(all: Vec<T>) -> Vec<U> {
    all.into_iter().map(Into::into).collect()
}
