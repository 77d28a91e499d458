//! Which placements a person has answered.

use std::{collections::HashMap, sync::Arc};

use dreamtree_content::PlacementId;
use dreamtree_database::{Scope, numbers};
use dreamtree_types::Instant;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement};
use uuid::Uuid;

/// The answered placements, some with the rows that say so.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// In their order.
    placements: Vec<PlacementId>,
    rows: HashMap<PlacementId, Kept>,
    complete: bool,
    incomplete_modules: Vec<String>,
}

/// The row behind an answered placement: a response or a tool instance.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The row.
    pub(crate) id: Uuid,
    /// Counts the times it was saved, from 1.
    pub(crate) revision: i32,
    /// When it last changed.
    pub(crate) updated_at: Instant,
    /// True when the text is an envelope.
    pub(crate) is_sealed: bool,
    /// A response's text, if it was asked for and the response has one.
    pub(crate) text: Option<String>,
}

/// Which rows are read as a whole; of all others only the placement is.
enum Rows<'a> {
    /// Those of these placements, in their order.
    Of(&'a [PlacementId]),
    All,
}

impl<'a> Rows<'a> {
    const fn of(placements: &'a [PlacementId], all: bool) -> Self {
        if all { Self::All } else { Self::Of(placements) }
    }
}

impl Answered {
    /// Everything that the scope's person has answered, without rows. One statement; a snapshot is asked once.
    pub async fn find(scope: &Scope) -> Result<Arc<Self>, DbErr> {
        scope.once(Self::load(scope, &[], Rows::Of(&[]), "")).await
    }

    /// The same with the rows of these placements, in their order, and their texts, or with the rows of `all` placements; one statement.
    pub(crate) async fn with_rows(
        scope: &Scope,
        placements: &[PlacementId],
        all: bool,
    ) -> Result<Self, DbErr> {
        Self::load(scope, placements, Rows::of(placements, all), "").await
    }

    /// The same again, with what the rows of the person and of their modules say of it.
    pub(crate) async fn to_write(
        scope: &Scope,
        placements: &[PlacementId],
        all: bool,
    ) -> Result<Self, DbErr> {
        let noted = "UNION ALL SELECT NULL, id, 0, updated_at, workbook_complete, NULL \
             FROM users WHERE id = $1 \
             UNION ALL SELECT NULL, user_id, 0, last_modified_at, FALSE, module_id \
             FROM user_modules WHERE user_id = $1 AND first_completed_at IS NULL";
        Self::load(scope, placements, Rows::of(placements, all), noted).await
    }

    async fn load(
        scope: &Scope,
        placements: &[PlacementId],
        rows: Rows<'_>,
        more: &str,
    ) -> Result<Self, DbErr> {
        let connection = scope.connection();
        let backend = connection.get_database_backend();
        let ids: Vec<i32> = placements.iter().map(|id| id.0).collect();
        let (among, ids) = numbers(backend, 2, &ids);
        let sql = format!(
            "SELECT stem_id, id, revision, updated_at, is_sealed, \
             CASE WHEN stem_id {among} THEN response_text END FROM user_responses WHERE user_id = $1 \
             UNION ALL SELECT stem_id, id, revision, updated_at, FALSE, NULL \
             FROM user_tool_instances WHERE user_id = $1 AND stem_id IS NOT NULL {more}"
        );
        let values = [scope.user().into(), ids];
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let found = connection.query_all_raw(statement).await?;
        let mut answered = Self {
            placements: Vec::with_capacity(found.len()),
            ..Self::default()
        };
        for row in found {
            answered.take(&row, &rows)?;
        }
        answered.placements.sort_unstable();
        Ok(answered)
    }

    /// Takes a row in, by the places of its columns: there are hundreds of rows, and names cost.
    fn take(&mut self, row: &QueryResult, rows: &Rows<'_>) -> Result<(), DbErr> {
        let placement: Option<i32> = row.try_get_by_index(0)?;
        let Some(placement) = placement.map(PlacementId) else {
            match row.try_get_by_index(5)? {
                Some(module) => self.incomplete_modules.push(module),
                None => self.complete = row.try_get_by_index(4)?,
            }
            return Ok(());
        };
        self.placements.push(placement);
        if let Rows::Of(some) = rows
            && some.binary_search(&placement).is_err()
        {
            return Ok(());
        }
        let kept = Kept {
            id: row.try_get_by_index(1)?,
            revision: row.try_get_by_index(2)?,
            updated_at: row.try_get_by_index(3)?,
            is_sealed: row.try_get_by_index(4)?,
            text: row.try_get_by_index(5)?,
        };
        self.rows.insert(placement, kept);
        Ok(())
    }

    /// True when the placement is answered.
    #[must_use]
    pub fn contains(&self, placement: PlacementId) -> bool {
        self.placements.binary_search(&placement).is_ok()
    }

    /// True when the person's row says that nothing required is left; behind the truth after a change of
    /// content. Known after [`Answered::to_write`] only.
    pub(crate) const fn noted_complete(&self) -> bool {
        self.complete
    }

    /// The modules whose rows say that they were never complete. Known after [`Answered::to_write`] only.
    pub(crate) fn noted_incomplete(&self) -> &[String] {
        &self.incomplete_modules
    }

    /// The row behind an answered placement, if it was asked for.
    pub(crate) fn row(&self, placement: PlacementId) -> Option<&Kept> {
        self.rows.get(&placement)
    }

    /// Notes an answer that this transaction has written.
    pub(crate) fn insert(&mut self, placement: PlacementId, row: Kept) {
        if let Err(place) = self.placements.binary_search(&placement) {
            self.placements.insert(place, placement);
        }
        self.rows.insert(placement, row);
    }
}

impl Kept {
    /// The row as it is once it has been saved again.
    pub(crate) fn again(known: Option<&Self>, scope: &Scope, id: Uuid) -> Self {
        Self {
            id,
            revision: known.map_or(0, |row| row.revision) + 1,
            updated_at: scope.now(),
            is_sealed: false,
            text: None,
        }
    }
}

#[cfg(test)]
impl<const N: usize> From<[i32; N]> for Answered {
    fn from(ids: [i32; N]) -> Self {
        let row = |id| {
            let kept = Kept {
                id: Uuid::nil(),
                revision: 1,
                updated_at: Instant::UNIX_EPOCH,
                is_sealed: false,
                text: None,
            };
            (PlacementId(id), kept)
        };
        Self {
            placements: {
                let mut placements = ids.map(PlacementId);
                placements.sort_unstable();
                placements.to_vec()
            },
            rows: ids.into_iter().map(row).collect(),
            ..Self::default()
        }
    }
}
