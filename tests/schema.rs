//! `schema.graphql` is what the server serves, and everything in it is described.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use async_graphql::parser::{
    parse_schema,
    types::{InputValueDefinition, TypeKind, TypeSystemDefinition},
};

const COMMITTED: &str = include_str!("../schema.graphql");

#[test]
fn the_committed_schema_is_fresh() {
    let served = dreamtree_gateway::sdl();
    let hint = "cargo run --quiet -- schema > schema.graphql";
    assert!(
        served.trim() == COMMITTED.trim(),
        "schema.graphql is stale; refresh it with: {hint}"
    );
}

#[test]
fn everything_is_described() {
    let mut silent = Vec::new();
    let mut look = |described: bool, name: String| {
        if !described {
            silent.push(name);
        }
    };
    for definition in parse_schema(COMMITTED).expect("a valid schema").definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let (name, definition) = (definition.node.name.node.to_string(), definition.node);
        look(definition.description.is_some(), name.clone());
        match definition.kind {
            TypeKind::Object(object) => {
                for field in object.fields {
                    let field = field.node;
                    let place = format!("{name}.{}", field.name.node);
                    look(field.description.is_some(), place.clone());
                    for argument in field.arguments {
                        look(
                            argument.node.description.is_some(),
                            place_of(&place, &argument.node),
                        );
                    }
                }
            }
            TypeKind::InputObject(input) => {
                for field in input.fields {
                    look(
                        field.node.description.is_some(),
                        place_of(&name, &field.node),
                    );
                }
            }
            TypeKind::Enum(values) => {
                for value in values.values {
                    let place = format!("{name}.{}", value.node.value.node);
                    look(value.node.description.is_some(), place);
                }
            }
            _ => {}
        }
    }
    assert!(silent.is_empty(), "without a description: {silent:#?}");
}

/// `Plain` objects answer to their own name and to that of one union.
#[test]
fn an_object_stands_in_one_union_and_in_no_interface() {
    let mut seen = BTreeSet::new();
    for definition in parse_schema(COMMITTED).expect("a valid schema").definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        match definition.node.kind {
            TypeKind::Union(union) => {
                for member in union.members {
                    let name = member.node.to_string();
                    assert!(seen.insert(name.clone()), "{name} stands in two unions");
                }
            }
            TypeKind::Interface(_) => panic!("{} is an interface", definition.node.name.node),
            _ => {}
        }
    }
    assert!(!seen.is_empty(), "there are unions");
}

fn place_of(outer: &str, input: &InputValueDefinition) -> String {
    format!("{outer}.{}", input.name.node)
}
