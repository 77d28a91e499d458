//! Global ids: `story:0190…`, `placement:1112`. The kind is part of the id, so that one kind of thing
//! is never taken for another.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, ID, InputType, InputValueError, InputValueResult, OutputType, Positioned,
    ServerResult, Value, parser::types::Field, registry::Registry,
};
use dreamtree_types::{Id, Kind};
use uuid::Uuid;

/// Something with a global id.
pub trait Global: Sized + Send + Sync {
    /// The word in front of the colon.
    fn kind() -> &'static str;
    /// The part behind the colon.
    fn key(&self) -> String;
    /// Reads the part behind the colon.
    fn from_key(key: &str) -> Option<Self>;
}

impl<K: Kind> Global for Id<K> {
    fn kind() -> &'static str {
        K::NAME
    }

    fn key(&self) -> String {
        self.to_string()
    }

    fn from_key(key: &str) -> Option<Self> {
        Uuid::try_parse(key).ok().map(Self::from)
    }
}

/// An id as clients see it, the scalar `ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Gid<T>(pub T);

impl<T: Global> Gid<T> {
    pub(crate) fn text(&self) -> String {
        format!("{}:{}", T::kind(), self.0.key())
    }

    fn read(text: &str) -> Option<Self> {
        let (kind, key) = text.split_once(':')?;
        (kind == T::kind())
            .then(|| T::from_key(key))
            .flatten()
            .map(Self)
    }
}

impl<T: Global> InputType for Gid<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            Some(Value::String(text)) => Self::read(&text).ok_or_else(|| {
                InputValueError::custom(format!(
                    "is not the id of a {kind}; it looks like {kind}:…",
                    kind = T::kind()
                ))
            }),
            other => Err(InputValueError::expected_type(other.unwrap_or_default())),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: Global> OutputType for Gid<T> {
    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::String(self.text()))
    }
}

#[cfg(test)]
mod tests {
    use dreamtree_types::{SessionId, UserId};

    use super::*;

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let user = Gid(UserId::new());
        assert_eq!(Gid::read(&user.text()), Some(user));
        assert_eq!(Gid::<SessionId>::read(&user.text()), None);
    }
}
