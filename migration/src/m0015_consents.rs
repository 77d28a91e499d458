//! What people agree to beyond the terms, each kind by itself, and take back when they like.

use crate::step::{Step, Table, appended, shared};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0015_consents",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    shared("consents", CONSENTS),
    appended("user_consents", USER_CONSENTS),
];

/// The texts of consents, by kind and version; the active one of a kind is what people are asked.
const CONSENTS: &str = "
CREATE TABLE consents (
    kind text NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT pk_consents PRIMARY KEY (kind, version),
    CONSTRAINT ck_consents_version CHECK (version >= 1)
);
CREATE UNIQUE INDEX idx_consents_one_active ON consents (kind) WHERE is_active;
";

/// What a user has said to a kind, in order; nothing of it is changed later. Who takes a consent back says so in a row of
/// its own, which names the version that was agreed to.
const USER_CONSENTS: &str = "
CREATE TABLE user_consents (
    user_id {uuid} NOT NULL,
    kind text NOT NULL,
    number integer NOT NULL,
    version integer NOT NULL,
    is_given boolean NOT NULL,
    said_at {time} NOT NULL,
    CONSTRAINT pk_user_consents PRIMARY KEY (user_id, kind, number),
    CONSTRAINT ck_user_consents_number CHECK (number >= 1),
    CONSTRAINT fk_user_consents_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_consents_text
        FOREIGN KEY (kind, version) REFERENCES consents (kind, version)
);
";
