//! The workbook at the edge.

pub mod answer;
pub mod block;
pub mod budget;
pub mod career;
pub mod company;
pub mod contact;
pub mod contents;
pub mod cursor;
pub mod daily;
pub mod experience;
pub mod flow_log;
pub mod idea;
pub mod job;
pub mod location;
pub mod milestone;
pub mod mutation;
pub mod owned;
pub mod pairing;
pub mod prefill;
pub mod profile;
pub mod progress;
pub mod query;
pub mod question;
pub mod reframe;
mod root;
pub mod section;
pub mod settings;
pub mod skill;
pub mod story;
pub mod task;
pub mod tool;
pub mod value;
pub mod values;

pub use flow_log::FlowLogs;
pub use query::Blocks;
pub use root::{WorkbookMutation, WorkbookQuery};
