//! Values whose fields are all there, written as JSON at once. async-graphql makes a task, a map entry and
//! a value of every field, which for a page of a thousand plain fields costs more than all else about it.

mod connection;
mod leaf;
mod plan;

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, ObjectType, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field,
    registry::{MetaType, Registry},
};

pub use leaf::{write_scalar, write_word};
pub use plan::Plan;

/// Something that is written without waiting and without failing. Derive it beside `SimpleObject`,
/// `Union` or `Enum`.
pub trait Plain: OutputType {
    /// Writes the value as JSON; of an object, the fields that the plan asks for.
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>);
}

/// An object that is written without waiting and without failing.
pub trait PlainObject: Plain {
    /// The place of the field of this name.
    fn place(name: &str) -> Option<usize>;

    /// Writes the field at this place.
    fn write_field(&self, place: usize, plan: &Plan<'_>, out: &mut Vec<u8>);
}

/// A plain value as a resolver returns it; in the schema it is what it holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ready<T>(pub T);

/// In a request's data: the answer's writer knows finished JSON when it sees it (as `Value::Binary`),
/// and no two selections of the operation's root have to be merged.
#[derive(Clone, Copy, Debug)]
pub struct TakesJson;

/// Bytes of an answer that need no more room; saves growing.
const ROOM: usize = 4 * 1024;

impl<T: Plain> OutputType for Ready<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        context: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let mut json = Vec::with_capacity(ROOM);
        let plan = Plan::new(context.item, &context.query_env.fragments);
        self.0.write(&plan, &mut json);
        let broken = |message: String| ServerError::new(message, Some(field.pos));
        if let Some(name) = plan.unknown() {
            return Err(broken(format!("there is no plain field {name}")));
        }
        let at_root = context.path_node.is_some_and(|node| node.parent.is_none());
        if at_root && context.data_opt::<TakesJson>().is_some() {
            return Ok(Value::Binary(json.into()));
        }
        serde_json::from_slice(&json).map_err(|error| broken(error.to_string()))
    }
}

/// Writes the selected fields of an object.
pub fn write_object<T: PlainObject>(object: &T, plan: &Plan<'_>, out: &mut Vec<u8>) {
    let steps = plan.steps::<T>();
    let mut mark = b'{';
    for step in steps.iter() {
        out.push(mark);
        mark = b',';
        out.extend_from_slice(step.key.as_bytes());
        match step.place {
            Some(place) => object.write_field(place, &step.plan, out),
            None => leaf::write_text(&T::type_name(), out),
        }
    }
    if mark == b'{' {
        out.push(mark);
    }
    out.push(b'}');
}

/// Panics unless these are the fields that the schema has for the object. The derive makes a test of it.
///
/// # Panics
/// When they are not.
pub fn check<T: ObjectType>(names: &[&str]) {
    let mut registry = Registry::default();
    T::create_type_info(&mut registry);
    let known = match registry.types.get(&*T::type_name()) {
        Some(MetaType::Object { fields, .. }) => fields.keys().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    assert_eq!(known, names);
}
