//! Sources at the edge.

pub mod query;
pub mod reference;

pub use query::AttributionQuery;
pub use reference::{Citation, Reference, ReferenceUse, cite};
