//! How much a document may ask for at most. async-graphql weighs each request anew; a document whose heaviest variables
//! keep the limit need not be weighed again.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_graphql::{
    CacheControl, Name, Request, ServerError, ValidationResult, Value, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
    parser::types::{BaseType, DocumentOperations, ExecutableDocument},
};
use async_trait::async_trait;

use crate::Schema;

/// No page holds more, so a number that is larger weighs no more.
const HEAVIEST: i32 = 100;

/// In a request's data: the document keeps the limit whatever its variables hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighed;

/// In a request's data: where the validator writes what the document weighs.
#[derive(Clone, Debug, Default)]
pub(super) struct Scales(Arc<AtomicUsize>);

impl Scales {
    pub(super) fn show(&self, weight: usize) {
        self.0.store(weight, Ordering::Relaxed);
    }
}

/// In a schema: a request that is [`Weighed`] is not validated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SkipWeighed;

impl ExtensionFactory for SkipWeighed {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait]
impl Extension for SkipWeighed {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        if ctx.data_opt::<Weighed>().is_none() {
            return next.run(ctx).await;
        }
        Ok(ValidationResult {
            cache_control: CacheControl::default(),
            complexity: 0,
            depth: 0,
        })
    }
}

/// What all operations of a valid document weigh together with the heaviest variables; `None` where that cannot be
/// told without their real ones.
pub(super) async fn most(validator: &Schema, document: &ExecutableDocument) -> Option<usize> {
    let operations = document.operations.iter();
    let definitions = operations.flat_map(|(_, operation)| &operation.node.variable_definitions);
    let numbers = definitions.filter(|one| one.node.var_type.node.base == int());
    let mut variables = Variables::default();
    for one in numbers {
        variables.insert(one.node.name.node.clone(), Value::from(HEAVIEST));
    }
    let scales = Scales::default();
    let mut request = Request::new("").variables(variables).data(scales.clone());
    request.operation_name = first_name(document);
    request.set_parsed_query(document.clone());
    let response = validator.execute(request).await;
    response
        .errors
        .is_empty()
        .then(|| scales.0.load(Ordering::Relaxed))
}

/// The name of the first operation, where there are several.
pub(super) fn first_name(document: &ExecutableDocument) -> Option<String> {
    match &document.operations {
        DocumentOperations::Single(_) => None,
        DocumentOperations::Multiple(all) => all.keys().next().map(ToString::to_string),
    }
}

fn int() -> BaseType {
    BaseType::Named(Name::new("Int"))
}
