//! Records: forms that are defined as data, filled in once or several times at one use of a tool.

mod check;
mod history;
mod load;
mod save;
mod value;

use dreamtree_content::LinkTarget;
use dreamtree_types::{Instant, Private};
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::RecordId;

pub(crate) use load::load;
pub(crate) use save::save;
pub(crate) use value::to_json;

/// The field of the answer's input.
const ENTRIES: &str = "value.record.entries";

/// Where a record's texts are kept.
const TABLE: &str = "user_records";
const SEALED: &str = "sealed";

/// The filled-in forms of one use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// First to last.
    pub entries: Vec<Entry>,
}

/// A filled-in form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Kept when the entry is saved again; `None` for a new one.
    pub id: Option<RecordId>,
    /// When it is saved: the fields that are filled in, in any order. When it is read: all fields in the order of
    /// the form.
    pub fields: Vec<Filled>,
    /// What happened to the fields whose history is kept, the newest first; set when it is read.
    pub history: Vec<FieldChange>,
}

/// A field of a form with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Which field.
    pub key: String,
    /// What stands beside it; set when it is read.
    pub label: String,
    /// What it holds; locked where it is private and cannot be read now.
    pub value: Private<FieldValue>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldValue {
    /// A text, a long text or the address of a page.
    Text(String),
    /// A number, on a scale or not.
    Number(i32),
    /// A day.
    Date(Date),
    /// The value of the chosen option.
    Choice(String),
    /// The values of the chosen options.
    Choices(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// One of the person's own things.
    Link(Link),
}

/// One of the person's own things; it may be gone since it was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// Of which kind it is.
    pub to: LinkTarget,
    /// Which one.
    pub id: Uuid,
}

/// A change of a field whose history is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which field.
    pub key: String,
    /// The option before; `None` for the first one.
    pub from: Option<String>,
    /// The option since; `None` when it was taken away.
    pub to: Option<String>,
    /// When that was.
    pub changed_at: Instant,
}
