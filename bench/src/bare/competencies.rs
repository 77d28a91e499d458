//! The result of the self-assessment.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use dreamtree_assessments::{Average, CategoryResult, CompetencyResult, Score};
use dreamtree_content::CompetencyId;
use sea_orm::sqlx::query_as;
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::{
    App,
    body::upper,
    content::{Competency, Content},
    frame::Frame,
    json,
    refused::Refused,
};

const SCORES: &str =
    "SELECT competency_id, score, assessed_at FROM user_competency_scores WHERE user_id = $1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    competency_result: Option<Result<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result<'a> {
    overall: Overall,
    categories: Vec<Category>,
    strengths: Vec<Scored<'a>>,
    improvements: Vec<Scored<'a>>,
    balanced: Vec<Scored<'a>>,
    assessed_at: String,
    reassessment_due: bool,
    reassessment_due_at: String,
}

#[derive(Serialize)]
struct Overall {
    average: f64,
    scored: i32,
    total: usize,
    complete: bool,
}

#[derive(Serialize)]
struct Category {
    #[serde(rename = "category")]
    name: String,
    average: Option<f64>,
    scored: i32,
    total: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scored<'a> {
    competency: Option<&'a Competency>,
    score: i32,
    assessed_at: String,
}

/// The result, worked out by the same function as in the measured server.
pub(crate) async fn competencies(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> std::result::Result<Response, Refused> {
    let mut frame = Frame::read(&app, &headers).await?;
    let statement = query_as(SCORES).bind(frame.user());
    let rows: Vec<(Uuid, i32, OffsetDateTime)> = statement.fetch_all(frame.statement()).await?;
    let now = frame.now();
    frame.commit().await?;
    let score = |(id, score, assessed_at)| Score {
        competency: CompetencyId::from(id),
        score,
        assessed_at,
    };
    let scores: Vec<Score> = rows.into_iter().map(score).collect();
    let result = CompetencyResult::of(app.content.library.competencies(), &scores, now);
    let result = result
        .map(|result| written(&app.content, &result))
        .transpose()?;
    Ok(json(serde_json::to_vec(&Data {
        competency_result: result,
    })?))
}

fn written<'a>(
    content: &'a Content,
    result: &CompetencyResult,
) -> std::result::Result<Result<'a>, Refused> {
    let list = |scores: &[Score]| {
        let scored = |score: &Score| -> std::result::Result<Scored<'a>, Refused> {
            Ok(Scored {
                competency: content.competency(score.competency),
                score: score.score,
                assessed_at: score.assessed_at.format(&Rfc3339)?,
            })
        };
        scores
            .iter()
            .map(scored)
            .collect::<std::result::Result<Vec<_>, _>>()
    };
    let category = |one: &CategoryResult| Category {
        name: upper(one.category.as_str()),
        average: one.average.map(Average::rounded),
        scored: one.average.map_or(0, Average::count),
        total: one.total,
    };
    Ok(Result {
        overall: Overall {
            average: result.overall.rounded(),
            scored: result.overall.count(),
            total: result.total,
            complete: result.complete(),
        },
        categories: result.categories.iter().map(category).collect(),
        strengths: list(&result.strengths)?,
        improvements: list(&result.improvements)?,
        balanced: list(&result.balanced)?,
        assessed_at: result.assessed_at.format(&Rfc3339)?,
        reassessment_due: result.reassessment_due,
        reassessment_due_at: result.reassessment_due_at.format(&Rfc3339)?,
    })
}
