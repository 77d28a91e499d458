//! The workbook at the edge.

pub mod answer;
pub mod block;
pub mod mutation;
pub mod prefill;
pub mod progress;
pub mod query;
pub mod tool;
pub mod value;

pub use mutation::WorkbookMutation;
pub use query::{Blocks, WorkbookQuery};
