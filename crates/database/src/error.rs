//! What a database error means to the person who asked.

use dreamtree_types::{Code, Fault};
use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

/// What the caller may be told of a database error: that the database is away or cannot write.
/// Everything else is a fault of ours (`None`).
#[must_use]
pub fn fault_of(error: &DbErr) -> Option<Fault> {
    is_unavailable(error).then(|| {
        Fault::new(Code::Unavailable, "The database cannot be reached or cannot write. Nothing was saved; try again in a moment.")
    })
}

/// True when a UNIQUE constraint refused the row.
#[must_use]
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

fn is_unavailable(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
            is_gone(cause)
        }
        _ => false,
    }
}

fn is_gone(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(cause) => cause.code().is_some_and(|code| is_outage(&code)),
        _ => false,
    }
}

/// `PostgreSQL`: connection lost (08), no resources or disk full (53), shut down (57P), read-only standby (25006).
/// `SQLite`: busy 5, locked 6, read-only 8, I/O error 10, full 13, cannot open 14; extended codes carry these in the low byte.
fn is_outage(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 8 | 10 | 13 | 14),
        _ => {
            code.starts_with("08")
                || code.starts_with("53")
                || code.starts_with("57P")
                || code == "25006"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outages_are_told_from_mistakes() {
        for code in ["08006", "53100", "57P01", "25006", "13", "2570", "14"] {
            assert!(is_outage(code), "{code}");
        }
        for code in ["23505", "42P01", "1", "19", "2067"] {
            assert!(!is_outage(code), "{code}");
        }
    }
}
