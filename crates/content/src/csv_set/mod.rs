//! Sets of CSV files with the columns of the tables.

mod cells;
mod content;
mod reference;
mod record;
mod set;

pub(crate) use cells::Cells;
pub(crate) use record::{Shape, records};
pub(crate) use set::{FILES, finish};
