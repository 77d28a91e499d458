//! A collection: things that a person keeps elsewhere too, gathered to a purpose. Using it says that what was to be
//! kept is kept; it holds nothing itself.

use std::collections::HashMap;

use dreamtree_content::{Collected, Library, Shape, ToolSettings};
use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{Site, ToolData};
use crate::{
    Error, InstanceId,
    career::{self, CareerOption},
    company::{self, Company},
    contact::{self, Contact},
    entity::{
        user_career_options, user_companies, user_contacts, user_experiences, user_jobs,
        user_locations, user_milestones,
    },
    experience::{self, Experience},
    job::{self, Job},
    location::{self, Location},
    milestone::{self, Milestone},
    owned::Owned,
};

const COLLECTION: &str = "value.collection";

/// What a collection shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Collection {
    /// Nothing is said but that it is done; when it is saved.
    Done,
    /// Companies in the order of their making.
    Companies(Vec<Company>),
    /// Contacts in the order of their making.
    Contacts(Vec<Contact>),
    /// Jobs in the order of their making.
    Jobs(Vec<Job>),
    /// Milestones by year and quarter.
    Milestones(Vec<Milestone>),
    /// Career options, the ranked ones first.
    CareerOptions(Vec<CareerOption>),
    /// Experiences, the latest first.
    Experiences(Vec<Experience>),
    /// Places to live, the ranked ones first.
    Locations(Vec<Location>),
}

/// Refuses to be done before there is as much as the author asks for.
pub(crate) async fn save(scope: &Scope, site: Site<'_>) -> Result<(), Error> {
    let (Shape::Collection(of), ToolSettings::Collection(settings)) =
        (&site.tool.tool.shape, &site.tool.settings)
    else {
        return Err(Error::Corrupt("a collection of nothing"));
    };
    let least = u64::from(settings.min_items);
    if least > 0 && count(scope, *of).await? < least {
        let rule = format!("needs at least {least} {}", of.as_str().replace('_', " "));
        return Err(Error::invalid(COLLECTION, rule));
    }
    Ok(())
}

async fn count(scope: &Scope, of: Collected) -> Result<u64, Error> {
    match of {
        Collected::Companies => rows::<user_companies::Entity>(scope).await,
        Collected::Contacts => rows::<user_contacts::Entity>(scope).await,
        Collected::Jobs => rows::<user_jobs::Entity>(scope).await,
        Collected::Milestones => rows::<user_milestones::Entity>(scope).await,
        Collected::CareerOptions => rows::<user_career_options::Entity>(scope).await,
        Collected::Experiences => rows::<user_experiences::Entity>(scope).await,
        Collected::Locations => rows::<user_locations::Entity>(scope).await,
    }
}

async fn rows<E: Owned>(scope: &Scope) -> Result<u64, Error>
where
    E::Model: Sync,
{
    let mine = E::find().filter(E::user().eq(scope.user()));
    Ok(mine.count(scope.connection()).await?)
}

/// What the collection shows, for each of these instances; one statement.
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    of: Collected,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let things = match of {
        Collected::Companies => Collection::Companies(company::all(scope, true).await?),
        Collected::Contacts => Collection::Contacts(contact::all(scope, None, true).await?),
        Collected::Jobs => {
            let any = job::Wanted::default();
            Collection::Jobs(job::all(scope, any, true).await?)
        }
        Collected::Milestones => {
            let any = milestone::Wanted::default();
            Collection::Milestones(milestone::all(scope, any).await?)
        }
        Collected::CareerOptions => Collection::CareerOptions(career::all(scope).await?),
        Collected::Experiences => {
            Collection::Experiences(experience::all(scope, library, None).await?)
        }
        Collected::Locations => Collection::Locations(location::all(scope).await?),
    };
    let data = Private::Open(ToolData::Collection(things));
    let instances = instances.iter();
    Ok(instances.map(|one| (*one, data.clone())).collect())
}
