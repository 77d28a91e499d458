//! `/ims/case/v1p1/…`: the framework of competencies as CASE 1.1, for everybody.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use dreamtree_partners::case::Framework;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    imsx::failed,
    oauth,
    tag::{is_known, tag},
};
use crate::Gateway;

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Every route of CASE.
pub(super) fn routes() -> Router<Gateway> {
    Router::new()
        .route("/ims/case/v1p1/CFDocuments", get(documents))
        .route("/ims/case/v1p1/CFDocuments/{id}", get(document))
        .route("/ims/case/v1p1/CFPackages/{id}", get(package))
        .route("/ims/case/v1p1/CFItems/{id}", get(item))
        .route("/ims/case/v1p1/CFAssociations/{id}", get(association))
        .route("/ims/case/v1p1/CFRubrics/{id}", get(rubric))
}

/// Which of the documents.
#[derive(Deserialize)]
struct Paging {
    limit: Option<usize>,
    offset: Option<usize>,
}

async fn documents(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    Query(paging): Query<Paging>,
) -> Response {
    let site = oauth::site(&gateway, &headers);
    let mut all = Framework::new(gateway.shelf.current(), site).documents();
    let total = all.documents.len();
    let wanted = all.documents.into_iter().skip(paging.offset.unwrap_or(0));
    all.documents = wanted.take(paging.limit.unwrap_or(100)).collect();
    let mut answer = found(Some(all), &headers);
    answer.headers_mut().insert(TOTAL, HeaderValue::from(total));
    answer
}

async fn document(gateway: State<Gateway>, id: Path<String>, headers: HeaderMap) -> Response {
    one(&gateway, &id, &headers, Framework::document)
}

async fn package(gateway: State<Gateway>, id: Path<String>, headers: HeaderMap) -> Response {
    one(&gateway, &id, &headers, Framework::package)
}

async fn item(gateway: State<Gateway>, id: Path<String>, headers: HeaderMap) -> Response {
    one(&gateway, &id, &headers, Framework::item)
}

async fn association(gateway: State<Gateway>, id: Path<String>, headers: HeaderMap) -> Response {
    one(&gateway, &id, &headers, Framework::association)
}

async fn rubric(gateway: State<Gateway>, id: Path<String>, headers: HeaderMap) -> Response {
    one(&gateway, &id, &headers, Framework::rubric)
}

fn one<T: Serialize>(
    gateway: &Gateway,
    id: &str,
    headers: &HeaderMap,
    find: impl FnOnce(&Framework, Uuid) -> Option<T>,
) -> Response {
    let Ok(id) = Uuid::try_parse(id) else {
        return failed(
            StatusCode::BAD_REQUEST,
            "invalid_uuid",
            "This is no identifier.",
        );
    };
    let site = oauth::site(gateway, headers);
    let framework = Framework::new(gateway.shelf.current(), site);
    found(find(&framework, id), headers)
}

fn found<T: Serialize>(resource: Option<T>, headers: &HeaderMap) -> Response {
    let Some(resource) = resource else {
        return failed(
            StatusCode::NOT_FOUND,
            "unknownobject",
            "There is no such resource.",
        );
    };
    let body = match serde_json::to_vec(&resource) {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "a resource could not be written as JSON");
            let text = "Something went wrong on our side.";
            return failed(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal_server_error",
                text,
            );
        }
    };
    let tag = tag(&body);
    // Another edition may be loaded at any time: ask each time, answer with 304 most times.
    let shared = [
        (header::ETAG, tag.as_str()),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (shared, kind, body).into_response()
}
