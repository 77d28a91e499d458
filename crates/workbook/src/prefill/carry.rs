//! What has to be read to fill the connections of some placements.

use std::collections::HashMap;

use dreamtree_content::{Connection, Library, Placement, PlacementId};
use dreamtree_database::Scope;
use tokio::try_join;

use super::{
    keeps,
    marks::{Asked, Marks},
    snapshot::{self, Snapshot},
    things::{Kinds, Things, tagged},
};
use crate::{Answered, Error};

/// What is at hand to fill connections, beside the answers of placements.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carry {
    pub(super) things: Things,
    /// `None` where nobody asks what is stale.
    pub(super) marks: Option<Marks>,
    snapshots: HashMap<PlacementId, Snapshot>,
}

/// The placements whose answers the connection carries.
pub(crate) fn sources(connection: &Connection) -> &[PlacementId] {
    match (&connection.source, &connection.places) {
        (Some(source), _) => std::slice::from_ref(source),
        (None, Some(places)) if tagged(connection) => places,
        _ => &[],
    }
}

impl Carry {
    /// What these placements need; nothing for those without a connection. When things changed is read only where
    /// somebody asks what is stale.
    pub(crate) async fn load(
        scope: &Scope,
        library: &Library,
        answered: &Answered,
        targets: &[&Placement],
        stale: bool,
    ) -> Result<Self, Error> {
        let linked = || {
            let targets = targets.iter().copied();
            targets.filter_map(|target| Some((target.id, target.connection.as_ref()?)))
        };
        let kinds = Kinds::of(linked().map(|(_, connection)| connection));
        let asked = stale.then(|| Asked::of(linked().map(|(_, connection)| connection)));
        let kept = linked().filter(|(id, connection)| keeps(connection) && answered.contains(*id));
        let kept: Vec<i32> = kept.map(|(id, _)| id.0).collect();
        let (things, marks, snapshots) = try_join!(
            Things::load(scope, library, &kinds),
            async {
                match &asked {
                    Some(asked) => Marks::load(scope, asked).await.map(Some),
                    None => Ok(None),
                }
            },
            snapshot::load(scope, &kept),
        )?;
        Ok(Self {
            things,
            marks,
            snapshots,
        })
    }

    /// What was kept for this placement, if it was kept of this connection.
    pub(super) fn snapshot(
        &self,
        connection: &Connection,
        placement: &Placement,
    ) -> Option<&Snapshot> {
        let kept = self.snapshots.get(&placement.id);
        kept.filter(|kept| keeps(connection) && kept.connection == connection.id)
    }

    /// Notes a snapshot that this transaction has taken.
    pub(super) fn keep(&mut self, placement: PlacementId, snapshot: Snapshot) {
        self.snapshots.insert(placement, snapshot);
    }
}
