//! A GraphQL document on its way in: scanned, parsed once, measured, remembered.

mod cache;
mod introspection;
mod measure;
mod operation;
mod scan;

use std::sync::Arc;

use async_graphql::{
    ServerError,
    parser::{parse_query, types::ExecutableDocument},
};
use dreamtree_types::Code;

pub(crate) use operation::{missing_variable, operation};

use crate::{Limits, Settings, response::coded};
use cache::Cache;

/// Turns text into documents that keep the limits.
#[derive(Debug)]
pub(crate) struct Documents {
    limits: Limits,
    introspection: bool,
    cache: Cache,
}

impl Documents {
    /// Documents that keep the limits of these settings.
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            limits: settings.limits.clone(),
            introspection: settings.introspection,
            cache: Cache::default(),
        }
    }

    /// The parsed document, if it is GraphQL and not too much of it.
    pub(crate) fn read(&self, text: &str) -> Result<Arc<ExecutableDocument>, ServerError> {
        if let Some(document) = self.cache.get(text) {
            return Ok(document);
        }
        scan::scan(text, &self.limits)?;
        let document = parse_query(text).map_err(|error| coded(Code::ParseFailed, error.into()))?;
        measure::measure(&document, &self.limits)?;
        if !self.introspection {
            introspection::refuse(&document)?;
        }
        let document = Arc::new(document);
        self.cache.put(text, &document);
        Ok(document)
    }
}
