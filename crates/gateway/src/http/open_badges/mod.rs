//! `/ims/ob/v3p0/…`: what partners read of one person by the interface of Open Badges 3.0 (section 6). What is read is
//! decided in `partners` and `portability`.

mod discovery;
mod paging;
mod refusal;

use std::future::Future;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use dreamtree_api::Answer;
use dreamtree_identity::{
    Client,
    limit::{self, Account, Act},
};
use dreamtree_partners::{AccessScope, Lender, PartnerCaller};
use dreamtree_portability::{
    Error,
    host::{self, Given},
};
use serde_json::{Value, json};

use super::origin::site;
use crate::{Gateway, session};
use paging::Paging;

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Nobody keeps what was read of a person.
const SHUT: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// What needs a token, and what there is not.
pub(super) fn routes() -> Router<Gateway> {
    Router::new()
        .route(
            "/ims/ob/v3p0/credentials",
            get(credentials).fallback(refusal::not_allowed),
        )
        .route(
            "/ims/ob/v3p0/profile",
            get(profile).fallback(refusal::not_allowed),
        )
        .route("/ims/ob/v3p0/{*path}", any(refusal::unknown))
}

/// What says how to ask, for everybody.
pub(super) fn public() -> Router<Gateway> {
    let discovery = get(discovery::discovery).fallback(refusal::not_allowed);
    Router::new().route("/ims/ob/v3p0/discovery", discovery)
}

/// The person's credentials for this partner, each in the one form with a proof inside.
async fn credentials(State(gateway): State<Gateway>, uri: Uri, headers: HeaderMap) -> Response {
    let wanted = AccessScope::CredentialReadonly;
    let paging = match Paging::of(uri.query().unwrap_or_default()) {
        Ok(paging) => paging,
        Err(rule) => return refusal::query(rule),
    };
    let work = async {
        let lender = lender(&gateway, &headers, wanted).await?;
        given(&gateway, lender, &headers).await
    };
    match within(&gateway, wanted, work).await {
        Ok(given) => page(&gateway, &headers, &paging, given),
        Err(refused) => refused,
    }
}

/// The person, by the name under which the partner knows them.
async fn profile(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    let wanted = AccessScope::ProfileBasic;
    let work = async {
        let lender = lender(&gateway, &headers, wanted).await?;
        let reading = lender.read(&gateway.database).await?;
        let profile = host::profile(&reading, &address(&gateway, &headers)?).await?;
        reading.close().await.map_err(Error::from)?;
        Ok(profile)
    };
    match within(&gateway, wanted, work).await {
        Ok(profile) => (SHUT, Json(profile)).into_response(),
        Err(refused) => refused,
    }
}

/// Whom the token is about, and that not too much is asked of them.
async fn lender(gateway: &Gateway, headers: &HeaderMap, wanted: AccessScope) -> Answer<Lender> {
    let token = session::bearer(headers).map(str::to_owned);
    let caller = PartnerCaller::new(gateway.database.clone(), token);
    let lender = caller.enter().await?.lender(wanted).await?;
    let account = Account::Grant(lender.grant());
    let (database, identity) = (&gateway.database, &gateway.identity);
    let nowhere = Client::nowhere();
    limit::check(database, identity, Act::PartnerRead, account, &nowhere).await?;
    Ok(lender)
}

async fn given(gateway: &Gateway, lender: Lender, headers: &HeaderMap) -> Answer<Option<Given>> {
    let site = address(gateway, headers)?;
    let keys = gateway.signer.keys(&gateway.database).await;
    let keys = keys.map_err(Error::from)?;
    let reading = lender.read(&gateway.database).await?;
    let library = gateway.shelf.current();
    let given = host::credential(&reading, &library, keys, &site).await?;
    reading.close().await.map_err(Error::from)?;
    Ok(given)
}

fn address(gateway: &Gateway, headers: &HeaderMap) -> Result<String, Error> {
    site(&gateway.settings, headers).ok_or(Error::NoOrigin)
}

async fn within<T>(
    gateway: &Gateway,
    wanted: AccessScope,
    work: impl Future<Output = Answer<T>>,
) -> Result<T, Response> {
    match tokio::time::timeout(gateway.settings.limits.timeout, work).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(refused)) => Err(refusal::of(refused.fault(), wanted)),
        Err(_) => Err(refusal::late()),
    }
}

fn page(gateway: &Gateway, headers: &HeaderMap, paging: &Paging, given: Option<Given>) -> Response {
    let issued = given.into_iter();
    let issued = issued.filter(|one| paging.is_later(one.issued_at));
    let all: Vec<Value> = issued.map(|one| one.document).collect();
    let total = all.len();
    let site = site(&gateway.settings, headers).unwrap_or_default();
    let links = paging.links(&format!("{site}/ims/ob/v3p0/credentials"), total);
    let body = json!({ "credential": paging.page(all), "compactJwsString": [] });
    let mut answer = (StatusCode::OK, SHUT, Json(body)).into_response();
    let about = answer.headers_mut();
    about.insert(TOTAL, HeaderValue::from(total));
    // An origin that cannot stand in a header is none that a credential could be issued under.
    if let Ok(links) = HeaderValue::from_str(&links) {
        about.insert(header::LINK, links);
    }
    answer
}
