//! What is kept of people, in plain words: every column of every table, in which form, for how long and for whom.
//!
//! A test compares it with the migrated schema, so a new column cannot come without a word about it. The page `/privacy`
//! and the query `privacyCatalogue` show it.

mod account;
mod catalogue;
mod coaching;
mod content;
mod devices;
mod direction;
mod mail;
mod partners;
mod person;
mod results;
mod search;
mod trust;
mod workspace;

pub use catalogue::{Field, Form, Group, Table};

use catalogue::plain;

/// Everything that is kept, nearest to the person first.
pub const GROUPS: &[Group] = &[
    account::GROUP,
    devices::GROUP,
    mail::GROUP,
    trust::GROUP,
    partners::GROUP,
    workspace::GROUP,
    person::GROUP,
    direction::GROUP,
    results::GROUP,
    search::GROUP,
    coaching::GROUP,
    content::GROUP,
    coaching::CONTENT,
];

/// Columns that mean the same wherever they stand, so that tables do not name them.
pub const EVERYWHERE: &[Field] = &[
    plain("user_id", "Whose row it is."),
    plain("id", "A number that means nothing."),
    plain("created_at", "When the row was made."),
    plain("updated_at", "When the row last changed."),
    plain("revision", "How often the row was changed."),
    plain(
        "key_generation",
        "Which of your keys opens the sealed values of the row.",
    ),
    plain("position", "The place in its list."),
    plain("is_sealed", "Whether the value is sealed."),
    plain("instance_id", "The use of a tool that it belongs to."),
    plain("stem_id", "The place in the workbook that it belongs to."),
];

/// Each table with columns that are sealed under a person's own key, always or where something is private.
pub fn sealed() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let tables = GROUPS.iter().flat_map(|group| group.tables);
    let columns = |table: &'static Table| {
        let sealed = |field: &&Field| matches!(field.form, Form::Sealed | Form::Partly);
        let names = table.fields.iter().filter(sealed).map(|field| field.name);
        (table.name, names.collect::<Vec<_>>())
    };
    tables
        .map(columns)
        .filter(|(_, columns)| !columns.is_empty())
}

/// How a column is kept; `None` for one that nobody has said a word about.
#[must_use]
pub fn form(table: &str, column: &str) -> Option<Form> {
    let mut tables = GROUPS.iter().flat_map(|group| group.tables);
    let table = tables.find(|known| known.name == table)?;
    let mut fields = table.fields.iter().chain(EVERYWHERE);
    fields
        .find(|known| known.name == column)
        .map(|known| known.form)
}
