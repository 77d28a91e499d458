//! Reference data: personality types, competencies with their levels, and the list of skills.

use crate::step::{Step, Table, shared};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0001_reference",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    shared("personality_types", PERSONALITY_TYPES),
    shared("competencies", COMPETENCIES),
    shared("competency_levels", COMPETENCY_LEVELS),
    shared("skills", SKILLS),
];

/// The sixteen types, by their four letters.
const PERSONALITY_TYPES: &str = "
CREATE TABLE personality_types (
    code text NOT NULL,
    name text NOT NULL,
    summary text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_personality_types PRIMARY KEY (code)
);
";

/// What people rate themselves in; `relevant_modules` is a JSON array.
const COMPETENCIES: &str = "
CREATE TABLE competencies (
    id {uuid} NOT NULL,
    name text NOT NULL,
    definition text NOT NULL,
    category text NOT NULL,
    sort_order integer NOT NULL,
    relevant_modules text,
    is_active boolean NOT NULL,
    CONSTRAINT pk_competencies PRIMARY KEY (id),
    CONSTRAINT ck_competencies_category
        CHECK (category IN ('delivery', 'interpersonal', 'strategic'))
);
CREATE INDEX idx_competencies_category ON competencies (category, sort_order);
";

/// Five descriptions per competency, lowest level first.
const COMPETENCY_LEVELS: &str = "
CREATE TABLE competency_levels (
    id {uuid} NOT NULL,
    competency_id {uuid} NOT NULL,
    level integer NOT NULL,
    description text NOT NULL,
    job_context text,
    is_active boolean NOT NULL,
    CONSTRAINT pk_competency_levels PRIMARY KEY (id),
    CONSTRAINT uq_competency_levels_level UNIQUE (competency_id, level),
    CONSTRAINT ck_competency_levels_level CHECK (level BETWEEN 1 AND 5),
    CONSTRAINT fk_competency_levels_competency
        FOREIGN KEY (competency_id) REFERENCES competencies (id)
);
CREATE INDEX idx_competency_levels_competency ON competency_levels (competency_id);
";

/// The master list; what a user adds stands in `user_custom_skills`.
const SKILLS: &str = "
CREATE TABLE skills (
    id {uuid} NOT NULL,
    name text NOT NULL,
    category text,
    is_active boolean NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_skills PRIMARY KEY (id),
    CONSTRAINT ck_skills_category
        CHECK (category IN ('transferable', 'self_management', 'knowledge'))
);
CREATE INDEX idx_skills_category ON skills (category);
CREATE INDEX idx_skills_name ON skills (name);
";
