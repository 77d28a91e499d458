//! Changes as clients send them: absent keeps, null takes away, a value is set.

use async_graphql::MaybeUndefined;
use dreamtree_types::Patch;

/// What a field of an update's input asks for.
pub fn patch<T>(field: MaybeUndefined<T>) -> Patch<T> {
    match field {
        MaybeUndefined::Undefined => Patch::Keep,
        MaybeUndefined::Null => Patch::Clear,
        MaybeUndefined::Value(value) => Patch::Set(value),
    }
}
