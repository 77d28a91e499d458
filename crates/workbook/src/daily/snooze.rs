//! Tools that rest until a day.

use dreamtree_content::{Library, ToolId};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use time::{Date, Duration};

use super::zone;
use crate::{
    Error,
    entity::user_snoozes::{ActiveModel, Column, Entity},
};

/// The longest rest, in days.
const LONGEST: i64 = 92;

/// A tool that rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snooze {
    /// The tool.
    pub tool: ToolId,
    /// The day on which it may be due again, where the person lives.
    pub until: Date,
    /// When the person said so.
    pub since: Instant,
}

/// The tools that rest today, the one that wakes first before the others; two statements.
pub(crate) async fn all(scope: &Scope) -> Result<Vec<Snooze>, Error> {
    let today = zone(scope).await?.local_date(scope.now());
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::UntilDay.gt(today))
        .order_by_asc(Column::UntilDay)
        .order_by_asc(Column::ToolId);
    let rows = scope.gather(rows).await?.into_iter();
    let resting = rows.map(|row| Snooze {
        tool: ToolId(row.tool_id),
        until: row.until_day,
        since: row.created_at,
    });
    Ok(resting.collect())
}

/// Lets a tool rest until a day, when it may be due again; `None` wakes it.
pub(crate) async fn snooze(
    scope: &Scope,
    library: &Library,
    tool: ToolId,
    until: Option<Date>,
) -> Result<(), Error> {
    let reminded = library.tool(tool).filter(|tool| tool.reminder.is_some());
    reminded.ok_or_else(|| Error::missing("input.tool"))?;
    let Some(until) = until else {
        Entity::delete_by_id((scope.user(), tool.0))
            .exec(scope.connection())
            .await?;
        return Ok(());
    };
    let today = zone(scope).await?.local_date(scope.now());
    let last = today.saturating_add(Duration::days(LONGEST));
    if !(today < until && until <= last) {
        let rule = format!("must be a day after today, at most {LONGEST} days from now");
        return Err(Error::invalid("input.until", rule));
    }
    let row = ActiveModel {
        user_id: Set(scope.user()),
        tool_id: Set(tool.0),
        until_day: Set(until),
        created_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::ToolId])
        .update_columns([Column::UntilDay, Column::CreatedAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}
