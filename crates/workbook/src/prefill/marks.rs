//! When things last changed, and when a reader last looked at a placement again.

use std::collections::{BTreeSet, HashMap};

use dreamtree_assessments as assessments;
use dreamtree_content::{Connection, DataKind, PlacementId};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use futures_util::future::try_join_all;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, TryIntoModel,
    sea_query::OnConflict,
};
use tokio::try_join;

use crate::{
    Error,
    entity::{
        user_budget, user_career_options, user_companies, user_contacts, user_experiences,
        user_flow_logs, user_idea_trees, user_jobs, user_lists, user_locations, user_milestones,
        user_reviews, user_skills,
        user_source_changes::{ActiveModel, Column, Entity, Model},
        user_stories, user_values,
    },
    owned::Owned,
};

/// Which times are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// True when anybody is to be told of anything.
    tells: bool,
    kinds: BTreeSet<DataKind>,
}

/// Times of a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    kinds: HashMap<DataKind, Instant>,
    lists: HashMap<String, Instant>,
    reviews: HashMap<PlacementId, Instant>,
}

impl Asked {
    /// What these connections ask for.
    pub(super) fn of<'a>(connections: impl IntoIterator<Item = &'a Connection>) -> Self {
        let mut asked = Self::default();
        for connection in connections.into_iter().filter(|one| one.tells()) {
            asked.tells = true;
            if anywhere(connection) {
                asked.kinds.insert(connection.data);
            }
        }
        asked
    }
}

/// True when the rows of the kind tell of a change, not the placements that it was made at.
pub(super) fn anywhere(connection: &Connection) -> bool {
    // A budget is one wherever it is saved, and a collection holds nothing itself.
    let elsewhere = matches!(
        connection.data,
        DataKind::Budget
            | DataKind::Experiences
            | DataKind::CareerOptions
            | DataKind::Milestones
            | DataKind::Locations
            | DataKind::Companies
            | DataKind::Contacts
            | DataKind::Jobs
    );
    elsewhere || (connection.source.is_none() && connection.places.is_none())
}

impl Marks {
    /// Reads the times that are asked for, all at once; nothing where nobody is to be told of anything.
    pub(super) async fn load(scope: &Scope, asked: &Asked) -> Result<Self, Error> {
        if !asked.tells {
            return Ok(Self::default());
        }
        let kinds = asked
            .kinds
            .iter()
            .map(|kind| Box::pin(latest(scope, *kind)));
        let (reviews, noted, lists, kinds) = try_join!(
            reviews(scope),
            noted(scope),
            lists(scope, asked),
            try_join_all(kinds),
        )?;
        let mut marks = Self::default();
        for row in reviews {
            let placement = PlacementId(row.stem_id);
            marks.reviews.insert(placement, row.reviewed_at);
        }
        for row in lists {
            let known = marks.lists.entry(row.name).or_insert(row.updated_at);
            *known = row.updated_at.max(*known);
        }
        let noted = noted.into_iter();
        let noted = noted.filter_map(|row| Some((DataKind::parse(&row.kind)?, row.changed_at)));
        for (kind, at) in noted.chain(kinds.into_iter().flatten()) {
            let known = marks.kinds.entry(kind).or_insert(at);
            *known = at.max(*known);
        }
        Ok(marks)
    }

    /// When anything of a kind, or a list of a name, last changed.
    pub(super) fn changed(&self, kind: DataKind, list: Option<&str>) -> Option<Instant> {
        let listed = list.and_then(|name| self.lists.get(name));
        let whole = self.kinds.get(&kind);
        listed.max(whole).copied()
    }

    /// When the reader last said that the placement stays.
    pub(super) fn reviewed(&self, placement: PlacementId) -> Option<Instant> {
        self.reviews.get(&placement).copied()
    }
}

async fn reviews(scope: &Scope) -> Result<Vec<user_reviews::Model>, Error> {
    let mine = user_reviews::Column::UserId.eq(scope.user());
    Ok(scope
        .gather(user_reviews::Entity::find().filter(mine))
        .await?)
}

async fn noted(scope: &Scope) -> Result<Vec<Model>, Error> {
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    Ok(scope.gather(mine).await?)
}

/// The lists, where any is asked for.
async fn lists(scope: &Scope, asked: &Asked) -> Result<Vec<user_lists::Model>, Error> {
    if !asked.kinds.contains(&DataKind::List) {
        return Ok(Vec::new());
    }
    let mine = user_lists::Entity::find().filter(user_lists::Column::UserId.eq(scope.user()));
    Ok(scope.gather(mine).await?)
}

/// When anything of a kind last changed, as far as its rows tell.
async fn latest(scope: &Scope, kind: DataKind) -> Result<Option<(DataKind, Instant)>, Error> {
    let at = match kind {
        DataKind::Skills => changed::<user_skills::Entity>(scope).await?,
        DataKind::Stories => changed::<user_stories::Entity>(scope).await?,
        DataKind::Flow => changed::<user_flow_logs::Entity>(scope).await?,
        DataKind::Ideas => changed::<user_idea_trees::Entity>(scope).await?,
        DataKind::Experiences => changed::<user_experiences::Entity>(scope).await?,
        DataKind::CareerOptions => changed::<user_career_options::Entity>(scope).await?,
        DataKind::Milestones => changed::<user_milestones::Entity>(scope).await?,
        DataKind::Locations => changed::<user_locations::Entity>(scope).await?,
        DataKind::Companies => changed::<user_companies::Entity>(scope).await?,
        DataKind::Contacts => changed::<user_contacts::Entity>(scope).await?,
        DataKind::Jobs => changed::<user_jobs::Entity>(scope).await?,
        DataKind::Values => {
            let mine = user_values::Column::UserId.eq(scope.user());
            let row = scope.gather_one(user_values::Entity::find().filter(mine));
            row.await?.map(|row| row.updated_at)
        }
        DataKind::Budget => {
            let mine = user_budget::Column::UserId.eq(scope.user());
            let row = scope.gather_one(user_budget::Entity::find().filter(mine));
            row.await?.map(|row| row.updated_at)
        }
        DataKind::Competencies => {
            let scores = assessments::current(scope).await?;
            scores.iter().map(|score| score.assessed_at).max()
        }
        // A placement's own row tells, or it is noted, or it never changes.
        DataKind::Profile
        | DataKind::Dashboard
        | DataKind::Personality
        | DataKind::Answer
        | DataKind::List
        | DataKind::Records
        | DataKind::SkillsMaster => None,
    };
    Ok(at.map(|at| (kind, at)))
}

/// When a row of the table last changed.
async fn changed<E: Owned>(scope: &Scope) -> Result<Option<Instant>, Error>
where
    E::ActiveModel: TryIntoModel<E::Model>,
{
    let mine = E::find().filter(E::user().eq(scope.user()));
    let last = mine.order_by_desc(E::counters().1).limit(1);
    let row = scope.gather_one(last).await?;
    Ok(row.map(|mut row| *E::counted(&mut row).1))
}

/// Notes that a kind of thing has changed in a way that its rows do not tell: one was taken away, or its row holds
/// other things too. One statement.
pub(crate) async fn note(scope: &Scope, kind: DataKind) -> Result<(), Error> {
    let row = ActiveModel {
        user_id: Set(scope.user()),
        kind: Set(kind.as_str().to_owned()),
        changed_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::Kind])
        .update_column(Column::ChangedAt)
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Notes that a thing of the person's own is gone; `kind` is the word in front of its id.
pub(crate) async fn note_gone(scope: &Scope, kind: &str) -> Result<(), Error> {
    let kind = match kind {
        "career_option" => DataKind::CareerOptions,
        "company" => DataKind::Companies,
        "contact" => DataKind::Contacts,
        "experience" => DataKind::Experiences,
        "flow_log" => DataKind::Flow,
        "idea_tree" => DataKind::Ideas,
        "job" => DataKind::Jobs,
        "location" => DataKind::Locations,
        "milestone" => DataKind::Milestones,
        "story" => DataKind::Stories,
        "user_skill" => DataKind::Skills,
        _ => return Ok(()),
    };
    note(scope, kind).await
}
