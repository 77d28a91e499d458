//! Passkeys: keys on people's devices that they sign in with, and the challenges that go before.

use crate::step::{Step, Table, directory, owned, service};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0014_passkeys",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("passkeys", PASSKEYS),
    owned("passkey_registrations", PASSKEY_REGISTRATIONS),
    directory("passkey_directory", PASSKEY_DIRECTORY),
    service("passkey_challenges", PASSKEY_CHALLENGES),
];

/// Public keys of passkeys. Where one opens the vault, its wrap is the row of `user_keys` with the same id.
const PASSKEYS: &str = "
CREATE TABLE passkeys (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    credential_id text NOT NULL,
    credential text NOT NULL,
    name text NOT NULL,
    last_used_on {date},
    created_at {time} NOT NULL,
    CONSTRAINT pk_passkeys PRIMARY KEY (user_id, id),
    CONSTRAINT uq_passkeys_credential_id UNIQUE (user_id, credential_id),
    CONSTRAINT fk_passkeys_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// The registration that a user has begun last; a finished one is gone.
const PASSKEY_REGISTRATIONS: &str = "
CREATE TABLE passkey_registrations (
    user_id {uuid} NOT NULL,
    state text NOT NULL,
    expires_at {time} NOT NULL,
    CONSTRAINT pk_passkey_registrations PRIMARY KEY (user_id),
    CONSTRAINT fk_passkey_registrations_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Finds the user of a credential, and makes credentials unique across users.
///
/// Without a foreign key, since it is sharded by credential: whoever deletes a user cleans it.
const PASSKEY_DIRECTORY: &str = "
CREATE TABLE passkey_directory (
    credential_hash text NOT NULL,
    user_id {uuid} NOT NULL,
    CONSTRAINT pk_passkey_directory PRIMARY KEY (credential_hash)
);
CREATE INDEX idx_passkey_directory_user ON passkey_directory (user_id);
";

/// Challenges of people who have yet to say who they are; one that was answered is gone.
const PASSKEY_CHALLENGES: &str = "
CREATE TABLE passkey_challenges (
    challenge text NOT NULL,
    state text NOT NULL,
    expires_at {time} NOT NULL,
    CONSTRAINT pk_passkey_challenges PRIMARY KEY (challenge)
);
CREATE INDEX idx_passkey_challenges_expires_at ON passkey_challenges (expires_at);
";
