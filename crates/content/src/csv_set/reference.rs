//! `personality_types`, `competencies`, `competency_levels`, `skills`, `references`,
//! `content_sources`.

use super::{Cells, Reading, Shape, content::exercise};
use crate::{
    entity::{competency, competency_level, content_source, personality_type, reference, skill},
    review::EDITION,
};

pub(super) const PERSONALITY_TYPES: Shape = Shape {
    required: &["code", "name", "summary"],
    optional: &["is_active"],
};

pub(super) fn personality_type(cells: &mut Cells<'_>) -> Reading<personality_type::Model> {
    Ok(personality_type::Model {
        code: cells.text("code")?,
        name: cells.text("name")?,
        summary: cells.text("summary")?,
        is_active: cells.flag("is_active", true)?,
    })
}

pub(super) const COMPETENCIES: Shape = Shape {
    required: &["id", "name", "definition", "category", "sort_order"],
    optional: &["relevant_modules", "is_active"],
};

pub(super) fn competency(cells: &mut Cells<'_>) -> Reading<competency::Model> {
    Ok(competency::Model {
        id: cells.uuid("id", "competency")?,
        name: cells.text("name")?,
        definition: cells.text("definition")?,
        category: cells.text("category")?,
        sort_order: cells.number("sort_order")?,
        relevant_modules: cells.optional("relevant_modules"),
        is_active: cells.flag("is_active", true)?,
    })
}

pub(super) const COMPETENCY_LEVELS: Shape = Shape {
    required: &["id", "competency_id", "level", "description"],
    optional: &["job_context", "is_active"],
};

pub(super) fn competency_level(cells: &mut Cells<'_>) -> Reading<competency_level::Model> {
    Ok(competency_level::Model {
        id: cells.uuid("id", "level")?,
        competency_id: cells.uuid("competency_id", "competency")?,
        level: cells.number("level")?,
        description: cells.text("description")?,
        job_context: cells.optional("job_context"),
        is_active: cells.flag("is_active", true)?,
    })
}

/// The original sets tell custom skills from the master list in columns that mean nothing here.
pub(super) const SKILLS: Shape = Shape {
    required: &["id", "name"],
    optional: &[
        "category",
        "is_custom",
        "created_by",
        "review_status",
        "created_at",
        "is_active",
    ],
};

pub(super) fn skill(cells: &mut Cells<'_>) -> Reading<skill::Model> {
    Ok(skill::Model {
        id: cells.uuid("id", "skill")?,
        name: cells.text("name")?,
        category: cells.optional("category"),
        origin: EDITION.to_owned(),
        merged_into: None,
        is_active: cells.flag("is_active", true)?,
        created_at: cells.optional_time("created_at")?,
    })
}

pub(super) const REFERENCES: Shape = Shape {
    required: &[
        "id",
        "citation_number",
        "author_surname",
        "full_citation",
        "short_citation",
    ],
    optional: &["category", "metadata", "created_at", "is_active"],
};

pub(super) fn reference(cells: &mut Cells<'_>) -> Reading<reference::Model> {
    Ok(reference::Model {
        id: cells.uuid("id", "reference")?,
        citation_number: cells.number("citation_number")?,
        author_surname: cells.text("author_surname")?,
        full_citation: cells.text("full_citation")?,
        short_citation: cells.text("short_citation")?,
        category: cells.optional("category"),
        metadata: cells.optional("metadata"),
        is_active: cells.flag("is_active", true)?,
        created_at: cells.optional_time("created_at")?,
    })
}

pub(super) const CONTENT_SOURCES: Shape = Shape {
    required: &["id", "exercise_id", "reference_id", "usage_type"],
    optional: &["notes", "is_active"],
};

pub(super) fn content_source(cells: &mut Cells<'_>) -> Reading<content_source::Model> {
    Ok(content_source::Model {
        id: cells.uuid("id", "source")?,
        exercise_id: exercise(&cells.text("exercise_id")?),
        reference_id: cells.uuid("reference_id", "reference")?,
        usage_type: cells.text("usage_type")?,
        notes: cells.optional("notes"),
        is_active: cells.flag("is_active", true)?,
    })
}
