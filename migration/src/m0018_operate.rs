//! What servers know of each other: which of their keys are in use, who is there, and who does what nobody asks for.

use crate::step::{Step, Table, service};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0018_operate",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    service("server_keys", SERVER_KEYS),
    service("servers", SERVERS),
    service("scheduled_jobs", SCHEDULED_JOBS),
];

/// The generations of the servers' own keys that were in use, the newest of which is; the keys themselves are never
/// here. `fingerprint` tells them from others.
const SERVER_KEYS: &str = "
CREATE TABLE server_keys (
    generation integer NOT NULL,
    fingerprint text NOT NULL,
    in_use_since {time} NOT NULL,
    CONSTRAINT pk_server_keys PRIMARY KEY (generation),
    CONSTRAINT ck_server_keys_generation CHECK (generation >= 1),
    CONSTRAINT ck_server_keys_fingerprint CHECK (length(fingerprint) = 64)
);
";

/// Servers that run, and those that were killed a while ago: which keys each knows, and with which it writes.
const SERVERS: &str = "
CREATE TABLE servers (
    id {uuid} NOT NULL,
    newest_keys integer NOT NULL,
    keys_in_use integer NOT NULL,
    seen_at {time} NOT NULL,
    CONSTRAINT pk_servers PRIMARY KEY (id),
    CONSTRAINT ck_servers_keys_in_use CHECK (keys_in_use BETWEEN 1 AND newest_keys)
);
";

/// What is to be done again and again by one server at a time. `runs` counts how often it was begun, and tells whoever
/// comes back late that somebody else has begun since.
const SCHEDULED_JOBS: &str = "
CREATE TABLE scheduled_jobs (
    name text NOT NULL,
    due_at {time} NOT NULL,
    holder {uuid},
    held_until {time},
    runs integer NOT NULL,
    finished_at {time},
    CONSTRAINT pk_scheduled_jobs PRIMARY KEY (name),
    CONSTRAINT ck_scheduled_jobs_held CHECK ((holder IS NULL) = (held_until IS NULL)),
    CONSTRAINT ck_scheduled_jobs_runs CHECK (runs >= 0)
);
";
