//! Everything that can be selected of a field, worked out from `schema.graphql`.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{
    parse_query, parse_schema,
    types::{
        BaseType, DocumentOperations, FieldDefinition, Selection, Type, TypeKind,
        TypeSystemDefinition,
    },
};

/// How many of a list to ask for: as many as every list gives and the limit of complexity lets through.
const PAGE: usize = 20;

/// The schema's types by name.
pub(crate) struct Schema(BTreeMap<String, TypeKind>);

impl Schema {
    pub(crate) fn new(text: &str) -> Self {
        let document = parse_schema(text).expect("a valid schema");
        let types = document
            .definitions
            .into_iter()
            .filter_map(|one| match one {
                TypeSystemDefinition::Type(one) => {
                    Some((one.node.name.node.to_string(), one.node.kind))
                }
                _ => None,
            });
        Self(types.collect())
    }

    /// The operation's only root field with the arguments that it has there, a longer page, and all that it leads to.
    pub(crate) fn widened(&self, operation: &str) -> String {
        let document = parse_query(operation).expect("an operation");
        let DocumentOperations::Single(single) = document.operations else {
            panic!("several operations: {operation}")
        };
        let Some(Selection::Field(field)) = single
            .node
            .selection_set
            .node
            .items
            .first()
            .map(|one| &one.node)
        else {
            panic!("no root field: {operation}")
        };
        let field = &field.node;
        let arguments = field.arguments.iter();
        let arguments: Vec<String> = arguments
            .map(|(name, value)| match name.node.as_str() {
                "first" => format!("first: {PAGE}"),
                name => format!("{name}: {}", value.node),
            })
            .collect();
        let arguments = if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(", "))
        };
        let definition = self.field("Query", &field.name.node);
        let selection =
            self.selection(base(&definition.ty.node), &BTreeSet::new(), &mut Vec::new());
        format!("{{ {}{arguments} {selection} }}", field.name.node)
    }

    fn field(&self, object: &str, name: &str) -> &FieldDefinition {
        let Some(TypeKind::Object(object)) = self.0.get(object) else {
            panic!("no object {object}")
        };
        let mut fields = object.fields.iter().map(|one| &one.node);
        fields.find(|one| one.name.node == name).expect("a field")
    }

    /// What can be selected of a type; fields that need an argument, or lead back to where we are, are left out.
    /// `disputed` are fields that another member of the same union has with another type.
    fn selection(&self, name: &str, disputed: &BTreeSet<String>, path: &mut Vec<String>) -> String {
        match self.0.get(name) {
            Some(TypeKind::Object(object)) => {
                path.push(name.to_owned());
                let mut fields = vec!["__typename".to_owned()];
                for field in object.fields.iter().map(|one| &one.node) {
                    let needs = |argument: &async_graphql::parser::types::InputValueDefinition| {
                        !argument.ty.node.nullable && argument.default_value.is_none()
                    };
                    let to = base(&field.ty.node);
                    // `nodes` are what `edges` lead to as well.
                    if field.name.node == "nodes"
                        || field.arguments.iter().any(|one| needs(&one.node))
                        || path.iter().any(|one| one == to)
                    {
                        continue;
                    }
                    let own = field.name.node.as_str();
                    let inner = self.selection(to, &BTreeSet::new(), path);
                    fields.push(if disputed.contains(own) {
                        format!("{name}_{own}: {own} {inner}")
                    } else {
                        format!("{own} {inner}")
                    });
                }
                path.pop();
                format!("{{ {} }}", fields.join(" "))
            }
            Some(TypeKind::Union(union)) => {
                let members: Vec<&str> =
                    union.members.iter().map(|one| one.node.as_str()).collect();
                let disputed = self.disputed(&members);
                let members = members.into_iter().map(|member| {
                    format!(
                        "... on {member} {}",
                        self.selection(member, &disputed, path)
                    )
                });
                format!("{{ __typename {} }}", members.collect::<Vec<_>>().join(" "))
            }
            _ => String::new(),
        }
    }
}

impl Schema {
    /// Fields of these objects that have one name and several types.
    fn disputed(&self, objects: &[&str]) -> BTreeSet<String> {
        let mut types: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for object in objects {
            if let Some(TypeKind::Object(object)) = self.0.get(*object) {
                for field in object.fields.iter().map(|one| &one.node) {
                    let kinds = types.entry(field.name.node.to_string()).or_default();
                    kinds.insert(field.ty.node.to_string());
                }
            }
        }
        types.retain(|_, kinds| kinds.len() > 1);
        types.into_keys().collect()
    }
}

fn base(kind: &Type) -> &str {
    match &kind.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => base(inner),
    }
}
