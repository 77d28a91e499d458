//! Everything that is the same for everybody: the workbook's texts, questions and tools, the
//! competencies, skills and types, and the works that they stand on. Authors' files become an
//! edition, an edition is checked and loaded into the shared tables, and every server keeps what is
//! loaded in memory as a [`Library`], handed out by the [`Shelf`].

pub mod entity;
mod error;
pub mod graphql;
mod library;
mod page;
mod rows;
mod shelf;

pub use error::ContentError;
pub use library::*;
pub use shelf::Shelf;
