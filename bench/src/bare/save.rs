//! Saving a written answer.

use std::{collections::HashSet, sync::Arc};

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use dreamtree_content::{Body, Input, Library, Module, Placement, PlacementId, Prompt};
use sea_orm::sqlx::{query, query_as, query_scalar};
use serde::Deserialize;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::{
    App,
    body::upper,
    frame::Frame,
    json,
    position::{open_count, state},
    refused::Refused,
};

/// What is answered, and whether the workbook is known to be complete: a row without a placement.
const ANSWERED: &str = "SELECT stem_id, NULL::boolean FROM user_responses WHERE user_id = $1 \
    UNION ALL SELECT stem_id, NULL FROM user_tool_instances \
    WHERE user_id = $1 AND stem_id IS NOT NULL \
    UNION ALL SELECT NULL, workbook_complete FROM users WHERE id = $1";

const SAVE: &str = "INSERT INTO user_responses (user_id, id, prompt_id, stem_id, exercise_id, \
    activity_id, response_text, is_sealed, key_generation, revision, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE, NULL, 1, $8, $8) \
    ON CONFLICT (user_id, stem_id) DO UPDATE SET prompt_id = excluded.prompt_id, \
    exercise_id = excluded.exercise_id, activity_id = excluded.activity_id, \
    response_text = excluded.response_text, is_sealed = FALSE, key_generation = NULL, \
    updated_at = excluded.updated_at, revision = user_responses.revision + 1 RETURNING revision";

const TOUCH: &str = "INSERT INTO user_modules \
    (user_id, module_id, first_completed_at, last_modified_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (user_id, module_id) DO UPDATE SET last_modified_at = excluded.last_modified_at, \
    first_completed_at = COALESCE(user_modules.first_completed_at, excluded.first_completed_at) \
    RETURNING first_completed_at";

const COMPLETE: &str = "UPDATE users SET workbook_complete = $2, updated_at = $3 WHERE id = $1";

/// An answer to a text or a textarea that is not private.
#[derive(Deserialize)]
pub(crate) struct Asked {
    placement: i32,
    text: String,
}

type Answered = HashSet<PlacementId>;

/// Saves an answer and tells what changed around it.
pub(crate) async fn answer(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(asked): Json<Asked>,
) -> Result<Response, Refused> {
    let library = &app.content.library;
    let index = library
        .index_of(PlacementId(asked.placement))
        .ok_or(Refused::Wrong("placement"))?;
    let placement = &library.placements()[index];
    let prompt = checked(placement, &asked.text)?;
    let module = library
        .module_of(placement)
        .ok_or(Refused::Wrong("placement"))?;

    let mut frame = Frame::write(&app, &headers).await?;
    let (user, now) = (frame.user(), frame.now());
    let statement = query_as(ANSWERED).bind(user);
    let rows: Vec<(Option<i32>, Option<bool>)> = statement.fetch_all(frame.statement()).await?;
    let known_complete = rows.iter().find_map(|(_, complete)| *complete);
    let mut answered: Answered = rows
        .into_iter()
        .filter_map(|row| row.0)
        .map(PlacementId)
        .collect();
    let before = open_count(library, |id| answered.contains(&id));
    if index >= before {
        return Err(Refused::Wrong("locked"));
    }
    let statement = query_scalar(SAVE)
        .bind(user)
        .bind(Uuid::now_v7())
        .bind(prompt.id.0)
        .bind(placement.id.0)
        .bind(placement.location.exercise_id())
        .bind(placement.location.activity.to_string())
        .bind(&asked.text)
        .bind(now);
    let revision: i32 = statement.fetch_one(frame.statement()).await?;
    answered.insert(placement.id);
    let (required, done) = count(library, module, &answered);
    let completed = (required == done).then_some(now);
    let statement = query_as(TOUCH)
        .bind(user)
        .bind(&module.id)
        .bind(completed)
        .bind(now);
    let touched: (Option<OffsetDateTime>,) = statement.fetch_one(frame.statement()).await?;
    let open = open_count(library, |id| answered.contains(&id));
    let position = position(library, &answered, open);
    if known_complete != Some(position.is_none()) {
        let statement = query(COMPLETE)
            .bind(user)
            .bind(position.is_none())
            .bind(now);
        statement.execute(frame.statement()).await?;
    }
    frame.commit().await?;

    let at = now.format(&Rfc3339)?;
    let next = (index + 1 < open).then(|| block(library, &answered, open, index + 1));
    let data = json!({ "answer": {
        "block": {
            "id": format!("placement:{}", placement.id.0),
            "state": "ANSWERED",
            "answer": {
                "state": "UNLOCKED",
                "revision": revision,
                "updatedAt": at,
                "value": { "__typename": "TextAnswer", "text": asked.text },
            },
        },
        "nextBlock": next,
        "position": position,
        "module": {
            "module": module.id,
            "title": module.title,
            "required": required,
            "answered": done,
            "complete": required == done,
            "firstCompletedAt": touched.0.map(|first| first.format(&Rfc3339)).transpose()?,
            "lastModifiedAt": at,
        },
        "unlockedTools": unlocked(library, before, open),
    } });
    Ok(json(serde_json::to_vec(&data)?))
}

fn checked<'a>(placement: &'a Placement, text: &str) -> Result<&'a Prompt, Refused> {
    let Body::Prompt(prompt) = &placement.body else {
        return Err(Refused::Wrong("placement"));
    };
    let (Input::Text(rules) | Input::Textarea(rules)) = &prompt.input else {
        return Err(Refused::Wrong("only texts are written by hand"));
    };
    if prompt.private {
        return Err(Refused::Wrong(
            "only what is not private is written by hand",
        ));
    }
    let (min, max) = (rules.min_length.max(1) as usize, rules.max_length as usize);
    let (trimmed, length) = (text.trim().chars().count(), text.chars().count());
    if text.contains('\0') || trimmed < min || length > max {
        return Err(Refused::Wrong("text"));
    }
    Ok(prompt)
}

fn count(library: &Library, module: &Module, answered: &Answered) -> (usize, usize) {
    let required = || {
        library.placements()[module.span.clone()]
            .iter()
            .filter(|one| one.required)
    };
    (
        required().count(),
        required().filter(|one| answered.contains(&one.id)).count(),
    )
}

fn block(library: &Library, answered: &Answered, open: usize, index: usize) -> Value {
    let id = library.placements()[index].id;
    let state = state(library, |id| answered.contains(&id), open, index);
    json!({ "id": format!("placement:{}", id.0), "state": state })
}

fn position(library: &Library, answered: &Answered, open: usize) -> Option<Value> {
    let waits = |one: &&Placement| one.required && !answered.contains(&one.id);
    let placement = library.placements().get(open - 1).filter(waits)?;
    Some(json!({
        "placement": format!("placement:{}", placement.id.0),
        "sequence": placement.sequence,
    }))
}

/// The tools that open between two counts of open placements.
fn unlocked(library: &Library, before: usize, after: usize) -> Vec<Value> {
    let opens = |index: &usize| (before..after).contains(index);
    let tools = library.tools().iter();
    tools
        .filter(|tool| {
            library
                .first_placement_of(tool.id)
                .as_ref()
                .is_some_and(opens)
        })
        .map(|tool| json!({ "kind": upper(tool.kind.as_str()) }))
        .collect()
}
