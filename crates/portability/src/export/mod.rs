//! Everything that the server keeps of a person, as one JSON document that they can read: every row of every table of
//! theirs, with private values opened. `docs/export.md` shows it.
//!
//! The document is made in memory, beside the rows of one table at a time, and sent when it is whole: a fault is told by
//! the status of the answer, not by a file that ends too early.

mod cell;
mod labels;
mod list;
mod row;

use dreamtree_audit::{self as audit, Event};
use dreamtree_database::Scope;
use dreamtree_identity::{Identity, address};
use serde_json::{Value as Json, json};
use time::format_description::well_known::Rfc3339;

use crate::Error;
use row::Opener;

pub use list::{LEFT_OUT, LeftOut, TAKEN, Taken, left_out, reason};

/// The version of the document's form.
pub const VERSION: &str = "2.0";

/// What the document is: private values stand in it as they were typed.
pub const FORM: &str = "READABLE";

/// Writes into the diary that everything is taken out, and ends the transaction. An error while the vault is locked.
pub async fn note(scope: Scope) -> Result<(), Error> {
    check_open(&scope)?;
    audit::record(&scope, Event::Exported).await?;
    Ok(scope.commit().await?)
}

/// The document of the scope's person; a statement for each table, and one for each of its columns that stand for
/// something of everybody's. Hand in a snapshot, so that all of it is of one moment. An error while the vault is locked.
pub async fn write(scope: &Scope, identity: &Identity) -> Result<String, Error> {
    check_open(scope)?;
    let mut opener = Opener::new(scope, address::all(scope, identity).await?);
    let at = scope.now().format(&Rfc3339);
    let at = at.map_err(|_| Error::Corrupt("a time that cannot be written"))?;
    let mut text = String::from("{\n");
    member(&mut text, "version", &json!(VERSION));
    member(&mut text, "form", &json!(FORM));
    member(&mut text, "exportedAt", &json!(at));
    member(&mut text, "user", &json!(scope.user().to_string()));
    text.push_str("\"tables\": {");
    for (number, taken) in TAKEN.iter().enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        text.push_str(&json!(taken.table).to_string());
        text.push_str(": ");
        list(&mut text, &opener.rows(taken).await?);
    }
    text.push_str("\n},\n\"locked\": ");
    list(&mut text, &opener.locked);
    text.push_str(",\n\"leftOut\": ");
    list(&mut text, &left_out());
    text.push_str("\n}\n");
    Ok(text)
}

fn check_open(scope: &Scope) -> Result<(), Error> {
    let present = scope.vault().generation();
    present.map_err(|_| dreamtree_workbook::Error::Shut)?;
    Ok(())
}

fn member(text: &mut String, name: &str, value: &Json) {
    text.push_str(&json!(name).to_string());
    text.push_str(": ");
    text.push_str(&value.to_string());
    text.push_str(",\n");
}

/// An entry a line.
fn list(text: &mut String, entries: &[Json]) {
    text.push('[');
    for (number, entry) in entries.iter().enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        text.push_str(&entry.to_string());
    }
    text.push_str(if entries.is_empty() { "]" } else { "\n]" });
}
