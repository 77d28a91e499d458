//! Accounts: users, how they come back, what opens their data key, and how far they are.

use crate::step::{Step, Table, appended, directory, owned, shared};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0004_accounts",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("users", USERS),
    owned("auth", AUTH),
    owned("emails", EMAILS),
    owned("sessions", SESSIONS),
    owned("user_settings", USER_SETTINGS),
    owned("user_keys", USER_KEYS),
    owned("user_modules", USER_MODULES),
    owned("user_calendar_feeds", USER_CALENDAR_FEEDS),
    appended("user_terms", USER_TERMS),
    shared("operators", OPERATORS),
    directory("login_directory", LOGIN_DIRECTORY),
];

/// One row per visitor from the first visit on.
const USERS: &str = "
CREATE TABLE users (
    id {uuid} NOT NULL,
    is_anonymous boolean NOT NULL,
    workbook_complete boolean NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id)
);
";

/// Credentials of a claimed account; the verifier, never the password.
const AUTH: &str = "
CREATE TABLE auth (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    type text NOT NULL,
    password_hash text,
    wrapped_data_key text,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_auth PRIMARY KEY (user_id, id),
    CONSTRAINT uq_auth_type UNIQUE (user_id, type),
    CONSTRAINT ck_auth_type CHECK (type IN ('password')),
    CONSTRAINT fk_auth_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_auth_user_id ON auth (user_id);
";

/// Addresses, sealed under the server key; `email_hash` is the blind index in hex.
const EMAILS: &str = "
CREATE TABLE emails (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    email text NOT NULL,
    email_hash text NOT NULL,
    is_active boolean NOT NULL,
    confirmed_at {time},
    added_at {time} NOT NULL,
    CONSTRAINT pk_emails PRIMARY KEY (user_id, id),
    CONSTRAINT uq_emails_email_hash UNIQUE (user_id, email_hash),
    CONSTRAINT fk_emails_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_emails_user_id ON emails (user_id);
CREATE UNIQUE INDEX idx_emails_one_active ON emails (user_id) WHERE is_active;
";

/// Signed-in browsers; only the hash of the cookie's secret is kept.
const SESSIONS: &str = "
CREATE TABLE sessions (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    token_hash text NOT NULL,
    device text,
    authenticated_at {time},
    created_at {time} NOT NULL,
    last_seen_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (user_id, id),
    CONSTRAINT uq_sessions_token_hash UNIQUE (user_id, token_hash),
    CONSTRAINT fk_sessions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);
";

/// How the pages look, and in which language they speak to one user.
const USER_SETTINGS: &str = "
CREATE TABLE user_settings (
    user_id {uuid} NOT NULL,
    background_color text NOT NULL,
    text_color text NOT NULL,
    font text NOT NULL,
    text_size text NOT NULL,
    reduced_motion boolean,
    display_name text,
    time_zone text NOT NULL,
    language text NOT NULL,
    personality_type text,
    revision integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_user_settings PRIMARY KEY (user_id),
    CONSTRAINT fk_user_settings_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_settings_personality_type
        FOREIGN KEY (personality_type) REFERENCES personality_types (code)
);
";

/// The wrapped data key, one row per way to open it; a session's row goes with the session.
const USER_KEYS: &str = "
CREATE TABLE user_keys (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    method text NOT NULL,
    generation integer NOT NULL,
    session_id {uuid},
    wrapped_key text NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_keys PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_keys_session UNIQUE (user_id, session_id),
    CONSTRAINT ck_user_keys_method
        CHECK (method IN ('session', 'password', 'recovery', 'passkey')),
    CONSTRAINT ck_user_keys_generation CHECK (generation >= 1),
    CONSTRAINT ck_user_keys_session CHECK ((method = 'session') = (session_id IS NOT NULL)),
    CONSTRAINT fk_user_keys_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_keys_session
        FOREIGN KEY (user_id, session_id) REFERENCES sessions (user_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX idx_user_keys_one_per_method ON user_keys (user_id, method, generation)
    WHERE method IN ('password', 'recovery');
";

/// Progress by module, from the first edit on.
const USER_MODULES: &str = "
CREATE TABLE user_modules (
    user_id {uuid} NOT NULL,
    module_id text NOT NULL,
    first_completed_at {time},
    last_modified_at {time} NOT NULL,
    CONSTRAINT pk_user_modules PRIMARY KEY (user_id, module_id),
    CONSTRAINT fk_user_modules_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Secret addresses under which calendars read what one user has before them; only hashes of the secrets.
const USER_CALENDAR_FEEDS: &str = "
CREATE TABLE user_calendar_feeds (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    token_hash text NOT NULL,
    label text,
    fetched_on {date},
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_calendar_feeds PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_calendar_feeds_token_hash UNIQUE (user_id, token_hash),
    CONSTRAINT fk_user_calendar_feeds_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// The versions of the terms that a user has accepted; nothing of it is changed later.
const USER_TERMS: &str = "
CREATE TABLE user_terms (
    user_id {uuid} NOT NULL,
    version integer NOT NULL,
    accepted_at {time} NOT NULL,
    CONSTRAINT pk_user_terms PRIMARY KEY (user_id, version),
    CONSTRAINT fk_user_terms_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_terms_version FOREIGN KEY (version) REFERENCES terms (version)
);
";

/// Who reviews what people propose; named by the person who runs the server, never by the server.
///
/// Without a foreign key, since it is the same for everybody: a user who is gone operates nothing.
const OPERATORS: &str = "
CREATE TABLE operators (
    user_id {uuid} NOT NULL,
    added_at {time} NOT NULL,
    CONSTRAINT pk_operators PRIMARY KEY (user_id)
);
";

/// Finds the user of an address, and makes addresses unique across users.
///
/// Without a foreign key, since it is sharded by address: whoever deletes a user cleans it.
const LOGIN_DIRECTORY: &str = "
CREATE TABLE login_directory (
    email_hash text NOT NULL,
    user_id {uuid} NOT NULL,
    CONSTRAINT pk_login_directory PRIMARY KEY (email_hash)
);
CREATE INDEX idx_login_directory_user ON login_directory (user_id);
";
