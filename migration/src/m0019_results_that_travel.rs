//! Results that people take elsewhere: credentials, and secret addresses of pictures.

use crate::step::{Step, Table, directory, owned, service};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0019_results_that_travel",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_credentials", USER_CREDENTIALS),
    owned("user_shares", USER_SHARES),
    directory("credential_directory", CREDENTIAL_DIRECTORY),
    service("status_places", STATUS_PLACES),
    service("signing_keys", SIGNING_KEYS),
];

/// Credentials that one user had issued of their results and has not revoked: the signed text, and where its status stands.
const USER_CREDENTIALS: &str = "
CREATE TABLE user_credentials (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    subject {uuid} NOT NULL,
    result_digest text NOT NULL,
    document text NOT NULL,
    status_list integer NOT NULL,
    status_position integer NOT NULL,
    valid_from {time} NOT NULL,
    valid_until {time} NOT NULL,
    CONSTRAINT pk_user_credentials PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_credentials_result UNIQUE (user_id, result_digest),
    CONSTRAINT ck_user_credentials_valid CHECK (valid_from < valid_until),
    CONSTRAINT fk_user_credentials_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Secret addresses under which others see a picture of one user's results, or of what one attempt of theirs has reached; only
/// hashes of the secrets.
const USER_SHARES: &str = "
CREATE TABLE user_shares (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    token_hash text NOT NULL,
    kind text NOT NULL,
    attempt_id {uuid},
    expires_at {time} NOT NULL,
    opened_on {date},
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_shares PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_shares_token_hash UNIQUE (user_id, token_hash),
    CONSTRAINT ck_user_shares_attempt
        CHECK ((kind = 'attempt_bars') = (attempt_id IS NOT NULL)),
    CONSTRAINT fk_user_shares_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_shares_attempt FOREIGN KEY (user_id, attempt_id)
        REFERENCES user_attempts (user_id, id) ON DELETE CASCADE
);
";

/// Which places of which status list are those of credentials in force. Whatever is not here is revoked.
///
/// Without a foreign key, since it is sharded by list: whoever deletes a user cleans it.
const CREDENTIAL_DIRECTORY: &str = "
CREATE TABLE credential_directory (
    status_list integer NOT NULL,
    status_position integer NOT NULL,
    user_id {uuid} NOT NULL,
    CONSTRAINT pk_credential_directory PRIMARY KEY (status_list, status_position)
);
CREATE INDEX idx_credential_directory_user ON credential_directory (user_id);
";

/// Places of status lists that were ever given to a credential: none is given twice, or one that was revoked would be in
/// force again. Nothing says to whom.
const STATUS_PLACES: &str = "
CREATE TABLE status_places (
    status_list integer NOT NULL,
    status_position integer NOT NULL,
    CONSTRAINT pk_status_places PRIMARY KEY (status_list, status_position)
);
";

/// The public halves of all keys that have signed something that is still in force, of every server.
const SIGNING_KEYS: &str = "
CREATE TABLE signing_keys (
    ed25519 text NOT NULL,
    p256 text NOT NULL,
    signs_until {time} NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_signing_keys PRIMARY KEY (ed25519)
);
";
