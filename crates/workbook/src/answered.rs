//! Which placements a person has answered.

use std::collections::HashMap;

use dreamtree_content::PlacementId;
use dreamtree_database::Scope;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};
use uuid::Uuid;

/// The answered placements, each with the row that says so: a response or a tool instance.
#[derive(Clone, Debug, Default)]
pub struct Answered(HashMap<PlacementId, Uuid>);

#[derive(FromQueryResult)]
struct Row {
    stem_id: i32,
    id: Uuid,
}

const FIND: &str = "SELECT stem_id, id FROM user_responses WHERE user_id = $1 \
    UNION ALL SELECT stem_id, id FROM user_tool_instances WHERE user_id = $1 AND stem_id IS NOT NULL";

impl Answered {
    /// Everything that the scope's person has answered, in one statement.
    pub async fn find(scope: &Scope) -> Result<Self, DbErr> {
        let connection = scope.connection();
        let backend = connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, FIND, [scope.user().into()]);
        let rows = Row::find_by_statement(statement).all(connection).await?;
        Ok(Self(
            rows.into_iter()
                .map(|row| (PlacementId(row.stem_id), row.id))
                .collect(),
        ))
    }

    /// True when the placement is answered.
    #[must_use]
    pub fn contains(&self, placement: PlacementId) -> bool {
        self.0.contains_key(&placement)
    }

    /// The row behind an answered placement.
    pub(crate) fn row(&self, placement: PlacementId) -> Option<Uuid> {
        self.0.get(&placement).copied()
    }

    /// Notes an answer that this transaction has written.
    pub(crate) fn insert(&mut self, placement: PlacementId, row: Uuid) {
        self.0.insert(placement, row);
    }
}

#[cfg(test)]
impl<const N: usize> From<[i32; N]> for Answered {
    fn from(ids: [i32; N]) -> Self {
        Self(
            ids.into_iter()
                .map(|id| (PlacementId(id), Uuid::nil()))
                .collect(),
        )
    }
}
