//! What was there when a placement was answered, kept for it.

use std::collections::HashMap;

use dreamtree_content::{Connection, ConnectionId, Library, Placement, PlacementId};
use dreamtree_database::{Scope, VaultError};
use dreamtree_types::{Instant, Private};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};

use super::{Carried, Found, Gap, Offer, keeps, live, stale};
use crate::{
    Error, Outcome, View,
    entity::user_snapshots::{ActiveModel, Column, Entity, Model},
    sealed::Row,
};

const TABLE: &str = "user_snapshots";
const DATA: &str = "data";

/// What was kept for a placement.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// What it was carried by.
    pub(super) connection: ConnectionId,
    /// When it was taken.
    pub(super) taken_at: Instant,
    kept: Private<Frozen>,
}

/// What was carried, as it is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Frozen {
    total: Option<usize>,
    changed_at: Option<Instant>,
    data: Carried,
}

impl Snapshot {
    /// What was found then.
    pub(super) fn found(&self) -> Found {
        match &self.kept {
            Private::Open(frozen) => Found {
                offer: Offer::of(frozen.data.clone()),
                total: frozen.total,
                changed_at: frozen.changed_at,
            },
            Private::Empty | Private::Locked => Found::nothing(Gap::Locked),
        }
    }
}

/// What was kept for these placements; one statement, none where there are none.
pub(super) async fn load(
    scope: &Scope,
    placements: &[i32],
) -> Result<HashMap<PlacementId, Snapshot>, Error> {
    if placements.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(scope.among_numbers(Column::StemId, placements));
    let rows = scope.gather(rows).await?;
    let read = |row: Model| (PlacementId(row.stem_id), read(scope, &row));
    Ok(rows.into_iter().map(read).collect())
}

/// What cannot be read now, or is of another shape than this program knows, counts as locked.
pub(super) fn read(scope: &Scope, row: &Model) -> Snapshot {
    let kept = if row.is_sealed {
        Row::new(scope, TABLE, row.stem_id).open(DATA, Some(&row.data))
    } else {
        serde_json::from_str(&row.data).map_or(Private::Locked, Private::Open)
    };
    Snapshot {
        connection: ConnectionId(row.connection_id),
        taken_at: row.updated_at,
        kept,
    }
}

/// Keeps what is there now for the placements that were answered for the first time and want it kept. Where there is
/// nothing yet, or nothing that can be sealed now, the next answer does. One statement for each.
pub(crate) async fn take(
    scope: &Scope,
    library: &Library,
    outcome: &mut Outcome,
) -> Result<(), Error> {
    for index in &outcome.saved {
        let placement = &library.placements()[*index];
        let connection = placement.connection.as_ref().filter(|one| keeps(one));
        let Some(connection) = connection else {
            continue;
        };
        if outcome.view.carry.snapshot(connection, placement).is_some() {
            continue;
        }
        let found = live(library, &outcome.view, connection);
        let Some(frozen) = found.and_then(freeze) else {
            continue;
        };
        match save(scope, placement, connection, frozen).await {
            Ok(snapshot) => outcome.view.carry.keep(placement.id, snapshot),
            Err(Error::Vault(VaultError::Locked) | Error::Shut) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Keeps what is there now in the place of what was kept; the placement must be answered. Returns where it stands.
pub async fn refresh(
    scope: &Scope,
    library: &Library,
    placement: PlacementId,
) -> Result<usize, Error> {
    let (index, connection) = stale::target(library, placement)?;
    if !keeps(connection) {
        return Err(Error::invalid(
            "placement",
            "always shows what is there now",
        ));
    }
    stale::open(scope, library, index).await?;
    let view = View::at(scope, library, index).await?;
    if !view.answered.contains(placement) {
        return Err(Error::invalid("placement", "is not answered yet"));
    }
    let found = live(library, &view, connection).ok_or_else(|| Error::missing("placement"))?;
    if found.offer.gap == Some(Gap::Locked) {
        return Err(Error::Shut);
    }
    let nothing = || Error::invalid("placement", "has nothing to keep yet");
    let frozen = freeze(found).ok_or_else(nothing)?;
    save(scope, &library.placements()[index], connection, frozen).await?;
    Ok(index)
}

fn freeze(found: Found) -> Option<Frozen> {
    let data = found.offer.data.filter(|_| found.offer.gap.is_none())?;
    Some(Frozen {
        total: found.total,
        changed_at: found.changed_at,
        data,
    })
}

async fn save(
    scope: &Scope,
    placement: &Placement,
    connection: &Connection,
    frozen: Frozen,
) -> Result<Snapshot, Error> {
    let is_sealed = Carried::is_private(connection.data);
    let row = Row::new(scope, TABLE, placement.id.0);
    let (data, generation) = if is_sealed {
        let generation = row.generation(None)?;
        let sealed = row.seal(DATA, Some(&frozen))?.unwrap_or_default();
        (sealed, Some(generation))
    } else {
        let plain = serde_json::to_string(&frozen);
        let plain = plain.map_err(|_| Error::Corrupt("a snapshot that is no JSON"))?;
        (plain, None)
    };
    let row = ActiveModel {
        user_id: Set(scope.user()),
        stem_id: Set(placement.id.0),
        connection_id: Set(connection.id.0),
        data: Set(data),
        is_sealed: Set(is_sealed),
        key_generation: Set(generation),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::StemId])
        .update_columns([
            Column::ConnectionId,
            Column::Data,
            Column::IsSealed,
            Column::KeyGeneration,
            Column::UpdatedAt,
        ])
        .value(
            Column::Revision,
            Expr::col((Entity, Column::Revision)).add(1),
        )
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(Snapshot {
        connection: connection.id,
        taken_at: scope.now(),
        kept: Private::Open(frozen),
    })
}
