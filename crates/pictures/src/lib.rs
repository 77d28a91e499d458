//! Pictures of results: a [`Radar`] of competencies, [`Bars`] of an attempt, a [`Trend`] over time. Each is one SVG
//! document, and [`png()`] makes the same picture of points.
//!
//! A picture has a title and a description for those who do not see it, says nothing by colour alone, and keeps text at
//! 4.5 to 1 against its ground. What it is given may be any text. The same data give the same bytes. Nothing here reads a
//! file, a clock or the network; the font of the PNG is in the program. `docs/pictures.md` shows one.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bars;
mod canvas;
mod label;
mod mark;
mod palette;
mod png;
mod radar;
mod trend;

pub use bars::{Bar, Bars};
pub use png::{Error, png};
pub use radar::{Axis, Group, Radar};
pub use trend::{Line, Point, Trend};
