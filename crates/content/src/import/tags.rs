//! Skill tags: `name`, `competency_area`, `assessment_level`, and what is said about them: `weakness`, `strength`,
//! `action_text`.

use super::{
    known::{Known, list, refuse, slug},
    write::{Entries, Entry},
};
use crate::csv_set::{Cells, Reading, Shape};

/// The columns of the file.
pub(super) const SHAPE: Shape = Shape {
    required: &[
        "name",
        "competency_area",
        "assessment_level",
        "weakness",
        "strength",
        "action_text",
    ],
    optional: &[
        "id",
        "key",
        "framework",
        "sort_order",
        "is_active",
        "created_at",
    ],
};

/// Adds the tag of a row.
pub(super) fn tag(cells: &mut Cells<'_>, known: &Known, entries: &mut Entries) -> Reading<()> {
    if !cells.flag("is_active", true)? {
        entries.skip();
        return Ok(());
    }
    let stage = Known::stage(cells)?;
    let assessment = known.assessment(cells, stage)?;
    let mut competencies = Vec::new();
    for area in list(&cells.text("competency_area")?) {
        competencies.push(known.competency(cells, assessment, &area)?.to_owned());
    }
    let name = cells.text("name")?;
    let given = cells.optional("key").or_else(|| cells.optional("id"));
    let key = given.map_or_else(
        || {
            let (framework, level) = stage;
            format!("{}-{level}-{}", framework.as_str(), slug(&name))
        },
        |key| key.trim().to_lowercase(),
    );
    let (weakness, strength) = (cells.text("weakness")?, cells.text("strength")?);
    let action = cells.text("action_text")?;
    if known.has("skill_tag", &key) || known.tag(stage, &name).is_some() {
        entries.skip();
        return Ok(());
    }
    let entry = Entry::new("skill_tag")
        .text("key", &key)
        .text("name", &name)
        .text("framework", stage.0.as_str())
        .number("level", stage.1)
        .list("competencies", &competencies)
        .text("weakness", &weakness)
        .text("strength", &strength)
        .text("action", &action);
    if !entries.add("skill-tags.toml", "skill_tag", &key, &entry) {
        let message = format!("another row has the key {key} already");
        return Err(refuse(cells, "duplicate-key", message));
    }
    Ok(())
}
