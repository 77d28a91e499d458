//! What variables may hold: their values are held to the schema before an operation begins. The library would
//! overlook a field that an input does not have, and with it what somebody has written.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, ServerError, Value, Variables,
    parser::{
        parse_schema,
        types::{BaseType, OperationDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};
use dreamtree_types::Code;

use crate::response::error;

/// The schema's types of input.
#[derive(Debug, Default)]
pub(crate) struct Inputs(HashMap<String, Input>);

#[derive(Debug)]
enum Input {
    Object {
        fields: HashMap<Name, Field>,
        one_of: bool,
    },
    Words(HashSet<Name>),
}

#[derive(Debug)]
struct Field {
    kind: Type,
    needed: bool,
}

/// Where in a value something does not fit, and how.
type Misfit = (String, String);

impl Inputs {
    /// The inputs of a schema in its text form; a text that is none has none.
    pub(crate) fn new(sdl: &str) -> Self {
        let definitions = parse_schema(sdl).map_or(Vec::new(), |schema| schema.definitions);
        let inputs = definitions.into_iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(definition) = definition else {
                return None;
            };
            let definition = definition.node;
            let mut directives = definition.directives.iter();
            let one_of = directives.any(|one| one.node.name.node == "oneOf");
            let input = match definition.kind {
                TypeKind::InputObject(input) => Input::Object {
                    fields: input
                        .fields
                        .into_iter()
                        .map(|one| field(one.node))
                        .collect(),
                    one_of,
                },
                TypeKind::Enum(words) => Input::Words(
                    words
                        .values
                        .into_iter()
                        .map(|one| one.node.value.node)
                        .collect(),
                ),
                _ => return None,
            };
            Some((definition.name.node.to_string(), input))
        });
        Self(inputs.collect())
    }

    /// The first value of the operation's variables that its type does not take.
    pub(crate) fn misfit(
        &self,
        operation: &OperationDefinition,
        variables: &Variables,
    ) -> Option<ServerError> {
        let mut definitions = operation.variable_definitions.iter();
        definitions.find_map(|definition| {
            let name = &definition.node.name.node;
            let value = variables.get(name)?;
            let (place, rule) = self.check(&definition.node.var_type.node, value).err()?;
            let mut error = error(Code::InvalidInput, format!("The variable ${name} {rule}"));
            error.locations = vec![definition.pos];
            if let Some(extensions) = error.extensions.as_mut() {
                extensions.set("field", format!("variables.{name}{place}"));
            }
            Some(error)
        })
    }

    fn check(&self, kind: &Type, value: &Value) -> Result<(), Misfit> {
        match (&kind.base, value) {
            (_, Value::Null) if kind.nullable => Ok(()),
            (_, Value::Null) => Err((String::new(), "needs a value.".to_owned())),
            (BaseType::List(inner), Value::List(items)) => {
                let mut items = items.iter().enumerate();
                items.try_for_each(|(at, item)| {
                    let inside = |(place, rule)| (format!("[{at}]{place}"), rule);
                    self.check(inner, item).map_err(inside)
                })
            }
            // One item stands for a list of one.
            (BaseType::List(inner), one) => self.check(inner, one),
            (BaseType::Named(name), value) => self.check_named(name, value),
        }
    }

    fn check_named(&self, name: &Name, value: &Value) -> Result<(), Misfit> {
        let fits = match (name.as_str(), self.0.get(name.as_str())) {
            (_, Some(Input::Object { fields, one_of })) => {
                return self.check_object(fields, *one_of, value);
            }
            (_, Some(Input::Words(words))) => match value {
                Value::String(word) => words.contains(word.as_str()),
                Value::Enum(word) => words.contains(word),
                _ => false,
            },
            ("Int", _) => {
                matches!(value, Value::Number(number) if number.is_i64() || number.is_u64())
            }
            ("Float", _) => matches!(value, Value::Number(_)),
            ("String", _) => matches!(value, Value::String(_)),
            ("Boolean", _) => matches!(value, Value::Boolean(_)),
            ("ID", _) => matches!(value, Value::String(_) | Value::Number(_)),
            // A scalar of our own is read, and refused, where it is used.
            _ => true,
        };
        if fits {
            return Ok(());
        }
        Err((String::new(), format!("holds something that is no {name}.")))
    }

    fn check_object(
        &self,
        fields: &HashMap<Name, Field>,
        one_of: bool,
        value: &Value,
    ) -> Result<(), Misfit> {
        let here = |rule: &str| Err((String::new(), rule.to_owned()));
        let Value::Object(given) = value else {
            return here("holds something that is no input object.");
        };
        for (name, value) in given {
            let inside = |(place, rule)| (format!(".{name}{place}"), rule);
            let Some(field) = fields.get(name) else {
                let rule = format!("has a field {name} that there is not.");
                return Err(inside((String::new(), rule)));
            };
            self.check(&field.kind, value).map_err(inside)?;
        }
        if one_of && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
            return here("needs exactly one field.");
        }
        let mut needed = fields.iter().filter(|(_, field)| field.needed);
        match needed.find(|(name, _)| !given.contains_key(*name)) {
            Some((name, _)) => Err((format!(".{name}"), format!("lacks the field {name}."))),
            None => Ok(()),
        }
    }
}

fn field(field: async_graphql::parser::types::InputValueDefinition) -> (Name, Field) {
    let kind = field.ty.node;
    let needed = !kind.nullable && field.default_value.is_none();
    (field.name.node, Field { kind, needed })
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    const SDL: &str = "enum Color { RED GREEN }
        input Inner { a: Int! b: [Color!] = [RED] c: String }
        input Pick @oneOf { a: Int b: String }
        type Query { a(x: Inner, y: Pick): Int }";

    fn misfit(kind: &str, value: &serde_json::Value) -> Option<String> {
        let document = parse_query(format!("query($x: {kind}) {{ a }}")).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let variables = Variables::from_json(json!({ "x": value }));
        let error = Inputs::new(SDL).misfit(&operation.node, &variables)?;
        match error.extensions?.get("field")? {
            Value::String(field) => Some(field.clone()),
            other => Some(other.to_string()),
        }
    }

    #[test]
    fn what_fits_passes() {
        for (kind, value) in [
            ("Inner", json!({ "a": 1 })),
            ("Inner", json!({ "a": 1, "b": "GREEN", "c": null })),
            ("[Inner!]", json!([{ "a": 1, "b": ["RED"] }])),
            ("Pick", json!({ "b": "x" })),
            ("Inner", json!(null)),
            ("Float", json!(1)),
            ("ID", json!(1)),
            ("DateTime", json!("anything")),
        ] {
            assert_eq!(misfit(kind, &value), None, "{kind} {value}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (kind, value, field) in [
            ("Inner", json!({ "a": 1, "d": 2 }), "variables.x.d"),
            ("Inner", json!({ "a": 1.5 }), "variables.x.a"),
            ("Inner", json!({ "c": "x" }), "variables.x.a"),
            ("Inner", json!({ "a": null }), "variables.x.a"),
            (
                "Inner",
                json!({ "a": 1, "b": ["RED", "BLUE"] }),
                "variables.x.b[1]",
            ),
            ("Inner", json!(3), "variables.x"),
            ("Pick", json!({}), "variables.x"),
            ("Pick", json!({ "a": 1, "b": "x" }), "variables.x"),
            ("Pick", json!({ "a": null }), "variables.x"),
            ("Boolean", json!("yes"), "variables.x"),
            ("[Int!]!", json!([1, null]), "variables.x[1]"),
        ] {
            assert_eq!(
                misfit(kind, &value).as_deref(),
                Some(field),
                "{kind} {value}"
            );
        }
    }
}
