//! What the service tells about itself.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_content::Library;
use dreamtree_types::{Code, Instant};

use crate::codes::ErrorCode;

/// The service and what it serves.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct Service {
    /// The server's version, such as `0.1.0`.
    pub version: &'static str,
    /// Counts the editions of the content that were loaded, from 1; 0 before the first.
    pub content_version: i64,
    /// When that edition was loaded; null before the first.
    pub content_loaded_at: Option<Instant>,
    /// Every code that an error can carry in `extensions.code`.
    pub error_codes: Vec<ErrorCode>,
}

/// The gateway's own part of the query root.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ServiceQuery;

#[Object]
impl ServiceQuery {
    /// The service and what it serves.
    async fn service(&self, ctx: &Context<'_>) -> Service {
        let library = ctx.data_opt::<Arc<Library>>();
        Service {
            version: env!("CARGO_PKG_VERSION"),
            content_version: library.map_or(0, |library| library.version()),
            content_loaded_at: library.and_then(|library| library.loaded_at()),
            error_codes: Code::ALL.map(ErrorCode::from).to_vec(),
        }
    }
}
