//! Whether a document fits the schema: found out once, before it is remembered. What is left for each
//! request is what depends on its variables.

use std::sync::Arc;

use async_graphql::{
    Request, Response, ServerError, ValidationResult,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextValidation},
    parser::types::ExecutableDocument,
};
use async_trait::async_trait;

use super::weight::{Scales, first_name};
use crate::Schema;

/// In a schema: documents are validated and not executed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OnlyValidate;

impl ExtensionFactory for OnlyValidate {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait]
impl Extension for OnlyValidate {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let result = next.run(ctx).await?;
        if let Some(scales) = ctx.data_opt::<Scales>() {
            scales.show(result.complexity);
        }
        Ok(result)
    }

    async fn execute(
        &self,
        _: &ExtensionContext<'_>,
        _: Option<&str>,
        _: NextExecute<'_>,
    ) -> Response {
        Response::default()
    }
}

/// What is wrong with a document, whatever its variables hold. `schema` has [`OnlyValidate`].
pub(super) async fn faults(schema: &Schema, document: &ExecutableDocument) -> Vec<ServerError> {
    let mut request = Request::new("");
    request.operation_name = first_name(document);
    request.set_parsed_query(document.clone());
    let response = schema.execute(request).await;
    let mut faults = response.errors;
    faults.retain(|fault| !is_about_a_value(fault, document));
    faults
}

/// Weighing a field needs its arguments, and no variable has a value here.
fn is_about_a_value(fault: &ServerError, document: &ExecutableDocument) -> bool {
    let name = fault
        .message
        .strip_prefix("Variable ")
        .and_then(|rest| rest.strip_suffix(" is not defined."));
    let declared = |name: &str| {
        let operations = document.operations.iter();
        operations
            .flat_map(|(_, operation)| &operation.node.variable_definitions)
            .any(|definition| definition.node.name.node == name)
    };
    name.is_some_and(declared)
}
