//! One shape for the rows of all tables: the columns of a union are places for values of one type each, and a table's
//! columns take the places of their types, in order.

use std::{
    any::TypeId,
    collections::BTreeMap,
    fmt::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ColumnType, DbBackend, DbErr, EntityTrait, Iden, Iterable,
    QueryResult, TryGetable, TryIntoModel, Value,
    sea_query::{PostgresQueryBuilder, SelectStatement, SqlWriterValues, SqliteQueryBuilder},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The type of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Integer,
    BigInteger,
    Boolean,
    Text,
    Date,
    Time,
}

/// A column of a question.
#[derive(Debug)]
pub(super) struct Column {
    name: String,
    kind: Kind,
}

/// The columns of a table, in the order of its entity; worked out once for each.
pub(super) fn columns<E: EntityTrait>() -> Result<Arc<[Column]>, DbErr> {
    static KNOWN: Mutex<BTreeMap<TypeId, Arc<[Column]>>> = Mutex::new(BTreeMap::new());
    let table = TypeId::of::<E>();
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(columns) = known.get(&table) {
        return Ok(Arc::clone(columns));
    }
    let column = |column: E::Column| {
        Ok(Column {
            name: column.unquoted().to_owned(),
            kind: Kind::of(column.def().get_column_type())?,
        })
    };
    let columns: Result<Arc<[Column]>, DbErr> = E::Column::iter().map(column).collect();
    let columns = columns?;
    known.insert(table, Arc::clone(&columns));
    Ok(columns)
}

/// The places that are enough for each of these tables.
pub(super) fn places<'a>(tables: impl IntoIterator<Item = &'a [Column]>) -> Vec<Kind> {
    let mut places = Vec::new();
    for table in tables {
        let mut free = vec![true; places.len()];
        for column in table {
            if take(&places, &mut free, column.kind).is_none() {
                places.push(column.kind);
                free.push(false);
            }
        }
    }
    places
}

/// Which place each of these columns takes. The places must be enough.
pub(super) fn taken(places: &[Kind], table: &[Column]) -> Vec<usize> {
    let mut free = vec![true; places.len()];
    let columns = table.iter();
    columns
        .filter_map(|column| take(places, &mut free, column.kind))
        .collect()
}

fn take(places: &[Kind], free: &mut [bool], kind: Kind) -> Option<usize> {
    let at = (0..places.len()).find(|at| free[*at] && places[*at] == kind)?;
    free[at] = false;
    Some(at)
}

/// Adds a question to the union: its number, then its columns in their places; what it does not take is null.
pub(super) fn write(
    union: &mut SqlWriterValues,
    number: usize,
    question: &SelectStatement,
    table: &[Column],
    taken: &[usize],
    places: &[Kind],
    backend: DbBackend,
) -> fmt::Result {
    if number > 0 {
        union.write_str(" UNION ALL ")?;
    }
    write!(union, "SELECT {number}")?;
    for (place, kind) in places.iter().enumerate() {
        match taken.iter().position(|one| *one == place) {
            Some(column) => write!(union, r#", "{}""#, table[column].name)?,
            None => write!(union, ", {}", kind.null(backend))?,
        }
    }
    union.write_str(" FROM (")?;
    if backend == DbBackend::Postgres {
        question.build_collect_any_into(&PostgresQueryBuilder, union);
    } else {
        question.build_collect_any_into(&SqliteQueryBuilder, union);
    }
    union.write_str(") AS asked")
}

/// A row of the union as a row of the table, whose columns have taken these places.
pub(super) fn model<E: EntityTrait>(
    row: &QueryResult,
    table: &[Column],
    taken: &[usize],
) -> Result<E::Model, DbErr>
where
    E::ActiveModel: TryIntoModel<E::Model>,
{
    let mut model = <E::ActiveModel as ActiveModelTrait>::default();
    for ((column, known), place) in E::Column::iter().zip(table).zip(taken) {
        // The question's number stands first.
        model.try_set(column, known.kind.read(row, place + 1)?)?;
    }
    model.try_into_model()
}

impl Kind {
    fn of(column: &ColumnType) -> Result<Self, DbErr> {
        match column {
            ColumnType::Uuid => Ok(Self::Uuid),
            ColumnType::Integer => Ok(Self::Integer),
            ColumnType::BigInteger => Ok(Self::BigInteger),
            ColumnType::Boolean => Ok(Self::Boolean),
            ColumnType::Text | ColumnType::String(_) => Ok(Self::Text),
            ColumnType::Date => Ok(Self::Date),
            ColumnType::TimestampWithTimeZone => Ok(Self::Time),
            other => Err(DbErr::Type(format!("no place for a column of {other:?}"))),
        }
    }

    const fn null(self, backend: DbBackend) -> &'static str {
        if !matches!(backend, DbBackend::Postgres) {
            return "NULL";
        }
        match self {
            Self::Uuid => "NULL::uuid",
            Self::Integer => "NULL::integer",
            Self::BigInteger => "NULL::bigint",
            Self::Boolean => "NULL::boolean",
            Self::Text => "NULL::text",
            Self::Date => "NULL::date",
            Self::Time => "NULL::timestamptz",
        }
    }

    fn read(self, row: &QueryResult, index: usize) -> Result<Value, DbErr> {
        fn get<T: TryGetable>(row: &QueryResult, index: usize) -> Result<Option<T>, DbErr> {
            row.try_get_by_index(index)
        }
        Ok(match self {
            Self::Uuid => get::<Uuid>(row, index)?.into(),
            Self::Integer => get::<i32>(row, index)?.into(),
            Self::BigInteger => get::<i64>(row, index)?.into(),
            Self::Boolean => get::<bool>(row, index)?.into(),
            Self::Text => get::<String>(row, index)?.into(),
            Self::Date => get::<Date>(row, index)?.into(),
            Self::Time => get::<OffsetDateTime>(row, index)?.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(kinds: &[Kind]) -> Vec<Column> {
        let column = |kind: &Kind| Column {
            name: String::new(),
            kind: *kind,
        };
        kinds.iter().map(column).collect()
    }

    #[test]
    fn tables_share_places_of_a_type() {
        let one = table(&[Kind::Uuid, Kind::Text, Kind::Text]);
        let other = table(&[Kind::Text, Kind::Integer, Kind::Uuid]);
        let places = places([&*one, &*other]);
        assert_eq!(places, [Kind::Uuid, Kind::Text, Kind::Text, Kind::Integer]);
        assert_eq!(taken(&places, &one), [0, 1, 2]);
        assert_eq!(taken(&places, &other), [1, 3, 0]);
    }
}
