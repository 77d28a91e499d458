//! Which operation of a document is meant, and what it still needs.

use async_graphql::{
    ServerError, Variables,
    parser::types::{
        DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
    },
};
use dreamtree_types::Code;

use crate::response::error;

/// The operation that a request means.
pub(crate) fn operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, ServerError> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        (DocumentOperations::Multiple(_), None) => {
            return Err(error(
                Code::ValidationFailed,
                "The document has several operations: say which with operationName.",
            ));
        }
    };
    found.map(|operation| &operation.node).ok_or_else(|| {
        error(
            Code::ValidationFailed,
            "The document has no operation of the name in operationName.",
        )
    })
}

/// Refuses a subscription that is not one field: each of its answers belongs to one change.
pub(crate) fn entangled(operation: &OperationDefinition) -> Option<ServerError> {
    let selection = &operation.selection_set.node.items;
    let alone = match selection.as_slice() {
        [only] => {
            matches!(&only.node, Selection::Field(field) if field.node.directives.is_empty())
        }
        _ => false,
    };
    (operation.ty == OperationType::Subscription && !alone).then(|| {
        error(
            Code::ValidationFailed,
            "A subscription has one field at its root, without directives and outside of fragments.",
        )
    })
}

/// The first variable that must be given and is not.
pub(crate) fn missing_variable(
    operation: &OperationDefinition,
    variables: &Variables,
) -> Option<ServerError> {
    let missing = operation.variable_definitions.iter().find(|definition| {
        let definition = &definition.node;
        let given = variables.get(&definition.name.node);
        let absent = given.is_none_or(|value| *value == async_graphql::Value::Null);
        let required = !definition.var_type.node.nullable;
        required && absent && (given.is_some() || definition.default_value.is_none())
    })?;
    let name = missing.node.name.node.as_str();
    let mut error = error(
        Code::InvalidInput,
        format!("The variable ${name} needs a value."),
    );
    error.locations = vec![missing.pos];
    if let Some(extensions) = error.extensions.as_mut() {
        extensions.set("field", format!("variables.{name}"));
    }
    Some(error)
}
