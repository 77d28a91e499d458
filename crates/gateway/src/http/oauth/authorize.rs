//! `/oauth/authorize`: a person is asked what a partner may read, and answers.

use axum::{
    body::Body,
    extract::State,
    http::{Request, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use dreamtree_api::{Answer, Caller, refused};
use dreamtree_partners::{
    Authorization, OauthError, Refusal, Scopes, Seal, allow, check, redirected,
};
use dreamtree_types::{Actor, SessionId};

use super::{
    answer,
    form::Form,
    page::{self, Step},
    site, within,
};
use crate::{Gateway, http::origin, session};

const BEGIN_AGAIN: &str = "This page was open for too long, or it was not made for you. Go back to the site that sent you here and begin again.";

/// Shows the question, or where to sign in first.
pub(super) async fn ask(State(gateway): State<Gateway>, request: Request<Body>) -> Response {
    let (head, _) = request.into_parts();
    let work = async {
        let query = head.uri.query().unwrap_or_default();
        let form = match Form::parse(query.as_bytes()) {
            Ok(form) => form,
            Err(error) => return page::stay(StatusCode::BAD_REQUEST, &error.to_string()),
        };
        let asked = match check(&gateway.database, form.parameters()).await {
            Ok(asked) => asked,
            Err(refusal) => return told(&gateway, &head, refusal),
        };
        question(&gateway, &head, &form, &asked).await
    };
    within(gateway.settings.limits.timeout, work).await
}

async fn question(gateway: &Gateway, head: &Parts, form: &Form, asked: &Authorization) -> Response {
    let step = match caller(gateway, head).glance().await {
        Ok(Actor::User {
            session,
            authenticated_at: Some(_),
            ..
        }) => {
            let now = gateway.database.clock().now();
            let seal = Seal::new(&gateway.identity.keys(), session, asked, now);
            return page::consent(asked, form, &seal);
        }
        Ok(Actor::User { .. }) => Step::Visitor,
        Ok(Actor::Visitor | Actor::Expired) => Step::Password,
        // The cause is in the log.
        Err(_) => return unavailable(),
    };
    page::sign_in(asked, form, step, None, gateway.settings.site.as_deref())
}

/// Takes the answer and sends the person back.
pub(super) async fn decide(State(gateway): State<Gateway>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let work = async {
        if let Err(refused) = origin::check(&head.headers, &gateway.settings) {
            return page::stay(refused.status, &refused.fault.message);
        }
        let read = Form::of(&head.headers, body, &gateway.settings.limits).await;
        let form = match read {
            Ok(form) => form,
            Err(error) => return page::stay(StatusCode::BAD_REQUEST, &error.to_string()),
        };
        let asked = match check(&gateway.database, form.parameters()).await {
            Ok(asked) => asked,
            Err(refusal) => return told(&gateway, &head, refusal),
        };
        decided(&gateway, &head, &form, asked)
            .await
            .unwrap_or_else(|_| unavailable())
    };
    within(gateway.settings.limits.timeout, work).await
}

async fn decided(
    gateway: &Gateway,
    head: &Parts,
    form: &Form,
    asked: Authorization,
) -> Answer<Response> {
    let caller = caller(gateway, head);
    let Some(session) = sealed(gateway, &caller, form, &asked).await? else {
        return Ok(page::stay(StatusCode::BAD_REQUEST, BEGIN_AGAIN));
    };
    let ticked = |name: &str| form.get(&format!("allow.{name}")).is_some();
    let chosen = asked.scopes.iter().filter(|scope| ticked(scope.as_str()));
    let chosen: Scopes = chosen.collect();
    if form.get("answer") != Some("allow") || chosen.is_empty() {
        let refusal = Refusal::Back {
            redirect_uri: asked.redirect_uri,
            state: asked.state,
            error: OauthError::AccessDenied,
        };
        return Ok(told(gateway, head, refusal));
    }
    let (actor, scope) = caller.write_in_session().await?;
    if actor.session() != Some(session) {
        return Ok(page::stay(StatusCode::BAD_REQUEST, BEGIN_AGAIN));
    }
    let code = allow(&scope, &gateway.identity.keys(), &asked, &chosen).await?;
    Caller::commit(scope).await?;
    let (uri, state) = (&asked.redirect_uri, asked.state.as_deref());
    Ok(back(gateway, head, uri, state, &[("code", &code.reveal())]))
}

/// The session that was shown this form a short while ago.
async fn sealed(
    gateway: &Gateway,
    caller: &Caller,
    form: &Form,
    asked: &Authorization,
) -> Answer<Option<SessionId>> {
    let Actor::User {
        session,
        authenticated_at: Some(_),
        ..
    } = caller.glance().await?
    else {
        return Ok(None);
    };
    let seal = Seal {
        made_at: form.get("made_at").unwrap_or_default().to_owned(),
        mark: form.get("mark").unwrap_or_default().to_owned(),
    };
    let now = gateway.database.clock().now();
    let holds = seal.holds(&gateway.identity.keys(), session, asked, now);
    Ok(holds.then_some(session))
}

/// Whoever has the session of a request.
pub(super) fn caller(gateway: &Gateway, head: &Parts) -> Caller {
    let token = session::token(&head.headers, gateway.cookie).map(str::to_owned);
    Caller::new(gateway.database.clone(), gateway.door.clone(), token)
}

/// A refusal, told to the person or to the partner.
pub(super) fn told(gateway: &Gateway, head: &Parts, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Stay(text) => page::stay(StatusCode::BAD_REQUEST, text),
        Refusal::Back {
            redirect_uri,
            state,
            error,
        } => {
            let why = [
                ("error", error.code()),
                ("error_description", &error.to_string()),
            ];
            back(gateway, head, &redirect_uri, state.as_deref(), &why)
        }
        Refusal::Ours(error) => {
            drop(refused(&error));
            let error = OauthError::Ours(error);
            page::stay(answer::status(&error), &error.to_string())
        }
    }
}

/// Sends a person back to the partner, with the state as it came and the name of this server (RFC 9207).
fn back(
    gateway: &Gateway,
    head: &Parts,
    uri: &str,
    state: Option<&str>,
    outcome: &[(&str, &str)],
) -> Response {
    let site = site(gateway, &head.headers);
    let state = state.map(|state| ("state", state));
    let all = outcome.iter().copied().chain(state);
    let all: Vec<_> = all.chain([("iss", site.as_str())]).collect();
    match redirected(uri, &all) {
        Some(address) => {
            let headers = [
                (header::LOCATION, address),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        None => page::stay(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The address that you would be sent back to cannot be read.",
        ),
    }
}

pub(super) fn unavailable() -> Response {
    page::stay(
        StatusCode::SERVICE_UNAVAILABLE,
        "Something went wrong on our side. Please try again in a moment.",
    )
}
