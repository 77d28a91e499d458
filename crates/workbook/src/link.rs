//! Things of a person's own that something else names by their ids.

use std::collections::HashSet;

use dreamtree_content::LinkTarget;
use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    Error,
    entity::{
        user_career_options, user_companies, user_contacts, user_experiences, user_jobs,
        user_skills, user_stories,
    },
    owned::Owned,
    tool::record::Link,
};

/// One of the person's things, and where the input names it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// What is named.
    pub(crate) link: Link,
    /// The field of the input.
    pub(crate) field: String,
}

/// Refuses what is not there, or not the person's; one statement for each kind of thing that is named.
pub(crate) async fn check(scope: &Scope, named: &[Named]) -> Result<(), Error> {
    let mut kinds: Vec<LinkTarget> = named.iter().map(|one| one.link.to).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let of_kind = || named.iter().filter(|one| one.link.to == kind);
        let ids = of_kind().map(|one| one.link.id).collect();
        let own = own(scope, kind, ids).await?;
        if let Some(foreign) = of_kind().find(|one| !own.contains(&one.link.id)) {
            return Err(Error::missing(&foreign.field));
        }
    }
    Ok(())
}

async fn own(scope: &Scope, kind: LinkTarget, ids: Vec<Uuid>) -> Result<HashSet<Uuid>, Error> {
    use LinkTarget as T;
    match kind {
        T::Company => among::<user_companies::Entity>(scope, user_companies::Column::Id, ids).await,
        T::Contact => among::<user_contacts::Entity>(scope, user_contacts::Column::Id, ids).await,
        T::Job => among::<user_jobs::Entity>(scope, user_jobs::Column::Id, ids).await,
        T::CareerOption => {
            among::<user_career_options::Entity>(scope, user_career_options::Column::Id, ids).await
        }
        T::Experience => {
            among::<user_experiences::Entity>(scope, user_experiences::Column::Id, ids).await
        }
        T::Story => among::<user_stories::Entity>(scope, user_stories::Column::Id, ids).await,
        T::Skill => among::<user_skills::Entity>(scope, user_skills::Column::Id, ids).await,
    }
}

async fn among<E: Owned>(
    scope: &Scope,
    id: E::Column,
    ids: Vec<Uuid>,
) -> Result<HashSet<Uuid>, Error> {
    let found = E::find()
        .filter(E::user().eq(scope.user()))
        .filter(id.is_in(ids))
        .select_only()
        .column(id)
        .into_tuple::<Uuid>()
        .all(scope.connection())
        .await?;
    Ok(found.into_iter().collect())
}
