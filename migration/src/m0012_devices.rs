//! Devices: the second factor of a sign-in, how often something was tried, and whose sessions have to be looked after.

use crate::step::{Step, Table, owned, service};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0012_devices",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_totp", USER_TOTP),
    owned("user_backup_codes", USER_BACKUP_CODES),
    owned("sign_in_challenges", SIGN_IN_CHALLENGES),
    service("rate_limits", RATE_LIMITS),
    service("housekeeping", HOUSEKEEPING),
];

/// The secret that a program on one user's phone makes codes of, sealed under a key of the server; and the one that is
/// to take its place, until a code proves that the phone has it.
const USER_TOTP: &str = "
CREATE TABLE user_totp (
    user_id {uuid} NOT NULL,
    secret text,
    last_step bigint NOT NULL,
    confirmed_at {time},
    pending_secret text,
    pending_at {time},
    CONSTRAINT pk_user_totp PRIMARY KEY (user_id),
    CONSTRAINT ck_user_totp_confirmed CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
    CONSTRAINT ck_user_totp_pending CHECK ((pending_secret IS NULL) = (pending_at IS NULL)),
    CONSTRAINT fk_user_totp_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Codes for the day on which the phone is lost; only their hashes, each good for one sign-in.
const USER_BACKUP_CODES: &str = "
CREATE TABLE user_backup_codes (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    code_hash text NOT NULL,
    used_at {time},
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_backup_codes PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_backup_codes_code_hash UNIQUE (user_id, code_hash),
    CONSTRAINT fk_user_backup_codes_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Sign-ins that wait for their second factor. The data key is wrapped under a token that only the client has.
const SIGN_IN_CHALLENGES: &str = "
CREATE TABLE sign_in_challenges (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    token_hash text NOT NULL,
    wrapped_key text NOT NULL,
    generation integer NOT NULL,
    attempts integer NOT NULL,
    created_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    CONSTRAINT pk_sign_in_challenges PRIMARY KEY (user_id, id),
    CONSTRAINT uq_sign_in_challenges_token_hash UNIQUE (user_id, token_hash),
    CONSTRAINT ck_sign_in_challenges_generation CHECK (generation >= 1),
    CONSTRAINT ck_sign_in_challenges_attempts CHECK (attempts >= 0),
    CONSTRAINT fk_sign_in_challenges_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// How often something was tried of late; `bucket` is a keyed hash of what and by whom, `free_at` milliseconds since
/// 1970. A row whose `free_at` has passed says what no row says.
const RATE_LIMITS: &str = "
CREATE TABLE rate_limits (
    bucket text NOT NULL,
    free_at bigint NOT NULL,
    refused boolean NOT NULL,
    CONSTRAINT pk_rate_limits PRIMARY KEY (bucket)
);
CREATE INDEX idx_rate_limits_free_at ON rate_limits (free_at);
";

/// When one user's sessions have to be looked after next; a row for everybody who has some.
const HOUSEKEEPING: &str = "
CREATE TABLE housekeeping (
    user_id {uuid} NOT NULL,
    due_at {time} NOT NULL,
    CONSTRAINT pk_housekeeping PRIMARY KEY (user_id)
);
CREATE INDEX idx_housekeeping_due_at ON housekeeping (due_at);
";
