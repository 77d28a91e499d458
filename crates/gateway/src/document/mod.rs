//! A GraphQL document on its way in: scanned, parsed once, measured, validated, remembered.

mod absent;
mod cache;
mod inputs;
mod introspection;
mod judge;
mod measure;
mod operation;
mod scan;
mod twins;
mod weight;

use std::sync::Arc;

use async_graphql::{
    ServerError, Variables,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationDefinition},
    },
};
use dreamtree_types::Code;

pub(crate) use absent::{absent, completed, without};
pub(crate) use judge::OnlyValidate;
pub(crate) use operation::{entangled, missing_variable, operation};
pub(crate) use weight::{SkipWeighed, Weighed};

use crate::{Limits, Schema, Settings, response::coded, schema};
use cache::Cache;
use inputs::Inputs;

/// Turns text into documents that keep the limits and fit the schema.
pub(crate) struct Documents {
    limits: Limits,
    introspection: bool,
    validator: Schema,
    inputs: Inputs,
    cache: Cache,
}

/// A document that may be executed.
#[derive(Debug)]
pub(crate) struct Document {
    /// As it was parsed.
    pub(crate) parsed: ExecutableDocument,
    /// True when no two selections of a root have to be merged.
    pub(crate) takes_json: bool,
    /// True when it keeps the limit of complexity whatever its variables hold.
    pub(crate) is_light: bool,
}

impl Documents {
    /// Documents that keep the limits of these settings.
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            limits: settings.limits.clone(),
            introspection: settings.introspection,
            validator: schema::validator(settings),
            inputs: Inputs::new(&schema::sdl()),
            cache: Cache::default(),
        }
    }

    /// The parsed document, if it is GraphQL, fits the schema and is not too much.
    pub(crate) async fn read(&self, text: &str) -> Result<Arc<Document>, Vec<ServerError>> {
        if let Some(document) = self.cache.get(text) {
            return Ok(document);
        }
        let parsed = self.parse(text).map_err(|fault| vec![fault])?;
        let faults = judge::faults(&self.validator, &parsed).await;
        if !faults.is_empty() {
            return Err(faults);
        }
        let weight = weight::most(&self.validator, &parsed).await;
        let document = Arc::new(Document {
            is_light: weight.is_some_and(|weight| weight <= self.limits.complexity),
            takes_json: !twins::has_twins(&parsed),
            parsed,
        });
        self.cache.put(text, &document);
        Ok(document)
    }

    /// The first value of the operation's variables that its type does not take.
    pub(crate) fn misfit(
        &self,
        operation: &OperationDefinition,
        variables: &Variables,
    ) -> Option<ServerError> {
        self.inputs.misfit(operation, variables)
    }

    fn parse(&self, text: &str) -> Result<ExecutableDocument, ServerError> {
        scan::scan(text, &self.limits)?;
        let document = parse_query(text).map_err(|error| coded(Code::ParseFailed, error.into()))?;
        measure::measure(&document, &self.limits)?;
        if !self.introspection {
            introspection::refuse(&document)?;
        }
        Ok(document)
    }
}
