//! Documents of other people's standards at the edge.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use dreamtree_api::{Plain, Plan, plain};
use serde_json::Value as Json;

/// A document whose members another standard defines.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonDocument(pub Json);

/// A JSON object whose members another standard defines, which the field that returns it names. It is never taken as an
/// input.
#[Scalar(
    name = "JSON",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259"
)]
impl ScalarType for JsonDocument {
    fn parse(_: Value) -> InputValueResult<Self> {
        Err(InputValueError::custom("is told, and never taken"))
    }

    fn to_value(&self) -> Value {
        value(&self.0)
    }
}

impl Plain for JsonDocument {
    fn write(&self, _: &Plan<'_>, out: &mut Vec<u8>) {
        plain::write_scalar(self, out);
    }
}

/// The same in the words of GraphQL.
fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::from(*flag),
        Json::Number(number) => Value::Number(number.clone()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(all) => Value::List(all.iter().map(value).collect()),
        Json::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(name, member)| (async_graphql::Name::new(name), value(member)));
            Value::Object(members.collect())
        }
    }
}
