//! Questions about the schema, where they are not wanted: async-graphql would answer them with silence.

use async_graphql::{
    Positioned, ServerError,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};
use dreamtree_types::Code;

use crate::response::error;

/// Refuses a document that asks for the schema. It has been measured, so it is neither deep nor long.
pub(crate) fn refuse(document: &ExecutableDocument) -> Result<(), ServerError> {
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set);
    if operations.chain(fragments).any(asks_for_schema) {
        return Err(error(
            Code::ValidationFailed,
            "This server does not tell its schema.",
        ));
    }
    Ok(())
}

fn asks_for_schema(set: &Positioned<SelectionSet>) -> bool {
    set.node
        .items
        .iter()
        .any(|selection| match &selection.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                name == "__schema" || name == "__type" || asks_for_schema(&field.node.selection_set)
            }
            Selection::InlineFragment(inline) => asks_for_schema(&inline.node.selection_set),
            Selection::FragmentSpread(_) => false,
        })
}
