//! Where rows go: one transaction of the tables' owner, by COPY on `PostgreSQL` and by INSERT on `SQLite`.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, Statement, TransactionTrait,
    sqlx::{self, Postgres},
};

use crate::{Error, copy, guards::Guards};

/// `SQLite` takes 32,766 values in one statement.
const MOST_VALUES: usize = 32_000;

/// A transaction that takes rows. Dropping it takes all of them back.
pub(crate) enum Sink {
    Postgres(sqlx::Transaction<'static, Postgres>, Guards),
    Sqlite(DatabaseTransaction),
}

impl Sink {
    /// Begins; on `PostgreSQL` without guards until the transaction ends.
    pub(crate) async fn begin(owner: &DatabaseConnection) -> Result<Self, Error> {
        if owner.get_database_backend() != DbBackend::Postgres {
            return Ok(Self::Sqlite(owner.begin().await?));
        }
        let pool = owner.get_postgres_connection_pool();
        let mut transaction = pool.begin().await?;
        let guards = Guards::lift(&mut transaction).await?;
        Ok(Self::Postgres(transaction, guards))
    }

    /// How many people there are.
    pub(crate) async fn people(&mut self) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM users";
        let count: i64 = match self {
            Self::Postgres(transaction, _) => {
                sqlx::query_scalar(sql)
                    .fetch_one(&mut **transaction)
                    .await?
            }
            Self::Sqlite(transaction) => {
                let statement = Statement::from_string(DbBackend::Sqlite, sql);
                let row = transaction.query_one_raw(statement).await?;
                row.ok_or_else(|| DbErr::RecordNotFound("a count".to_owned()))?
                    .try_get_by_index(0)?
            }
        };
        Ok(count.unsigned_abs())
    }

    /// Writes rows of one table.
    pub(crate) async fn put<E>(&mut self, rows: Vec<E::Model>) -> Result<(), Error>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        match self {
            _ if rows.is_empty() => Ok(()),
            Self::Postgres(transaction, _) => copy_in::<E>(transaction, rows).await,
            Self::Sqlite(transaction) => insert::<E>(transaction, rows).await,
        }
    }

    /// Makes what was written last.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Postgres(mut transaction, guards) => {
                guards.restore(&mut transaction).await?;
                Ok(transaction.commit().await?)
            }
            Self::Sqlite(transaction) => Ok(transaction.commit().await?),
        }
    }
}

async fn copy_in<E: EntityTrait>(
    transaction: &mut sqlx::PgConnection,
    rows: Vec<E::Model>,
) -> Result<(), Error> {
    let names: Vec<String> = E::Column::iter()
        .map(|column| format!("\"{}\"", column.as_str()))
        .collect();
    let table = E::default().table_name().to_owned();
    let sql = format!("COPY \"{table}\" ({}) FROM STDIN", names.join(", "));
    let mut lines = Vec::with_capacity(rows.len() * names.len() * 20);
    for row in rows {
        for (place, column) in E::Column::iter().enumerate() {
            if place > 0 {
                lines.push(b'\t');
            }
            copy::value(&mut lines, row.get(column))?;
        }
        lines.push(b'\n');
    }
    let mut copying = transaction.copy_in_raw(&sql).await?;
    copying.send(lines).await?;
    copying.finish().await?;
    Ok(())
}

async fn insert<E>(transaction: &DatabaseTransaction, rows: Vec<E::Model>) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let most = MOST_VALUES / E::Column::iter().count();
    let mut rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all())
        .peekable();
    while rows.peek().is_some() {
        E::insert_many(rows.by_ref().take(most))
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
