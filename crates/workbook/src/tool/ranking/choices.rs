//! Which of two won, kept so that comparing can go on later and on another device.

use std::collections::HashMap;

use dreamtree_content::{Library, Placement, PlacementId, ToolSettings};
use dreamtree_database::Scope;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tokio::try_join;
use uuid::Uuid;

use super::{Choice, Pairing, Ranked, RankedId, ids, pairs::pair};
use crate::{
    Answered, Error, Position,
    entity::user_comparisons::{ActiveModel, Column, Entity, Model},
    tool::arrange,
};

const CHOICES: &str = "choices";

/// How far comparing has come at a placement: with these choices, or with those that are kept there.
pub(crate) async fn pairing(
    scope: &Scope,
    library: &Library,
    placement: PlacementId,
    choices: Option<&[Choice<RankedId>]>,
) -> Result<Pairing<Ranked>, Error> {
    let placement = grid(library, placement)?;
    let kept = async {
        match choices {
            Some(_) => Ok(Vec::new()),
            None => kept(scope, placement.id).await,
        }
    };
    let (source, kept) = try_join!(arrange::source(scope, library, placement), kept)?;
    let offered = source.map(|source| source.offered).unwrap_or_default();
    let known = ids(&offered);
    let pairing = match choices {
        Some(choices) => pair(&known, choices, CHOICES)?,
        None => pair(&known, &among(&known, &kept), CHOICES)?,
    };
    let by_id: HashMap<RankedId, Ranked> = known.into_iter().zip(offered).collect();
    let show = |id: &RankedId| by_id.get(id).cloned();
    let pairs = pairing.open.iter();
    Ok(Pairing {
        order: pairing.order.iter().filter_map(show).collect(),
        open: pairs
            .filter_map(|(one, other)| show(one).zip(show(other)))
            .collect(),
    })
}

/// Keeps these choices at a placement that the reader has reached, and says how far comparing has come with them.
pub(crate) async fn go_on(
    scope: &Scope,
    library: &Library,
    placement: PlacementId,
    choices: &[Choice<RankedId>],
) -> Result<Pairing<Ranked>, Error> {
    const PLACEMENT: &str = "input.placement";
    let grid = grid(library, placement).map_err(|_| Error::missing(PLACEMENT))?;
    let position = Position::of(library, &*Answered::find(scope).await?);
    let index = library.index_of(grid.id);
    if !index.is_some_and(|index| position.opens(index)) {
        return Err(Error::Locked(PLACEMENT));
    }
    let state = pairing(scope, library, placement, Some(choices)).await;
    let state = state.map_err(|error| error.moved(CHOICES, "input.choices"))?;
    keep(scope, placement, choices).await?;
    Ok(state)
}

fn grid(library: &Library, id: PlacementId) -> Result<&Placement, Error> {
    let is_grid = |placement: &&Placement| {
        let tool = placement.tool();
        tool.is_some_and(|tool| matches!(tool.settings, ToolSettings::RankingGrid(_)))
    };
    let placement = library.placement(id).filter(is_grid);
    placement.ok_or(Error::NoPlacement)
}

async fn kept(scope: &Scope, placement: PlacementId) -> Result<Vec<Model>, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::StemId.eq(placement.0))
        .order_by_asc(Column::Position);
    Ok(scope.gather(mine).await?)
}

/// The choices without those about something that is no longer offered.
fn among(offered: &[RankedId], kept: &[Model]) -> Vec<Choice<RankedId>> {
    let by_uuid: HashMap<Uuid, RankedId> = offered.iter().map(|id| (id.uuid(), *id)).collect();
    let find = |id: &Uuid| by_uuid.get(id).copied();
    let choice = |row: &Model| {
        Some(Choice {
            winner: find(&row.winner_id)?,
            loser: find(&row.loser_id)?,
        })
    };
    kept.iter().filter_map(choice).collect()
}

/// Keeps the choices of a placement in the place of the old ones.
pub(super) async fn keep(
    scope: &Scope,
    placement: PlacementId,
    choices: &[Choice<RankedId>],
) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::StemId.eq(placement.0))
        .exec(scope.connection())
        .await?;
    if choices.is_empty() {
        return Ok(());
    }
    let rows = (0..).zip(choices).map(|(position, choice)| ActiveModel {
        user_id: Set(scope.user()),
        stem_id: Set(placement.0),
        position: Set(position),
        winner_id: Set(choice.winner.uuid()),
        loser_id: Set(choice.loser.uuid()),
        created_at: Set(scope.now()),
    });
    Entity::insert_many(rows)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}
