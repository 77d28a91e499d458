//! `/resume.json`: the caller's résumé as a file.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use dreamtree_api::{Answer, Caller};
use dreamtree_portability::resume;
use dreamtree_types::Actor;

use super::origin;
use crate::{Gateway, session};

/// The résumé of whoever the session belongs to; 401 without one, 403 for pages of other sites.
pub(crate) async fn resume(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    if origin::check(&headers, &gateway.settings).is_err() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let work = tokio::time::timeout(gateway.settings.limits.timeout, read(&gateway, &headers));
    match work.await {
        Ok(Ok(Some(text))) => {
            let shared = [
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"resume.json\"",
                ),
            ];
            (shared, text).into_response()
        }
        Ok(Ok(None)) => StatusCode::UNAUTHORIZED.into_response(),
        // The cause is in the log.
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn read(gateway: &Gateway, headers: &HeaderMap) -> Answer<Option<String>> {
    let token = session::token(headers, gateway.cookie).map(str::to_owned);
    let caller = Caller::new(gateway.database.clone(), Arc::clone(&gateway.door), token);
    let Actor::User { .. } = caller.actor().await? else {
        return Ok(None);
    };
    let scope = caller.read().await?;
    let library = gateway.shelf.current();
    let resume = resume::get(&scope, &library).await?;
    Ok(Some(format!("{:#}\n", resume.json)))
}
