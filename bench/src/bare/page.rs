//! A page of the workbook.

use std::sync::Arc;

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use dreamtree_content::{Connection, Placement, PlacementId};
use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;

use crate::{
    App,
    content::cursor,
    frame::Frame,
    json,
    kept::{self, Answered, Kept, skills_at},
    position::{open_count, state},
    refused::Refused,
    tools,
    value::{Offered, Value},
};

/// Which blocks are wanted.
#[derive(Deserialize)]
pub(crate) struct Asked {
    after: Option<i32>,
    first: usize,
}

/// Bytes of a page; saves growing.
const ROOM: usize = 48 * 1024;

/// The open blocks behind a sequence, with the reader's answers and what earlier ones offer.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(asked): Json<Asked>,
) -> Result<Response, Refused> {
    let library = &app.content.library;
    let placements = library.placements();
    let mut frame = Frame::read(&app, &headers).await?;
    let behind = |after| placements.partition_point(|one| one.sequence <= after);
    let start = asked.after.map_or(0, behind);
    let end = placements.len().min(start + asked.first.min(100));
    let wanted = wanted(placements.get(start..end).ok_or(Refused::Wrong("after"))?);
    let mut answered = kept::answered(&mut frame, &wanted).await?;
    let open = open_count(library, |id| answered.contains_key(&id));
    kept::fill(&app, &mut frame, &mut answered, &wanted).await?;
    frame.commit().await?;

    let end = end.min(open);
    let mut out = Vec::with_capacity(ROOM);
    out.extend_from_slice(b"{\"blocks\":{\"edges\":[");
    for index in start..end {
        if index > start {
            out.push(b',');
        }
        write(&app, &answered, open, index, &mut out)?;
    }
    out.extend_from_slice(b"],\"pageInfo\":");
    let last = placements[start..end].last();
    let info = PageInfo {
        has_next_page: end < open,
        end_cursor: last.map(cursor),
    };
    serde_json::to_writer(&mut out, &info)?;
    out.extend_from_slice(b"}}");
    Ok(json(out))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

/// The placements of the page that take an answer, and those that they build on.
fn wanted(page: &[Placement]) -> Vec<i32> {
    let own = page
        .iter()
        .filter(|one| one.takes_input())
        .map(|one| one.id.0);
    let sources = page
        .iter()
        .filter_map(|one| one.connection.as_ref()?.source)
        .map(|source| source.0);
    let mut ids: Vec<i32> = own.chain(sources).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// An answer as it leaves.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer<'a> {
    state: &'static str,
    revision: i32,
    updated_at: Option<String>,
    value: Option<&'a Value>,
}

impl<'a> Answer<'a> {
    /// The answer that is kept, or an empty one.
    pub(crate) fn of(kept: Option<&'a Kept>) -> Result<Self, Refused> {
        let Some(kept) = kept else {
            return Ok(Self {
                state: "EMPTY",
                revision: 0,
                updated_at: None,
                value: None,
            });
        };
        Ok(Self {
            state: if kept.value.is_some() {
                "UNLOCKED"
            } else {
                "LOCKED"
            },
            revision: kept.revision,
            updated_at: Some(kept.updated_at.format(&Rfc3339)?),
            value: kept.value.as_ref(),
        })
    }
}

fn write(
    app: &App,
    answered: &Answered,
    open: usize,
    index: usize,
    out: &mut Vec<u8>,
) -> Result<(), Refused> {
    let library = &app.content.library;
    let placement = &library.placements()[index];
    let is_answered = |id: PlacementId| answered.contains_key(&id);
    out.extend_from_slice(app.content.head(index).as_bytes());
    out.extend_from_slice(b",\"state\":\"");
    out.extend_from_slice(state(library, is_answered, open, index).as_bytes());
    out.extend_from_slice(b"\",\"answer\":");
    if placement.takes_input() {
        serde_json::to_writer(&mut *out, &Answer::of(answered.get(&placement.id))?)?;
    } else {
        out.extend_from_slice(b"null");
    }
    out.extend_from_slice(b",\"prefill\":");
    if let Some(connection) = &placement.connection {
        let (value, gap) = offer(answered, connection);
        out.extend_from_slice(app.content.prefill(index).as_bytes());
        out.extend_from_slice(b",\"gap\":");
        serde_json::to_writer(&mut *out, &gap)?;
        out.extend_from_slice(b",\"value\":");
        serde_json::to_writer(&mut *out, &value)?;
        out.push(b'}');
    } else {
        out.extend_from_slice(b"null");
    }
    out.extend_from_slice(b"}}");
    Ok(())
}

/// What an earlier answer brings, or why it brings nothing.
fn offer<'a>(
    answered: &'a Answered,
    connection: &Connection,
) -> (Option<Offered<'a>>, Option<&'static str>) {
    let source = connection.source;
    let Some((source, kept)) = source.and_then(|id| Some((id, answered.get(&id)?))) else {
        return (None, Some("NOT_ANSWERED"));
    };
    let Some(value) = &kept.value else {
        return (None, Some("LOCKED"));
    };
    let Some(skills) = skills_at(answered, source) else {
        return (Some(Offered::Whole(value)), None);
    };
    let skills: Vec<_> = tools::best(skills, &connection.filter)
        .into_iter()
        .cloned()
        .collect();
    let gap = skills.is_empty().then_some("NOTHING_FITS");
    (Some(Offered::Best(Value::Skills { skills })), gap)
}
