//! `/oauth/sign-in`: signing in on the page of a partner's request, without a script. The rules and the limits are those
//! of the mutations `signIn` and `completeSignIn`.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, Request, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use dreamtree_identity::{Credentials, Entry, Error, SignedIn, complete_sign_in, sign_in as enter};
use dreamtree_partners::{Authorization, check};
use dreamtree_types::{Actor, ClientError};

use super::{
    AUTHORIZE,
    authorize::{caller, told, unavailable},
    form::Form,
    page::{self, Step},
    within,
};
use crate::{Gateway, http::origin, peer};

/// Lets somebody in and brings them back to the question.
pub(super) async fn sign_in(State(gateway): State<Gateway>, request: Request<Body>) -> Response {
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
        match check(&gateway.database, form.parameters()).await {
            Ok(asked) => tried(&gateway, &head, &form, &asked).await,
            Err(refusal) => told(&gateway, &head, refusal),
        }
    };
    within(gateway.settings.limits.timeout, work).await
}

async fn tried(gateway: &Gateway, head: &Parts, form: &Form, asked: &Authorization) -> Response {
    let site = gateway.settings.site.as_deref();
    let again = |step, fault| page::sign_in(asked, form, step, fault, site);
    match caller(gateway, head).glance().await {
        // Signing in would leave their work behind.
        Ok(Actor::User {
            authenticated_at: None,
            ..
        }) => return again(Step::Visitor, None),
        Ok(_) => {}
        Err(_) => return unavailable(),
    }
    let challenge = form.get("challenge");
    let signed = match challenge {
        Some(challenge) => with_code(gateway, head, challenge, form).await,
        None => with_password(gateway, head, form).await,
    };
    match signed {
        Ok(SignedIn::In(entry)) => entered(gateway, form, &entry),
        Ok(SignedIn::Challenged(challenge)) => again(Step::Code(&challenge.token.reveal()), None),
        Err(error) => {
            let Some(fault) = error.fault() else {
                drop(dreamtree_api::refused(&error));
                return unavailable();
            };
            let (status, step) = match (&error, challenge) {
                (Error::RateLimited { .. }, Some(challenge)) => {
                    (StatusCode::TOO_MANY_REQUESTS, Step::Code(challenge))
                }
                (Error::RateLimited { .. }, None) => {
                    (StatusCode::TOO_MANY_REQUESTS, Step::Password)
                }
                (Error::Code, Some(challenge)) => (StatusCode::BAD_REQUEST, Step::Code(challenge)),
                _ => (StatusCode::BAD_REQUEST, Step::Password),
            };
            again(step, Some((status, &fault.message)))
        }
    }
}

async fn with_password(gateway: &Gateway, head: &Parts, form: &Form) -> Result<SignedIn, Error> {
    let text = |name| form.get(name).unwrap_or_default().to_owned();
    let credentials = Credentials {
        email: text("email"),
        password: text("password"),
    };
    let from = peer::client(gateway, head);
    enter(&gateway.database, &gateway.identity, &from, credentials).await
}

async fn with_code(
    gateway: &Gateway,
    head: &Parts,
    challenge: &str,
    form: &Form,
) -> Result<SignedIn, Error> {
    let from = peer::client(gateway, head);
    let code = form.get("code").unwrap_or_default();
    let (database, identity) = (&gateway.database, &gateway.identity);
    let entry = complete_sign_in(database, identity, &from, challenge, code).await?;
    Ok(SignedIn::In(Box::new(entry)))
}

/// Hands out the cookies and goes on to the question.
fn entered(gateway: &Gateway, form: &Form, entry: &Entry) -> Response {
    let address = format!("{AUTHORIZE}?{}", form.request());
    let headers = [
        (header::LOCATION, address),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let mut answer = (StatusCode::SEE_OTHER, headers).into_response();
    let cookie = gateway.cookie;
    for text in [
        cookie.set(&entry.opened.token.reveal()),
        cookie.mark(&entry.device.reveal()),
    ] {
        // A token is plain characters.
        if let Ok(value) = HeaderValue::from_str(&text) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}
