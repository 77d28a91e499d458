//! `GraphiQL`, from the binary: nothing is fetched from elsewhere, and the page may not do so either.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::tag::{is_known, tag};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const PAGE: Asset = Asset {
    name: "index.html",
    kind: "text/html; charset=utf-8",
    bytes: include_bytes!("../../assets/graphiql/index.html"),
};

const FILES: [Asset; 4] = [
    PAGE,
    Asset {
        name: "graphiql.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/graphiql/graphiql.js"),
    },
    Asset {
        name: "graphiql.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/graphiql/graphiql.css"),
    },
    Asset {
        name: "LICENSES.txt",
        kind: "text/plain; charset=utf-8",
        bytes: include_bytes!("../../assets/graphiql/LICENSES.txt"),
    },
];

static TAGS: LazyLock<[String; 4]> = LazyLock::new(|| FILES.map(|file| tag(file.bytes)));

/// `/graphiql`: the page.
pub(crate) async fn page(headers: HeaderMap) -> Response {
    serve(PAGE.name, &headers)
}

/// `/graphiql/…`: what the page consists of.
pub(crate) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    serve(&name, &headers)
}

fn serve(name: &str, headers: &HeaderMap) -> Response {
    let Some((file, tag)) = FILES
        .iter()
        .zip(TAGS.iter())
        .find(|(file, _)| file.name == name)
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let shared = [
        (header::ETAG, tag.as_str()),
        // Names stay the same from build to build: ask each time, answer with 304 most times.
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    if is_known(headers, tag) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    let kind: (HeaderName, HeaderValue) =
        (header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    (shared, [kind], file.bytes).into_response()
}
