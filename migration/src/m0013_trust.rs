//! What happened to an account, so that nobody can take a line out of it unseen; and who is a visitor still.

use crate::step::{Step, Table, appended, directory, log};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0013_trust",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    appended("audit_events", AUDIT_EVENTS),
    directory("audit_heads", AUDIT_HEADS),
    log("audit_log", AUDIT_LOG),
    directory("visits", VISITS),
];

/// What happened to an account, in its order; each row's hash covers the one before. `checkpoint` is the newest
/// checkpoint of the log at the time, 0 before the first.
const AUDIT_EVENTS: &str = "
CREATE TABLE audit_events (
    user_id {uuid} NOT NULL,
    sequence integer NOT NULL,
    event text NOT NULL,
    actor text NOT NULL,
    session_id {uuid},
    detail text,
    checkpoint integer NOT NULL,
    occurred_at {time} NOT NULL,
    hash text NOT NULL,
    CONSTRAINT pk_audit_events PRIMARY KEY (user_id, sequence),
    CONSTRAINT ck_audit_events_sequence CHECK (sequence >= 1),
    CONSTRAINT ck_audit_events_actor CHECK (actor IN ('person', 'program', 'server')),
    CONSTRAINT ck_audit_events_hash CHECK (length(hash) = 64),
    CONSTRAINT fk_audit_events_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// How far each account's events go, for whoever checks all of them.
///
/// Without a foreign key, since it is read before anybody is known: whoever deletes a user cleans it.
const AUDIT_HEADS: &str = "
CREATE TABLE audit_heads (
    user_id {uuid} NOT NULL,
    sequence integer NOT NULL,
    hash text NOT NULL,
    CONSTRAINT pk_audit_heads PRIMARY KEY (user_id)
);
";

/// What happened that is nobody's: accounts that are gone, without a word about whose they were, and checkpoints
/// over all heads. Each row's hash covers the one before.
const AUDIT_LOG: &str = "
CREATE TABLE audit_log (
    sequence integer NOT NULL,
    kind text NOT NULL,
    chains integer,
    digest text,
    occurred_at {time} NOT NULL,
    hash text NOT NULL,
    CONSTRAINT pk_audit_log PRIMARY KEY (sequence),
    CONSTRAINT ck_audit_log_sequence CHECK (sequence >= 1),
    CONSTRAINT ck_audit_log_kind CHECK (kind IN ('checkpoint', 'account_deleted', 'visitor_swept')),
    CONSTRAINT ck_audit_log_chains CHECK ((kind = 'checkpoint') = (chains IS NOT NULL)),
    CONSTRAINT ck_audit_log_hash CHECK (length(hash) = 64)
);
CREATE INDEX idx_audit_log_kind ON audit_log (kind, sequence);
";

/// Visitors who have not claimed their work, and the day on which to look whether they ever came back.
///
/// Without a foreign key, since it is read before anybody is known: whoever deletes a user cleans it.
const VISITS: &str = "
CREATE TABLE visits (
    user_id {uuid} NOT NULL,
    look_on {date} NOT NULL,
    CONSTRAINT pk_visits PRIMARY KEY (user_id)
);
CREATE INDEX idx_visits_look_on ON visits (look_on);
";
