//! `/export`: everything that is kept of the caller, as a file.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, Method, Request, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use dreamtree_api::{Answer, Caller, Refusal};
use dreamtree_identity::{
    fresh,
    limit::{self, Account, Act},
};
use dreamtree_portability::export as document;
use dreamtree_types::{Code, Fault};
use tokio::sync::Semaphore;

use super::{accept::Media, answer, origin};
use crate::{Gateway, peer, refused::Refused, session};

/// So many documents are made at the same time; each is held in memory as a whole until it is sent.
const AT_ONCE: usize = 2;

/// Room for the documents of one server.
#[derive(Clone)]
pub(crate) struct Exports(Arc<Semaphore>);

impl Default for Exports {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// The document of whoever the session belongs to, who has shown of late that it is them and whose vault is open. POST
/// only, and for our own pages only: it is noted in the diary, and no link may lead to it.
pub(crate) async fn export(
    State(gateway): State<Gateway>,
    request: Request<Body>,
) -> Response<Body> {
    let (head, _) = request.into_parts();
    if head.method != Method::POST {
        let refused = Refused::method("POST", "Ask for the export with POST.");
        return answer::refusal(&refused, Media::Json);
    }
    if let Err(refused) = origin::check(&head.headers, &gateway.settings) {
        return answer::refusal(&refused, Media::Json);
    }
    let work = tokio::time::timeout(gateway.settings.limits.timeout, read(&gateway, &head));
    match work.await {
        Ok(Ok(text)) => file(text),
        Ok(Err(refusal)) => told(refusal.fault()),
        Err(_) => told(&Fault::new(
            Code::Timeout,
            "The export took too long and was given up.",
        )),
    }
}

async fn read(gateway: &Gateway, head: &Parts) -> Answer<String> {
    let token = session::token(&head.headers, gateway.cookie).map(str::to_owned);
    let caller = Caller::new(gateway.database.clone(), Arc::clone(&gateway.door), token);
    fresh::check(&caller).await?;
    let account = Account::Person(caller.user().await?);
    let client = peer::client(gateway, head);
    limit::check(
        &gateway.database,
        &gateway.identity,
        Act::Export,
        account,
        &client,
    )
    .await?;
    let room = gateway.exports.0.try_acquire();
    let _room = room.map_err(|_| {
        Refusal::new(Fault::new(
            Code::Busy,
            "Too many exports are being made. Try again in a moment.",
        ))
    })?;
    document::note(fresh::write(&caller).await?).await?;
    let scope = caller.read().await?;
    Ok(document::write(&scope, &gateway.identity).await?)
}

fn file(text: String) -> Response {
    let about = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_TYPE, "application/json"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"dreamtree-export.json\"",
        ),
    ];
    (about, text).into_response()
}

/// A refusal as GraphQL tells it, with a status that says the same.
fn told(fault: &Fault) -> Response<Body> {
    let status = match fault.code {
        Code::Unauthenticated | Code::SessionExpired => StatusCode::UNAUTHORIZED,
        Code::FreshAuthenticationRequired | Code::VaultLocked => StatusCode::FORBIDDEN,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::Busy | Code::Timeout | Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let mut answer = answer::refusal(
        &Refused::new(status, fault.code, &fault.message),
        Media::Json,
    );
    if let Some(seconds) = fault.retry_after {
        let seconds = HeaderValue::from(seconds);
        answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    answer
}
