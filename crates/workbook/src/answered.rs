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

/// Everything that is answered.
const KEPT: &str = "WITH kept AS (\
    SELECT stem_id, id, revision, updated_at, is_sealed, response_text FROM user_responses \
    WHERE user_id = $1 UNION ALL \
    SELECT stem_id, id, revision, updated_at, FALSE, NULL FROM user_tool_instances \
    WHERE user_id = $1 AND stem_id IS NOT NULL)";

/// Behind a condition: all of it after all.
const EVERY_ROW: &str = "OR TRUE";

/// The numbers of all placements in it, as one row.
const ALL: &str = "UNION ALL SELECT NULL, NULL, 0, NULL, FALSE, \
    string_agg(CAST(stem_id AS text), ',') FROM kept";

/// What a row is about where it is not about a placement.
mod about {
    /// The person.
    pub(super) const PERSON: i32 = 1;
    /// A module.
    pub(super) const MODULE: i32 = 2;
}

impl Answered {
    /// Everything that the scope's person has answered, without rows. One statement, which brings one row; a snapshot
    /// is asked once.
    pub async fn find(scope: &Scope) -> Result<Arc<Self>, DbErr> {
        scope.once(Self::load(scope, &[], "")).await
    }

    /// The same with the rows of these placements and their texts, or with the rows of `all` placements; one statement.
    pub(crate) async fn with_rows(
        scope: &Scope,
        placements: &[PlacementId],
        all: bool,
    ) -> Result<Self, DbErr> {
        Self::load(scope, placements, if all { EVERY_ROW } else { "" }).await
    }

    /// The same again, with what the rows of the person and of their modules say of it.
    pub(crate) async fn to_write(scope: &Scope, placements: &[PlacementId]) -> Result<Self, DbErr> {
        let noted = "UNION ALL SELECT NULL, id, 1, updated_at, workbook_complete, NULL \
             FROM users WHERE id = $1 \
             UNION ALL SELECT NULL, user_id, 2, last_modified_at, FALSE, module_id \
             FROM user_modules WHERE user_id = $1 AND first_completed_at IS NULL";
        Self::load(scope, placements, noted).await
    }
    async fn load(scope: &Scope, placements: &[PlacementId], more: &str) -> Result<Self, DbErr> {
        let connection = scope.connection();
        let backend = connection.get_database_backend();
        let ids: Vec<i32> = placements.iter().map(|id| id.0).collect();
        let (among, ids) = numbers(backend, 2, &ids);
        let sql = format!("{KEPT} SELECT * FROM kept WHERE stem_id {among} {more} {ALL}");
        let values = [scope.user().into(), ids];
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let found = connection.query_all_raw(statement).await?;
        let mut answered = Self {
            rows: HashMap::with_capacity(found.len()),
            ..Self::default()
        };
        for row in found {
            answered.take(&row)?;
        }
        Ok(answered)
    }

    /// Takes a row in, by the places of its columns: there may be hundreds of them, and names cost.
    fn take(&mut self, row: &QueryResult) -> Result<(), DbErr> {
        let placement: Option<i32> = row.try_get_by_index(0)?;
        let revision: i32 = row.try_get_by_index(2)?;
        let text: Option<String> = row.try_get_by_index(5)?;
        let Some(placement) = placement.map(PlacementId) else {
            match (revision, text) {
                (about::PERSON, _) => self.complete = row.try_get_by_index(4)?,
                (about::MODULE, module) => self.incomplete_modules.extend(module),
                (_, all) => self.placements = read_all(&all.unwrap_or_default())?,
            }
            return Ok(());
        };
        let kept = Kept {
            id: row.try_get_by_index(1)?,
            revision,
            updated_at: row.try_get_by_index(3)?,
            is_sealed: row.try_get_by_index(4)?,
            text,
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

/// Reads the numbers of placements, with commas between them.
fn read_all(text: &str) -> Result<Vec<PlacementId>, DbErr> {
    let numbers = text.split(',').filter(|number| !number.is_empty());
    let placements: Result<Vec<_>, _> = numbers.map(|one| one.parse().map(PlacementId)).collect();
    let mut placements = placements.map_err(|_| DbErr::Type("a placement's number".to_owned()))?;
    placements.sort_unstable();
    Ok(placements)
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
