//! All scores that somebody ever gave themselves, newest first.

use std::fmt;

use dreamtree_content::{CompetencyId, Library};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use crate::{
    Error, HistoryId,
    entity::user_competency_history::{ActiveModel, Column, Entity, Model},
    score::moment,
};

/// The most entries of one page.
pub(crate) const LARGEST_PAGE: i32 = 100;

/// A score that somebody gave themselves at some time.
pub type Entry = Model;

/// Some entries of the history, newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// The entries.
    pub entries: Vec<Entry>,
    /// True when there are older ones.
    pub has_next: bool,
}

/// A place in the history: right behind this entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    assessed_at: Instant,
    id: HistoryId,
}

impl Cursor {
    /// Reads what [`fmt::Display`] wrote.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or(Error::After)
    }

    fn read(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('.')?;
        let micros: i64 = micros.parse().ok()?;
        let assessed_at = Instant::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok()?;
        let id = HistoryId::from(Uuid::try_parse(id).ok()?);
        Some(Self { assessed_at, id })
    }

    /// What comes behind the cursor.
    fn older(self) -> Condition {
        let same_time = Condition::all()
            .add(Column::AssessedAt.eq(self.assessed_at))
            .add(Column::Id.lt(self.id));
        Condition::any()
            .add(Column::AssessedAt.lt(self.assessed_at))
            .add(same_time)
    }
}

impl From<&Entry> for Cursor {
    fn from(entry: &Entry) -> Self {
        Self {
            assessed_at: entry.assessed_at,
            id: entry.id,
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.assessed_at.unix_timestamp_nanos() / 1_000;
        write!(f, "{micros}.{}", self.id)
    }
}

fn owned(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(scope.user()))
}

/// The `first` (0 to 100) entries behind `after`, newest first; of one competency or of all. One
/// statement.
pub async fn page(
    scope: &Scope,
    library: &Library,
    competency: Option<CompetencyId>,
    first: i32,
    after: Option<Cursor>,
) -> Result<Page, Error> {
    let known = |id: CompetencyId| library.competencies().iter().any(|one| one.id == id);
    if competency.is_some_and(|id| !known(id)) {
        return Err(Error::UnknownHistory);
    }
    let first = u64::try_from(first).map_err(|_| Error::First)?;
    if first > u64::from(LARGEST_PAGE.unsigned_abs()) {
        return Err(Error::First);
    }
    let mut entries = owned(scope)
        .filter(Condition::all().add_option(competency.map(|id| Column::CompetencyId.eq(id))))
        .filter(Condition::all().add_option(after.map(Cursor::older)))
        .order_by_desc(Column::AssessedAt)
        .order_by_desc(Column::Id)
        .limit(first + 1)
        .all(scope.connection())
        .await?;
    let kept = usize::try_from(first).unwrap_or(usize::MAX);
    let has_next = entries.len() > kept;
    entries.truncate(kept);
    Ok(Page { entries, has_next })
}

/// Adds scores to the history; one statement. The caller has checked them.
pub(crate) async fn append(scope: &Scope, scores: &[(CompetencyId, i32)]) -> Result<(), DbErr> {
    let rows = scores.iter().map(|&(competency, score)| ActiveModel {
        user_id: Set(scope.user()),
        id: Set(HistoryId::new()),
        competency_id: Set(competency),
        score: Set(score),
        assessed_at: Set(moment(scope)),
    });
    Entity::insert_many(rows)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_cursor_reads_what_it_wrote() {
        let cursor = Cursor {
            assessed_at: datetime!(2025-06-01 12:00:00.000001 UTC),
            id: HistoryId::new(),
        };
        assert_eq!(Cursor::parse(&cursor.to_string()).unwrap(), cursor);
        for text in ["", ".", "1.", "1.x", "9223372036854775807.x", "🌱"] {
            assert!(Cursor::parse(text).is_err(), "{text}");
        }
        let beyond_the_calendar = format!("{}.{}", i64::MAX, cursor.id);
        assert!(Cursor::parse(&beyond_the_calendar).is_err());
    }
}
