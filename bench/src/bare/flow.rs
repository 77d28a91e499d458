//! A page of the flow log.

use std::sync::Arc;

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use sea_orm::sqlx::query_as;
use serde::{Deserialize, Serialize};
use time::{Date, format_description::well_known::Iso8601};
use uuid::Uuid;

use crate::{App, frame::Frame, json, refused::Refused};

/// By the index on person, day and id, from the cursor on.
const PAGE: &str = "SELECT id, logged_date, activity, energy, focus, notes, instance_id, revision \
    FROM user_flow_logs WHERE user_id = $1 AND (logged_date, id) < ($2, $3) \
    ORDER BY logged_date DESC, id DESC LIMIT $4";

/// Which entries are wanted: so many behind a cursor.
#[derive(Deserialize)]
pub(crate) struct Asked {
    after: String,
    first: i64,
}

/// Id, day, activity, energy, focus, notes, use of the tool, revision.
type Row = (
    Uuid,
    Date,
    String,
    i32,
    i32,
    Option<String>,
    Option<Uuid>,
    i32,
);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    flow_logs: Page,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    page_info: PageInfo,
    nodes: Vec<Entry>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: String,
    date: String,
    activity: String,
    energy: i32,
    focus: i32,
    high_flow: bool,
    notes: Option<String>,
    instance: Option<String>,
    revision: i32,
}

/// The entries behind the cursor, the newest day first.
pub(crate) async fn flow(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(asked): Json<Asked>,
) -> Result<Response, Refused> {
    let (day, id) = place(&asked.after).ok_or(Refused::Wrong("after"))?;
    if !(1..=100).contains(&asked.first) {
        return Err(Refused::Wrong("first"));
    }
    let mut frame = Frame::read(&app, &headers).await?;
    let statement = query_as(PAGE).bind(frame.user()).bind(day).bind(id);
    let statement = statement.bind(asked.first + 1);
    let mut rows: Vec<Row> = statement.fetch_all(frame.statement()).await?;
    frame.commit().await?;
    let most = usize::try_from(asked.first)?;
    let has_next_page = rows.len() > most;
    rows.truncate(most);
    let last = rows.last();
    let page_info = PageInfo {
        has_next_page,
        end_cursor: last.map(|row| format!("flow_log:{}:{}", row.1, row.0)),
    };
    let nodes = rows.into_iter().map(entry).collect();
    Ok(json(serde_json::to_vec(&Data {
        flow_logs: Page { page_info, nodes },
    })?))
}

/// The day and the entry of a cursor.
fn place(cursor: &str) -> Option<(Date, Uuid)> {
    let (day, id) = cursor.strip_prefix("flow_log:")?.rsplit_once(':')?;
    Some((
        Date::parse(day, &Iso8601::DATE).ok()?,
        Uuid::try_parse(id).ok()?,
    ))
}

fn entry((id, day, activity, energy, focus, notes, instance, revision): Row) -> Entry {
    Entry {
        id: format!("flow_log:{id}"),
        date: day.to_string(),
        activity,
        energy,
        focus,
        high_flow: energy >= 1 && focus >= 4,
        notes,
        instance: instance.map(|id| format!("instance:{id}")),
        revision,
    }
}
