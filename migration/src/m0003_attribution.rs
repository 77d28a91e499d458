//! Attribution: the works that the workbook stands on, and where it uses them.

use crate::step::{Step, Table, shared};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0003_attribution",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    shared("references", REFERENCES),
    shared("content_sources", CONTENT_SOURCES),
];

/// Cited works, numbered by first appearance; `metadata` is JSON. The name is a reserved word.
const REFERENCES: &str = r#"
CREATE TABLE "references" (
    id {uuid} NOT NULL,
    citation_number integer NOT NULL,
    author_surname text NOT NULL,
    full_citation text NOT NULL,
    short_citation text NOT NULL,
    category text,
    metadata text,
    is_active boolean NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_references PRIMARY KEY (id),
    CONSTRAINT uq_references_citation_number UNIQUE (citation_number)
);
CREATE INDEX idx_references_citation_number ON "references" (citation_number);
CREATE INDEX idx_references_author_surname ON "references" (author_surname);
"#;

/// Which exercise uses which work, and how.
const CONTENT_SOURCES: &str = r#"
CREATE TABLE content_sources (
    id {uuid} NOT NULL,
    exercise_id text NOT NULL,
    reference_id {uuid} NOT NULL,
    usage_type text NOT NULL,
    notes text,
    is_active boolean NOT NULL,
    CONSTRAINT pk_content_sources PRIMARY KEY (id),
    CONSTRAINT ck_content_sources_usage_type CHECK (usage_type IN
        ('direct_quote', 'framework', 'concept', 'adaptation', 'inspiration')),
    CONSTRAINT fk_content_sources_reference
        FOREIGN KEY (reference_id) REFERENCES "references" (id)
);
CREATE INDEX idx_content_sources_exercise ON content_sources (exercise_id);
CREATE INDEX idx_content_sources_reference ON content_sources (reference_id);
"#;
