//! What whoever is shown a credential asks for: the issuer's keys, and which credentials were revoked. Pages of any
//! origin may read it.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use dreamtree_api::refused;
use dreamtree_database::Database;
use dreamtree_portability::{Error, status};
use serde_json::Value;
use tokio::{sync::Mutex, time::timeout};

use super::origin::site;
use crate::Gateway;

/// How long a status list is told as it was made; a revocation shows after this at the latest.
const KEPT: Duration = Duration::from_secs(10);

/// The most lists that are kept; a server has a few.
const MOST: usize = 64;

/// The status lists that were made of late. Whoever asks while one is being made waits for it.
#[derive(Debug, Default)]
pub(crate) struct StatusLists(Mutex<Lists>);

#[derive(Debug, Default)]
struct Lists {
    /// By site and number.
    kept: HashMap<(String, u32), Kept>,
    /// How many there were when that was last asked. They only become more, so what was there once is not asked for again.
    count: Option<(Instant, u32)>,
}

type Kept = (Instant, Arc<status::Published>);

/// `/.well-known/did.json`: the issuer's DID document.
pub(crate) async fn did(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    let Some(site) = site(&gateway.settings, &headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let document = gateway.signer.document(&gateway.database, &site).await;
    published(document, "application/did+json")
}

/// `/.well-known/jwks.json`: the keys that tokens are checked with.
pub(crate) async fn key_set(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    let Some(site) = site(&gateway.settings, &headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let keys = gateway.signer.key_set(&gateway.database, &site).await;
    published(keys, "application/jwk-set+json")
}

/// `/credentials/status/{list}`: which credentials were revoked; with a proof, or as a token for whoever accepts that.
pub(crate) async fn status(
    State(gateway): State<Gateway>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Response {
    let site = site(&gateway.settings, &headers);
    let (Some(site), Ok(number)) = (site, list.parse()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let work = timeout(
        gateway.settings.limits.timeout,
        find(&gateway, site, number),
    );
    let found = match work.await {
        Ok(Ok(Some(found))) => found,
        Ok(Ok(None)) => return StatusCode::NOT_FOUND.into_response(),
        Ok(Err(error)) => return unavailable(&error),
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let varies = [(header::VARY, "accept")];
    if takes_token(&headers) {
        let kind = [(header::CONTENT_TYPE, "application/vc+jwt")];
        (varies, KEEP, kind, found.token.clone()).into_response()
    } else {
        let kind = [(header::CONTENT_TYPE, "application/vc")];
        (varies, KEEP, kind, found.document.to_string()).into_response()
    }
}

const KEEP: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=60")];

async fn find(
    gateway: &Gateway,
    site: String,
    number: u32,
) -> Result<Option<Arc<status::Published>>, Error> {
    let mut lists = gateway.status_lists.0.lock().await;
    let key = (site, number);
    if let Some((made, list)) = lists.kept.get(&key)
        && made.elapsed() < KEPT
    {
        return Ok(Some(Arc::clone(list)));
    }
    if !lists.has(&gateway.database, number).await? {
        return Ok(None);
    }
    let list = status::list(&gateway.database, &gateway.signer, &key.0, number).await?;
    let list = Arc::new(list);
    if lists.kept.len() >= MOST {
        lists.kept.clear();
    }
    lists.kept.insert(key, (Instant::now(), Arc::clone(&list)));
    Ok(Some(list))
}

impl Lists {
    /// Whether there is a list of this number. Of one that there is not, the database is asked once in a while, however
    /// many numbers somebody tries.
    async fn has(&mut self, database: &Database, number: u32) -> Result<bool, Error> {
        if number == 0 {
            return Ok(false);
        }
        if let Some((asked, count)) = self.count
            && (number <= count || asked.elapsed() < KEPT)
        {
            return Ok(number <= count);
        }
        let count = status::count(database).await?;
        self.count = Some((Instant::now(), count));
        Ok(number <= count)
    }
}

fn takes_token(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter();
    accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| range.split(';').next())
        .any(|media| matches!(media.trim(), "application/vc+jwt" | "application/jwt"))
}

fn published(document: Result<Value, Error>, kind: &'static str) -> Response {
    match document {
        Ok(document) => (KEEP, [(header::CONTENT_TYPE, kind)], Json(document)).into_response(),
        Err(error) => unavailable(&error),
    }
}

fn unavailable(error: &Error) -> Response {
    if let Error::NoOrigin = error {
        return StatusCode::NOT_FOUND.into_response();
    }
    // Called for what it writes into the log.
    let _ = refused(error);
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
