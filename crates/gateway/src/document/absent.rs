//! Variables that a request leaves out. What they stand for is then not given either, as the GraphQL
//! specification has it; async-graphql would refuse the operation.

use std::collections::HashSet;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, OperationDefinition, Selection,
        SelectionSet,
    },
};
use async_graphql_value::Value;

/// The operation's variables that have neither a value nor a default.
pub(crate) fn absent(operation: &OperationDefinition, variables: &Variables) -> HashSet<Name> {
    let definitions = operation.variable_definitions.iter().map(|one| &one.node);
    definitions
        .filter(|one| one.default_value.is_none() && !variables.contains_key(&one.name.node))
        .map(|one| one.name.node.clone())
        .collect()
}

/// The variables with the defaults of those that are left out: the library forgets them in directives.
pub(crate) fn completed(operation: &OperationDefinition, mut variables: Variables) -> Variables {
    for definition in operation.variable_definitions.iter().map(|one| &one.node) {
        if let Some(default) = &definition.default_value {
            let value = variables.entry(definition.name.node.clone());
            value.or_insert_with(|| default.node.clone());
        }
    }
    variables
}

/// Takes them out of the document.
pub(crate) fn without(
    mut document: ExecutableDocument,
    absent: &HashSet<Name>,
) -> ExecutableDocument {
    if absent.is_empty() {
        return document;
    }
    match &mut document.operations {
        DocumentOperations::Single(one) => clear(&mut one.node.selection_set.node, absent),
        DocumentOperations::Multiple(all) => {
            for one in all.values_mut() {
                clear(&mut one.node.selection_set.node, absent);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        clear(&mut fragment.node.selection_set.node, absent);
    }
    document
}

fn clear(set: &mut SelectionSet, absent: &HashSet<Name>) {
    for selection in &mut set.items {
        clear_directives(selection.node.directives_mut(), absent);
        match &mut selection.node {
            Selection::Field(field) => {
                clear_arguments(&mut field.node.arguments, absent);
                clear(&mut field.node.selection_set.node, absent);
            }
            Selection::InlineFragment(inline) => {
                clear(&mut inline.node.selection_set.node, absent);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn clear_directives(directives: &mut [Positioned<Directive>], absent: &HashSet<Name>) {
    for directive in directives {
        clear_arguments(&mut directive.node.arguments, absent);
    }
}

fn clear_arguments(
    arguments: &mut Vec<(Positioned<Name>, Positioned<Value>)>,
    absent: &HashSet<Name>,
) {
    arguments.retain(|(_, value)| !is_absent(&value.node, absent));
    for (_, value) in arguments {
        clear_value(&mut value.node, absent);
    }
}

/// In an object the field goes, in a list there is null in its place.
fn clear_value(value: &mut Value, absent: &HashSet<Name>) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !is_absent(value, absent));
            for value in fields.values_mut() {
                clear_value(value, absent);
            }
        }
        Value::List(items) => {
            for item in items {
                if is_absent(item, absent) {
                    *item = Value::Null;
                } else {
                    clear_value(item, absent);
                }
            }
        }
        _ => {}
    }
}

fn is_absent(value: &Value, absent: &HashSet<Name>) -> bool {
    matches!(value, Value::Variable(name) if absent.contains(name))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    /// The arguments of the document's first field once `$x` is absent.
    fn left(arguments: &str) -> String {
        let text = format!("query($x: Int, $y: Int) {{ a({arguments}) }}");
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let variables = Variables::from_json(serde_json::json!({ "y": null }));
        let absent = absent(&operation.node, &variables);
        let document = without(document.clone(), &absent);
        let (_, operation) = document.operations.iter().next().unwrap();
        let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else {
            panic!("a field")
        };
        let arguments = field.node.arguments.iter();
        let arguments = arguments.map(|(name, value)| format!("{}: {}", name.node, value.node));
        arguments.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_an_absent_variable_stands_for_is_not_given() {
        for (arguments, expected) in [
            ("b: $x, c: $y", "c: $y"),
            ("b: {c: $x, d: {e: $x, f: 1}}", "b: {d: {f: 1}}"),
            ("b: [1, $x, {c: $x}]", "b: [1, null, {}]"),
        ] {
            assert_eq!(left(arguments), expected);
        }
    }

    #[test]
    fn a_default_is_a_value() {
        let document = parse_query("query($x: Int = 3) { a(b: $x) }").unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        assert!(absent(&operation.node, &Variables::default()).is_empty());
    }
}
