//! The outbox: letters that wait, sealed, until a postman takes them.

use dreamtree_crypto::{EmailAddress, ServerKeys, System, open_letter, reseal_letter, seal_letter};
use dreamtree_database::{Database, Scope};
use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use time::Duration;
use uuid::Uuid;

use crate::{
    Error, Letter,
    entity::outbox::{ActiveModel, Column, Entity, Model},
    error::Next,
    letter::Addressed,
};

/// How often a letter is tried: for about half a day.
pub const MOST_ATTEMPTS: i32 = 12;

const FIRST_PAUSE: Duration = Duration::minutes(1);
const LONGEST_PAUSE: Duration = Duration::hours(2);

/// Puts a letter into the outbox, in the transaction of what it tells of.
pub async fn put(
    scope: &Scope,
    keys: &ServerKeys,
    to: &EmailAddress,
    letter: Letter,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let kind = letter.kind();
    let letter = serde_json::to_string(&Addressed::new(to, letter)).map_err(Error::Json)?;
    let row = ActiveModel {
        id: Set(id),
        kind: Set(kind.to_owned()),
        letter: Set(Some(seal_letter(keys, id, &letter, &mut System)?)),
        attempts: Set(0),
        next_attempt_at: Set(scope.now()),
        created_at: Set(scope.now()),
        failed_at: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Takes the letter that has waited longest, if one is due. From then on it is nobody else's until the next attempt is
/// due, which is when a postman who has died with it in hand is given up.
pub(crate) async fn take(database: &Database) -> Result<Option<Model>, DbErr> {
    let now = database.clock().now();
    loop {
        let due = Entity::find()
            .filter(Column::FailedAt.is_null())
            .filter(Column::NextAttemptAt.lte(now))
            .order_by_asc(Column::NextAttemptAt)
            .one(database.shared())
            .await?;
        let Some(mut row) = due else { return Ok(None) };
        let next = now + pause(row.attempts);
        let taken = Entity::update_many()
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .col_expr(Column::NextAttemptAt, Expr::value(next))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Attempts.eq(row.attempts))
            .exec(database.counters())
            .await?;
        // Somebody else was faster with this one.
        if taken.rows_affected == 0 {
            continue;
        }
        row.attempts += 1;
        row.next_attempt_at = next;
        return Ok(Some(row));
    }
}

/// Opens a letter.
pub(crate) fn open(keys: &ServerKeys, row: &Model) -> Result<Addressed, Error> {
    let sealed = row.letter.as_deref().unwrap_or_default();
    let plain = open_letter(keys, row.id, sealed)?;
    serde_json::from_slice(&plain).map_err(Error::Json)
}

/// Seals every letter anew that is not under the generation of keys in use; how many. Beside postmen: one that has a
/// letter in hand has opened it already.
pub async fn reseal(database: &Database, keys: &ServerKeys) -> Result<u64, Error> {
    let mut count = 0;
    for (row, sealed) in waiting(database, keys).await? {
        let done = Entity::update_many()
            .col_expr(Column::Letter, Expr::value(sealed))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Letter.eq(row.letter))
            .exec(database.counters())
            .await?;
        count += done.rows_affected;
    }
    Ok(count)
}

/// How many letters are not under the generation of keys in use.
pub async fn sealed_before(database: &Database, keys: &ServerKeys) -> Result<u64, Error> {
    let waiting = waiting(database, keys).await?;
    Ok(u64::try_from(waiting.len()).unwrap_or(u64::MAX))
}

/// Letters that are not under the generation of keys in use, and what they are to be.
async fn waiting(database: &Database, keys: &ServerKeys) -> Result<Vec<(Model, String)>, Error> {
    let rows = Entity::find()
        .filter(Column::Letter.is_not_null())
        .all(database.shared())
        .await?;
    let mut waiting = Vec::new();
    for row in rows {
        let sealed = row.letter.as_deref().unwrap_or_default();
        if let Some(sealed) = reseal_letter(keys, row.id, sealed, &mut System)? {
            waiting.push((row, sealed));
        }
    }
    Ok(waiting)
}

/// Takes away what was sent.
pub(crate) async fn sent(database: &Database, row: &Model) -> Result<(), DbErr> {
    Entity::delete_by_id(row.id)
        .exec(database.counters())
        .await?;
    Ok(())
}

/// What comes after an attempt that has failed. What is given up is emptied, and stays to be counted.
pub(crate) async fn failed(database: &Database, row: &Model) -> Result<Next, DbErr> {
    if row.attempts < MOST_ATTEMPTS {
        return Ok(Next::Again(row.next_attempt_at));
    }
    Entity::update_many()
        .col_expr(Column::Letter, Expr::value(None::<String>))
        .col_expr(
            Column::FailedAt,
            Expr::value(Some(database.clock().now()) as Option<Instant>),
        )
        .filter(Column::Id.eq(row.id))
        .exec(database.counters())
        .await?;
    Ok(Next::Never)
}

/// How long to wait after so many earlier attempts: twice as long each time.
fn pause(attempts: i32) -> Duration {
    let doubled = 1_i32.checked_shl(attempts.clamp(0, 20).unsigned_abs());
    LONGEST_PAUSE.min(FIRST_PAUSE * doubled.unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_two_hours() {
        let minutes: Vec<_> = (0..9).map(|one| pause(one).whole_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 120, 120]);
        assert_eq!(pause(i32::MAX), LONGEST_PAUSE);
        let whole: i64 = (0..MOST_ATTEMPTS - 1)
            .map(|one| pause(one).whole_hours())
            .sum();
        assert!((6..24).contains(&whole), "{whole} hours");
    }
}
