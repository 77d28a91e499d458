//! What a reader can do: skills, and experiences with the skills that they took.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use sea_orm::sqlx::{FromRow, query_as};
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

#[derive(FromRow)]
struct Row {
    id: Uuid,
    experience_type: Option<String>,
    title: String,
    organization: Option<String>,
    start_date: Option<Date>,
    end_date: Option<Date>,
    has_skill: bool,
    skill_id: Option<Uuid>,
    name: Option<String>,
    category: Option<String>,
}

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
    for row in rows {
        if experiences.last().is_none_or(|(id, _)| *id != row.id) {
            let experience = Experience {
                id: format!("experience:{}", row.id),
                r#type: row.experience_type.as_deref().map(upper),
                title: row.title,
                organization: row.organization,
                start_date: row.start_date.map(|day| day.to_string()),
                end_date: row.end_date.map(|day| day.to_string()),
                skills: Vec::with_capacity(4),
            };
            experiences.push((row.id, experience));
        }
        if let Some((_, experience)) = experiences.last_mut().filter(|_| row.has_skill) {
            let category = row.category.as_deref();
            let (name, category) = named(&app.content.library, row.skill_id, row.name, category)?;
            experience.skills.push(Taken { name, category });
        }
    }
    Ok(experiences.into_iter().map(|(_, one)| one).collect())
}
