//! What the schema promises of a reply: no null where it says that there is none.

use std::collections::BTreeMap;

use async_graphql::parser::{
    parse_query, parse_schema,
    types::{
        BaseType, ExecutableDocument, FieldDefinition, OperationType, Selection, SelectionSet,
        Type, TypeKind, TypeSystemDefinition,
    },
};
use serde_json::Value;

/// The fields of every object, by object and field.
pub(crate) struct Promises(BTreeMap<String, BTreeMap<String, FieldDefinition>>);

impl Promises {
    pub(crate) fn new(schema: &str) -> Self {
        let document = parse_schema(schema).expect("a valid schema");
        let mut objects = BTreeMap::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(one) = definition else {
                continue;
            };
            if let TypeKind::Object(object) = one.node.kind {
                let fields = object.fields.into_iter().map(|field| field.node);
                let fields = fields.map(|field| (field.name.node.to_string(), field));
                objects.insert(one.node.name.node.to_string(), fields.collect());
            }
        }
        Self(objects)
    }

    /// Fails where the reply to an operation has less than the schema promises.
    pub(crate) fn check(&self, query: &str, data: &Value) {
        let document = parse_query(query).expect("an operation");
        let (_, operation) = document.operations.iter().next().expect("an operation");
        let root = match operation.node.ty {
            OperationType::Mutation => "Mutation",
            _ => "Query",
        };
        let selection = &operation.node.selection_set.node;
        self.object(&document, root, selection, data);
    }

    fn object(
        &self,
        document: &ExecutableDocument,
        object: &str,
        selection: &SelectionSet,
        value: &Value,
    ) {
        for item in &selection.items {
            let (condition, inner) = match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let name = field.name.node.as_str();
                    if name == "__typename" {
                        continue;
                    }
                    let definition = &self.0[object][name];
                    let found = value.get(field.response_key().node.as_str());
                    let found = found.unwrap_or_else(|| panic!("{object}.{name} is left out"));
                    let inner = &field.selection_set.node;
                    self.kept(document, &definition.ty.node, inner, found);
                    continue;
                }
                Selection::InlineFragment(one) => {
                    let condition = one.node.type_condition.as_ref().expect("a condition");
                    (&condition.node.on.node, &one.node.selection_set.node)
                }
                Selection::FragmentSpread(one) => {
                    let fragment = &document.fragments[&one.node.fragment_name.node].node;
                    let condition = &fragment.type_condition.node.on.node;
                    (condition, &fragment.selection_set.node)
                }
            };
            // A fragment on a union holds for all of its members.
            if condition == object || !self.0.contains_key(condition.as_str()) {
                self.object(document, object, inner, value);
            }
        }
    }

    fn kept(
        &self,
        document: &ExecutableDocument,
        kind: &Type,
        selection: &SelectionSet,
        value: &Value,
    ) {
        if value.is_null() {
            assert!(kind.nullable, "null for {kind}");
            return;
        }
        match &kind.base {
            BaseType::List(inner) => {
                for one in value.as_array().expect("a list") {
                    self.kept(document, inner, selection, one);
                }
            }
            BaseType::Named(name) => {
                let object = value["__typename"].as_str().unwrap_or(name);
                if self.0.contains_key(object) {
                    self.object(document, object, selection, value);
                }
            }
        }
    }
}
