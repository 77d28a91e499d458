//! Answers whose sources have changed since: who is told, and how a reader says that an answer stays.

use dreamtree_content::{Connection, DataKind, Library, Placement, PlacementId, Usage};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use tokio::try_join;

use super::marks::{Asked, Marks, anywhere};
use crate::{
    Answered, Error, Position,
    entity::user_reviews::{ActiveModel, Column, Entity},
};

/// A placement to look at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Where in the order of reading it stands.
    pub index: usize,
    /// When its source changed.
    pub since: Instant,
}

/// Since when the reader should look at the placement again; `None` when they need not.
///
/// An answered placement is marked when its source has changed later than the reader has answered it or said that
/// it stays. What is flagged for review is marked before it is answered, too.
pub(super) fn since(
    library: &Library,
    answered: &Answered,
    marks: &Marks,
    placement: &Placement,
) -> Option<Instant> {
    let connection = placement.connection.as_ref()?;
    let changed = changed(library, answered, marks, connection)?;
    let saved = answered.row(placement.id).map(|row| row.updated_at);
    if saved.is_none() && connection.usage != Usage::FlagForReview {
        return None;
    }
    let seen = saved.max(marks.reviewed(placement.id));
    (seen < Some(changed)).then_some(changed)
}

/// When what the connection carries last changed; `None` when there is nothing yet.
fn changed(
    library: &Library,
    answered: &Answered,
    marks: &Marks,
    connection: &Connection,
) -> Option<Instant> {
    let saved = |id: PlacementId| answered.row(id).map(|row| row.updated_at);
    let here = match (connection.source, &connection.places) {
        (Some(source), _) => Some(saved(source)?),
        (None, Some(places)) => places.iter().copied().filter_map(saved).max(),
        (None, None) => {
            let places = library.placements().iter();
            let places = places.filter(|place| place.feeds(connection));
            places.filter_map(|place| saved(place.id)).max()
        }
    };
    let one = matches!(
        connection.data,
        DataKind::Budget | DataKind::Dashboard | DataKind::Personality
    );
    if !anywhere(connection) && !one {
        return here;
    }
    let list = connection.filter.list.as_deref();
    let there = marks.changed(connection.data, list);
    if connection.source.is_some() && !one {
        // Using a collection changes nothing about what it shows.
        return there;
    }
    here.max(there)
}

/// All open placements that the reader should look at again, in the order of reading; two statements.
pub async fn all(scope: &Scope, library: &Library) -> Result<Vec<Stale>, Error> {
    let links = library.placements().iter();
    let links = links.filter_map(|placement| placement.connection.as_ref());
    let asked = Asked::of(links);
    let (answered, marks) = try_join!(
        async {
            Answered::with_rows(scope, &[], true)
                .await
                .map_err(Error::from)
        },
        Marks::load(scope, &asked)
    )?;
    let position = Position::of(library, &answered);
    let open = &library.placements()[..position.open_count(library)];
    let marked = open.iter().enumerate().filter_map(|(index, placement)| {
        let tells = placement.connection.as_ref().is_some_and(Connection::tells);
        let since = tells.then(|| since(library, &answered, &marks, placement))?;
        since.map(|since| Stale { index, since })
    });
    Ok(marked.collect())
}

/// The open placements that an answer at these, saved just now, gives reason to look at again; no statement.
pub(crate) fn caused(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    position: Position,
    saved: &[usize],
) -> Vec<Stale> {
    let placements = library.placements();
    let told = saved
        .iter()
        .flat_map(|index| library.told_by(placements[*index].id));
    let mut told: Vec<usize> = told.copied().collect();
    told.sort_unstable();
    told.dedup();
    told.retain(|index| {
        position.opens(*index) && !saved.contains(index) && is_due(answered, &placements[*index])
    });
    let since = scope.now();
    told.into_iter()
        .map(|index| Stale { index, since })
        .collect()
}

/// True when the placement is answered, or is to be looked at without an answer.
fn is_due(answered: &Answered, placement: &Placement) -> bool {
    let connection = placement.connection.as_ref();
    let reviews = connection.is_some_and(|one| one.usage == Usage::FlagForReview);
    reviews || answered.contains(placement.id)
}

/// Notes that the reader has looked at a placement again and leaves it as it is. Returns where it stands.
pub async fn keep(
    scope: &Scope,
    library: &Library,
    placement: PlacementId,
) -> Result<usize, Error> {
    let (index, connection) = target(library, placement)?;
    if !connection.tells() {
        return Err(Error::invalid(
            "placement",
            "is not marked when something changes",
        ));
    }
    open(scope, library, index).await?;
    let row = ActiveModel {
        user_id: Set(scope.user()),
        stem_id: Set(placement.0),
        reviewed_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::StemId])
        .update_column(Column::ReviewedAt)
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(index)
}

/// Where the placement stands, and what it builds on.
pub(super) fn target(
    library: &Library,
    placement: PlacementId,
) -> Result<(usize, &Connection), Error> {
    let index = library.index_of(placement);
    let index = index.ok_or_else(|| Error::missing("placement"))?;
    let connection = library.placements()[index].connection.as_ref();
    let missing = || Error::invalid("placement", "builds on nothing");
    Ok((index, connection.ok_or_else(missing)?))
}

/// Refuses what lies beyond the reader's position.
pub(super) async fn open(scope: &Scope, library: &Library, index: usize) -> Result<(), Error> {
    let answered = Answered::find(scope).await?;
    if Position::of(library, &answered).opens(index) {
        return Ok(());
    }
    Err(Error::Locked("placement"))
}
