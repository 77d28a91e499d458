//! Everybody who may have something that hangs on the server's keys.

use dreamtree_database::Database;
use dreamtree_types::UserId;
use sea_orm::{ConnectionTrait, DbErr, Statement};
use uuid::Uuid;

/// Whoever has an account has an entry in one of these; the last has also those whose address was claimed by somebody
/// else since.
const NEXT: &str = "SELECT p.user_id FROM (SELECT user_id FROM login_directory \
    UNION SELECT user_id FROM pending_addresses UNION SELECT user_id FROM audit_heads) p \
    WHERE p.user_id > $1 ORDER BY p.user_id LIMIT 1000";

/// The next thousand people behind this one, by id; none when there are no more.
pub(super) async fn next(database: &Database, after: Option<UserId>) -> Result<Vec<UserId>, DbErr> {
    let after = after.unwrap_or_else(|| UserId::from(Uuid::nil()));
    let statement = Statement::from_sql_and_values(database.backend(), NEXT, [after.into()]);
    let rows = database.shared().query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
