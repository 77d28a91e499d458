//! The master list of skills by name, typing mistakes allowed.

use std::sync::{Arc, atomic::Ordering};

use axum::{Json, extract::State, response::Response};
use sea_orm::sqlx::query_as;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{App, body::upper, json, refused::Refused};

/// By the index of three letters in a row that `scripts/bench` makes: names that contain what was typed, those
/// that begin with it first; then those with a word that is like it.
const SEARCH: &str = "SELECT id, name, category FROM skills \
    WHERE is_active AND (lower(name) LIKE '%' || $1 || '%' OR $1 <% lower(name)) \
    ORDER BY lower(name) LIKE $1 || '%' DESC, lower(name) LIKE '%' || $1 || '%' DESC, \
    CASE WHEN lower(name) LIKE '%' || $1 || '%' THEN 0 ELSE $1 <<-> lower(name) END, \
    lower(name) COLLATE \"C\" LIMIT $2";

/// What was typed, and how many are wanted.
#[derive(Deserialize)]
pub(crate) struct Asked {
    search: String,
    first: i64,
}

#[derive(Serialize)]
struct Data {
    skills: Page,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    page_info: PageInfo,
    nodes: Vec<Skill>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
}

#[derive(Serialize)]
struct Skill {
    id: String,
    name: String,
    category: Option<String>,
}

/// Skills by name, for anybody.
pub(crate) async fn search(
    State(app): State<Arc<App>>,
    Json(asked): Json<Asked>,
) -> Result<Response, Refused> {
    let typed = asked.search.trim().to_lowercase();
    if typed.contains(['%', '_', '\\']) || !(1..=100).contains(&asked.first) {
        return Err(Refused::Wrong("search"));
    }
    app.statements.fetch_add(1, Ordering::Relaxed);
    let statement = query_as(SEARCH).bind(typed).bind(asked.first + 1);
    let mut rows: Vec<(Uuid, String, Option<String>)> = statement.fetch_all(&app.pool).await?;
    let most = usize::try_from(asked.first)?;
    let has_next_page = rows.len() > most;
    rows.truncate(most);
    let skill = |(id, name, category): (Uuid, String, Option<String>)| Skill {
        id: format!("skill:{id}"),
        name,
        category: category.as_deref().map(upper),
    };
    let nodes = rows.into_iter().map(skill).collect();
    let page_info = PageInfo { has_next_page };
    Ok(json(serde_json::to_vec(&Data {
        skills: Page { page_info, nodes },
    })?))
}
