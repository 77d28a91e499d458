//! Things to learn from: `category_title`, `title`, `description`, `resource_type`, `assessment_level`; the rest may be left
//! out.

use super::{
    known::{Known, key, list, refuse},
    write::{Entries, Entry},
};
use crate::{
    coaching::ResourceType,
    csv_set::{Cells, Reading, Shape},
};

/// The columns of the file.
pub(super) const SHAPE: Shape = Shape {
    required: &[
        "category_title",
        "title",
        "description",
        "resource_type",
        "assessment_level",
    ],
    optional: &[
        "id",
        "key",
        "url",
        "author_instructor",
        "competency_areas",
        "is_active",
        "created_at",
        "year",
        "publisher",
        "journal",
        "minutes",
        "steps",
    ],
};

/// Adds the resource of a row.
pub(super) fn resource(cells: &mut Cells<'_>, known: &Known, entries: &mut Entries) -> Reading<()> {
    if !cells.flag("is_active", true)? {
        entries.skip();
        return Ok(());
    }
    let stage = Known::stage(cells)?;
    let assessment = known.assessment(cells, stage)?;
    let title = cells.text("category_title")?;
    let Some(category) = known.category(stage, &title) else {
        let message = format!("{title:?} is no category of learning.toml at this level");
        return Err(refuse(cells, "unknown-category", message));
    };
    // The category says what it is about; the row may not say otherwise.
    for area in list(&cells.optional("competency_areas").unwrap_or_default()) {
        known.competency(cells, assessment, &area)?;
    }
    let word = cells.text("resource_type")?;
    if ResourceType::parse(word.trim()).is_none() {
        let choices = ResourceType::choices();
        let message = format!("{word:?} is no resource_type; there are {choices}");
        return Err(refuse(cells, "unknown-word", message));
    }
    let (title, about) = (cells.text("title")?, cells.text("description")?);
    let (year, minutes) = (
        cells.optional_number("year")?,
        cells.optional_number("minutes")?,
    );
    let key = key(cells, &title);
    if known.has("resource", &key) {
        entries.skip();
        return Ok(());
    }
    let mut entry = Entry::new("resource")
        .text("key", &key)
        .text("kind", &word)
        .list("categories", &[category.to_owned()])
        .text("title", &title)
        .text("about", &about)
        .optional("author", cells.optional("author_instructor").as_ref())
        .optional("publisher", cells.optional("publisher").as_ref())
        .optional("journal", cells.optional("journal").as_ref())
        .optional("url", cells.optional("url").as_ref());
    for (name, number) in [("year", year), ("minutes", minutes)] {
        if let Some(number) = number {
            entry = entry.number(name, number);
        }
    }
    if let Some(steps) = cells.optional("steps") {
        entry = entry.list("steps", &list(&steps));
    }
    if !entries.add("learning.toml", "resource", &key, &entry) {
        let message = format!("another row has the key {key} already");
        return Err(refuse(cells, "duplicate-key", message));
    }
    Ok(())
}
