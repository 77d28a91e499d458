//! What a reader can do: skills, and experiences with the skills that they took.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use sea_orm::sqlx::query_as;
use serde::Serialize;
use time::Date;
use uuid::Uuid;

use crate::{
    App,
    body::upper,
    frame::Frame,
    json,
    refused::Refused,
    skills::{mine, named},
    value::Skill,
};

/// An experience comes once for each of its skills.
const EXPERIENCES: &str = "SELECT e.id, e.experience_type, e.title, e.organization, e.start_date, e.end_date, \
    k.id IS NOT NULL AS has_skill, k.skill_id, c.name, c.category FROM user_experiences e \
    LEFT JOIN user_experience_skills k ON k.user_id = e.user_id AND k.experience_id = e.id \
    LEFT JOIN user_custom_skills c ON c.user_id = k.user_id AND c.id = k.custom_skill_id \
    WHERE e.user_id = $1 ORDER BY e.start_date DESC NULLS LAST, e.id, k.id";

/// Id, kind, title, organization, first and last day; then whether there is a skill, and which.
type Row = (
    Uuid,
    Option<String>,
    String,
    Option<String>,
    Option<Date>,
    Option<Date>,
    bool,
    Option<Uuid>,
    Option<String>,
    Option<String>,
);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    my_skills: MySkills,
    experiences: Vec<Experience>,
}

#[derive(Serialize)]
struct MySkills {
    skills: Vec<Skill>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Experience {
    id: String,
    r#type: Option<String>,
    title: String,
    organization: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
    skills: Vec<Taken>,
}

#[derive(Serialize)]
struct Taken {
    name: String,
    category: Option<&'static str>,
}

/// Skills and experiences.
pub(crate) async fn profile(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let mut frame = Frame::read(&app, &headers).await?;
    let skills = mine(&app, &mut frame).await?;
    let statement = query_as(EXPERIENCES).bind(frame.user());
    let rows: Vec<Row> = statement.fetch_all(frame.statement()).await?;
    frame.commit().await?;
    Ok(json(serde_json::to_vec(&Data {
        my_skills: MySkills { skills },
        experiences: grouped(&app, rows)?,
    })?))
}

/// The rows of one experience follow each other.
fn grouped(app: &App, rows: Vec<Row>) -> Result<Vec<Experience>, Refused> {
    let mut experiences: Vec<(Uuid, Experience)> = Vec::new();
    for (id, kind, title, organization, start, end, has_skill, listed, own, kept) in rows {
        if experiences.last().is_none_or(|(last, _)| *last != id) {
            let experience = Experience {
                id: format!("experience:{id}"),
                r#type: kind.as_deref().map(upper),
                title,
                organization,
                start_date: start.map(|day| day.to_string()),
                end_date: end.map(|day| day.to_string()),
                skills: Vec::with_capacity(4),
            };
            experiences.push((id, experience));
        }
        if let Some((_, experience)) = experiences.last_mut().filter(|_| has_skill) {
            let (name, category) = named(&app.content.library, listed, own, kept.as_deref())?;
            experience.skills.push(Taken { name, category });
        }
    }
    Ok(experiences.into_iter().map(|(_, one)| one).collect())
}
