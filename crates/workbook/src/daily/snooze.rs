//! Tools that rest until a day.

use dreamtree_content::{Library, ToolId};
use dreamtree_database::Scope;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use time::{Date, Duration};

use super::zone;
use crate::{
    Error,
    entity::user_snoozes::{ActiveModel, Column, Entity},
};

/// The longest rest, in days.
const LONGEST: i64 = 92;

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
