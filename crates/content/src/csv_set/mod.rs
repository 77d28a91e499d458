//! Sets of CSV files with the columns of the tables.

mod cells;
mod content;
mod record;
mod reference;
mod set;

pub(crate) use cells::{Cells, Reading, Unfit};
pub(crate) use record::{Shape, records};
pub(crate) use set::{FILES, finish};
