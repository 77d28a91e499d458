//! Messages on their way: taken by whoever carries them, row by row, and what becomes of them. A server that dies with one
//! in hand loses nothing: after a while it is somebody else's.

use dreamtree_database::Database;
use dreamtree_types::{Instant, PartnerId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    Statement, Value, sea_query::Expr,
};
use time::Duration;

use super::{Delivery, delivery::waiting};
use crate::entity::webhook_deliveries::{Column, Entity};

/// Partners with something due, those that do not fail first.
const DUE: &str = "SELECT d.partner_id FROM webhook_deliveries d \
    JOIN partner_webhooks w ON w.partner_id = d.partner_id AND w.state = 'on' \
    JOIN partners p ON p.id = d.partner_id AND p.closed_at IS NULL \
    WHERE d.delivered_at IS NULL AND d.failed_at IS NULL AND d.next_attempt_at <= $1 \
    GROUP BY d.partner_id, w.failing_since \
    ORDER BY CASE WHEN w.failing_since IS NULL THEN 0 ELSE 1 END, min(d.next_attempt_at) LIMIT $2";

/// At most so many partners with something due.
pub(super) async fn due(database: &Database, most: i32) -> Result<Vec<PartnerId>, DbErr> {
    let values: [Value; 2] = [database.clock().now().into(), most.into()];
    let asked = Statement::from_sql_and_values(database.backend(), DUE, values);
    let rows = database.shared().query_all_raw(asked).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Takes the partner's message that has waited longest, if one is due. For so long it is nobody else's.
pub(super) async fn take(
    database: &Database,
    partner: PartnerId,
    lease: Duration,
) -> Result<Option<Delivery>, DbErr> {
    let now = database.clock().now();
    loop {
        let due = Entity::find()
            .filter(Column::PartnerId.eq(partner))
            .filter(waiting())
            .filter(Column::NextAttemptAt.lte(now))
            .order_by_asc(Column::NextAttemptAt)
            .order_by_asc(Column::Id)
            .one(database.shared())
            .await?;
        let Some(mut row) = due else { return Ok(None) };
        let taken = Entity::update_many()
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .col_expr(Column::NextAttemptAt, Expr::value(now + lease))
            .filter(Column::PartnerId.eq(partner))
            .filter(Column::Id.eq(row.id))
            .filter(waiting())
            .filter(Column::Attempts.eq(row.attempts))
            .exec(database.counters())
            .await?;
        // Somebody else was faster with this one.
        if taken.rows_affected == 0 {
            continue;
        }
        row.attempts += 1;
        return Ok(Some(row));
    }
}

/// It has arrived: what it said is taken away, that it was there is remembered for a while.
pub(super) async fn delivered(
    database: &Database,
    row: &Delivery,
    status: u16,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Body, Expr::value(None::<String>))
        .col_expr(Column::DeliveredAt, Expr::value(database.clock().now()))
        .col_expr(Column::FailedAt, Expr::value(None::<Instant>))
        .col_expr(Column::LastStatus, Expr::value(i32::from(status)))
        .col_expr(Column::LastFault, Expr::value(None::<String>))
        .filter(Column::PartnerId.eq(row.partner_id))
        .filter(Column::Id.eq(row.id))
        .exec(database.counters())
        .await?;
    Ok(())
}

/// Why an attempt has failed, as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    pub(super) status: Option<u16>,
    pub(super) fault: &'static str,
}

/// It has not arrived: it is tried again then, or never. Nothing changes where somebody else has taken it meanwhile.
pub(super) async fn failed(
    database: &Database,
    row: &Delivery,
    why: Failure,
    again: Option<Instant>,
) -> Result<(), DbErr> {
    let now = database.clock().now();
    let given_up: Option<Instant> = again.is_none().then_some(now);
    Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(again.unwrap_or(now)))
        .col_expr(Column::FailedAt, Expr::value(given_up))
        .col_expr(Column::LastStatus, Expr::value(why.status.map(i32::from)))
        .col_expr(Column::LastFault, Expr::value(why.fault))
        .filter(Column::PartnerId.eq(row.partner_id))
        .filter(Column::Id.eq(row.id))
        .filter(waiting())
        .filter(Column::Attempts.eq(row.attempts))
        .exec(database.counters())
        .await?;
    Ok(())
}
