//! Everything that is the same for everybody: the workbook's texts, questions and tools, the
//! competencies, skills and types, and the works that they stand on. Authors' files become an
//! [`Edition`] ([`read_folder`]), an edition is written into the shared tables ([`load`]), and every
//! server keeps what is loaded in memory as a [`Library`], handed out by the [`Shelf`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod check;
mod csv_set;
mod edition;
pub mod entity;
mod error;
pub mod graphql;
mod import;
mod library;
pub mod likeness;
mod lint;
mod load;
mod markdown;
mod page;
mod read;
pub mod review;
mod rows;
mod shelf;
mod tables;
mod toml_at;

pub use edition::{Edition, Fault};
pub use error::ContentError;
pub use import::{AnswersFrom, Import, Imported, import};
pub use library::*;
pub use lint::{Linted, lint};
pub use load::{LoadError, Loaded, load};
pub use read::read_folder;
pub use shelf::Shelf;
