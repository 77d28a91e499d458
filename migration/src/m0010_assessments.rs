//! Self-assessment: the current score in each competency, and all earlier ones.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0010_assessments",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_competency_scores", USER_COMPETENCY_SCORES),
    owned("user_competency_history", USER_COMPETENCY_HISTORY),
];

/// The level that a user chose last.
const USER_COMPETENCY_SCORES: &str = "
CREATE TABLE user_competency_scores (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    competency_id {uuid} NOT NULL,
    score integer NOT NULL,
    assessed_at {time} NOT NULL,
    CONSTRAINT pk_user_competency_scores PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_competency_scores_competency UNIQUE (user_id, competency_id),
    CONSTRAINT ck_user_competency_scores_score CHECK (score BETWEEN 1 AND 5),
    CONSTRAINT fk_user_competency_scores_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_competency_scores_competency
        FOREIGN KEY (competency_id) REFERENCES competencies (id)
);
CREATE INDEX idx_user_competency_scores_user ON user_competency_scores (user_id);
";

/// Every level that a user ever chose, so that growth can be shown.
const USER_COMPETENCY_HISTORY: &str = "
CREATE TABLE user_competency_history (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    competency_id {uuid} NOT NULL,
    score integer NOT NULL,
    assessed_at {time} NOT NULL,
    CONSTRAINT pk_user_competency_history PRIMARY KEY (user_id, id),
    CONSTRAINT ck_user_competency_history_score CHECK (score BETWEEN 1 AND 5),
    CONSTRAINT fk_user_competency_history_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_competency_history_competency
        FOREIGN KEY (competency_id) REFERENCES competencies (id)
);
CREATE INDEX idx_user_competency_history_competency
    ON user_competency_history (user_id, competency_id, assessed_at);
";
