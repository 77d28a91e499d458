//! Reference data: personality types, competencies with their levels, and the list of skills.

use crate::step::{Step, Table, curated, shared};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0001_reference",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    shared("personality_types", PERSONALITY_TYPES),
    shared("competencies", COMPETENCIES),
    shared("competency_levels", COMPETENCY_LEVELS),
    curated("skills", SKILLS),
    curated("skill_proposals", SKILL_PROPOSALS),
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

/// The master list, from the authors' files or approved by an operator; what a user adds stands in
/// `user_custom_skills`. One that was merged into another (`merged_into`, without a foreign key, which would run in
/// a circle) is not active.
const SKILLS: &str = "
CREATE TABLE skills (
    id {uuid} NOT NULL,
    name text NOT NULL,
    category text,
    origin text NOT NULL,
    merged_into {uuid},
    is_active boolean NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_skills PRIMARY KEY (id),
    CONSTRAINT ck_skills_category
        CHECK (category IN ('transferable', 'self_management', 'knowledge')),
    CONSTRAINT ck_skills_origin CHECK (origin IN ('edition', 'review')),
    CONSTRAINT ck_skills_merged_into CHECK (merged_into <> id)
);
CREATE INDEX idx_skills_category ON skills (category);
CREATE INDEX idx_skills_name ON skills (name);
";

/// Names that people gave skills of their own, each once and without a trace of whose they are: the id follows from
/// name and category, and there is a day, but no time. `skill_id` is the listed skill that the name stands for.
const SKILL_PROPOSALS: &str = "
CREATE TABLE skill_proposals (
    id {uuid} NOT NULL,
    name text NOT NULL,
    folded_name text NOT NULL,
    category text,
    status text NOT NULL,
    proposed_on {date} NOT NULL,
    decided_at {time},
    skill_id {uuid},
    note text,
    CONSTRAINT pk_skill_proposals PRIMARY KEY (id),
    CONSTRAINT uq_skill_proposals_name UNIQUE (folded_name, category),
    CONSTRAINT ck_skill_proposals_category
        CHECK (category IN ('transferable', 'self_management', 'knowledge')),
    CONSTRAINT ck_skill_proposals_status CHECK (status IN ('pending', 'approved', 'rejected')),
    CONSTRAINT ck_skill_proposals_decided_at CHECK ((status = 'pending') = (decided_at IS NULL)),
    CONSTRAINT ck_skill_proposals_skill CHECK ((status = 'approved') = (skill_id IS NOT NULL)),
    CONSTRAINT fk_skill_proposals_skill FOREIGN KEY (skill_id) REFERENCES skills (id)
);
CREATE INDEX idx_skill_proposals_queue ON skill_proposals (status, proposed_on, id);
";
