//! One `SeaORM` entity per shared table: row types, nothing else.

pub mod competency;
pub mod competency_level;
pub mod connection;
pub mod consent;
pub mod content_block;
pub mod content_source;
pub mod content_version;
pub mod data_object;
pub mod ongoing_practice;
pub mod personality_type;
pub mod prompt;
pub mod reference;
pub mod skill;
pub mod skill_proposal;
pub mod stem;
pub mod terms;
pub mod tool;
