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

/// Which rows are read; of all others only the placement is.
enum Rows {
    None,
    /// Those of the wanted placements.
    Some,
    All,
}

impl Rows {
    const fn of(placements: &[PlacementId], all: bool) -> Self {
        match (all, placements) {
            (true, _) => Self::All,
            (false, []) => Self::None,
            (false, _) => Self::Some,
        }
    }

    /// What asks for them, with the texts of those whose placement is `among` the wanted ones; goes before another select.
    fn select(&self, among: &str) -> String {
        let (text, which) = match self {
            Self::None => return String::new(),
            Self::Some => ("response_text".to_owned(), format!("stem_id {among}")),
            Self::All => (
                format!("CASE WHEN stem_id {among} THEN response_text END"),
                "stem_id IS NOT NULL".to_owned(),
            ),
        };
        format!(
            "SELECT stem_id, id, revision, updated_at, is_sealed, {text} \
             FROM user_responses WHERE user_id = $1 AND {which} \
             UNION ALL SELECT stem_id, id, revision, updated_at, FALSE, NULL \
             FROM user_tool_instances WHERE user_id = $1 AND {which} UNION ALL"
        )
    }
}

impl Answered {
    /// Everything that the scope's person has answered, without rows. One statement; a snapshot is asked once.
    pub async fn find(scope: &Scope) -> Result<Arc<Self>, DbErr> {
        scope.once(Self::load(scope, &[], Rows::None, "")).await
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
        rows: Rows,
        more: &str,
    ) -> Result<Self, DbErr> {
        let connection = scope.connection();
        let backend = connection.get_database_backend();
        let ids: Vec<i32> = placements.iter().map(|id| id.0).collect();
        let (among, ids) = numbers(backend, 2, &ids);
        let rows = rows.select(&among);
        // One row for all that is answered: there are hundreds of placements, and a row of each costs.
        let sql = format!(
            "{rows} SELECT NULL, NULL, 0, NULL, FALSE, string_agg(CAST(stem_id AS text), ',') \
             FROM (SELECT stem_id FROM user_responses WHERE user_id = $1 \
             UNION ALL SELECT stem_id FROM user_tool_instances \
             WHERE user_id = $1 AND stem_id IS NOT NULL) AS answered {more}"
        );
        let mut values = vec![scope.user().into()];
        if !rows.is_empty() {
            values.push(ids);
        }
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let mut answered = Self::default();
        for row in connection.query_all_raw(statement).await? {
            answered.take(&row)?;
        }
        Ok(answered)
    }

    /// Takes a row in, by the places of its columns: names cost.
    fn take(&mut self, row: &QueryResult) -> Result<(), DbErr> {
        let placement: Option<i32> = row.try_get_by_index(0)?;
        let id: Option<Uuid> = row.try_get_by_index(1)?;
        let text = || row.try_get_by_index::<Option<String>>(5);
        match (placement.map(PlacementId), id) {
            (Some(placement), Some(id)) => {
                let kept = Kept {
                    id,
                    revision: row.try_get_by_index(2)?,
                    updated_at: row.try_get_by_index(3)?,
                    is_sealed: row.try_get_by_index(4)?,
                    text: text()?,
                };
                self.rows.insert(placement, kept);
            }
            (_, None) => self.placements = listed(&text()?.unwrap_or_default())?,
            (None, Some(_)) => match text()? {
                Some(module) => self.incomplete_modules.push(module),
                None => self.complete = row.try_get_by_index(4)?,
            },
        }
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

/// The placements of a list, in their order.
fn listed(list: &str) -> Result<Vec<PlacementId>, DbErr> {
    let ids = list
        .split_terminator(',')
        .map(|id| id.parse().map(PlacementId));
    let ids: Result<Vec<_>, _> = ids.collect();
    let mut ids = ids.map_err(|error| DbErr::Type(error.to_string()))?;
    ids.sort_unstable();
    Ok(ids)
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
