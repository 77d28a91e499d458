//! Whose ideas the workbook stands on: what is cited below an exercise, and the credits of the whole
//! workbook. The references belong to the content and come with the [`dreamtree_content::Library`];
//! here are the rules by which they are shown. Nothing here sends SQL.

mod citation;
mod credits;
mod error;
pub mod graphql;

pub use citation::Citation;
pub use credits::{Use, credits, uses_of};
pub use error::Error;
