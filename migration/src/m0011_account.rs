//! What an account needs to be lost and found again: mail that waits, tokens that mails carry, keys of earlier
//! generations and the passwords that still open them.

use crate::step::{Step, Table, owned, service};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0011_account",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    owned("user_mail_tokens", USER_MAIL_TOKENS),
    owned("user_former_passwords", USER_FORMER_PASSWORDS),
    owned("user_earlier_keys", USER_EARLIER_KEYS),
    service("pending_addresses", PENDING_ADDRESSES),
    service("outbox", OUTBOX),
];

/// Tokens that were mailed, until they are used or end; only their hashes. `email_id` is the address that the token
/// went to.
const USER_MAIL_TOKENS: &str = "
CREATE TABLE user_mail_tokens (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    email_id {uuid} NOT NULL,
    purpose text NOT NULL,
    token_hash text NOT NULL,
    created_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    CONSTRAINT pk_user_mail_tokens PRIMARY KEY (user_id, id),
    CONSTRAINT uq_user_mail_tokens_token_hash UNIQUE (user_id, token_hash),
    CONSTRAINT ck_user_mail_tokens_purpose CHECK (purpose IN ('confirm', 'reset')),
    CONSTRAINT fk_user_mail_tokens_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_mail_tokens_email
        FOREIGN KEY (user_id, email_id) REFERENCES emails (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_user_mail_tokens_email ON user_mail_tokens (user_id, email_id);
";

/// The records of passwords that were reset, each as long as it is one of the ways to the data key of its generation.
const USER_FORMER_PASSWORDS: &str = "
CREATE TABLE user_former_passwords (
    user_id {uuid} NOT NULL,
    generation integer NOT NULL,
    password_hash text NOT NULL,
    replaced_at {time} NOT NULL,
    CONSTRAINT pk_user_former_passwords PRIMARY KEY (user_id, generation),
    CONSTRAINT ck_user_former_passwords_generation CHECK (generation >= 1),
    CONSTRAINT fk_user_former_passwords_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Data keys of earlier generations that were unlocked again, each sealed under the key of a later generation.
const USER_EARLIER_KEYS: &str = "
CREATE TABLE user_earlier_keys (
    user_id {uuid} NOT NULL,
    generation integer NOT NULL,
    opened_by integer NOT NULL,
    wrapped_key text NOT NULL,
    created_at {time} NOT NULL,
    CONSTRAINT pk_user_earlier_keys PRIMARY KEY (user_id, generation),
    CONSTRAINT ck_user_earlier_keys_generation CHECK (generation >= 1),
    CONSTRAINT ck_user_earlier_keys_opened_by CHECK (opened_by > generation),
    CONSTRAINT fk_user_earlier_keys_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";

/// Who claimed an address last and has not confirmed it. Sign-in looks here after `login_directory`.
///
/// Without a foreign key, since it is sharded by address; an entry whose user is gone finds nobody.
const PENDING_ADDRESSES: &str = "
CREATE TABLE pending_addresses (
    email_hash text NOT NULL,
    user_id {uuid} NOT NULL,
    claimed_at {time} NOT NULL,
    CONSTRAINT pk_pending_addresses PRIMARY KEY (email_hash)
);
CREATE INDEX idx_pending_addresses_user ON pending_addresses (user_id);
";

/// Mail that waits to be sent. `letter` is the addressee and all that the text depends on, sealed under the server
/// key; it is null once the mail was given up. What was sent is deleted.
const OUTBOX: &str = "
CREATE TABLE outbox (
    id {uuid} NOT NULL,
    kind text NOT NULL,
    letter text,
    attempts integer NOT NULL,
    next_attempt_at {time} NOT NULL,
    created_at {time} NOT NULL,
    failed_at {time},
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT ck_outbox_attempts CHECK (attempts >= 0),
    CONSTRAINT ck_outbox_failed CHECK ((letter IS NULL) = (failed_at IS NOT NULL))
);
CREATE INDEX idx_outbox_due ON outbox (next_attempt_at) WHERE failed_at IS NULL;
";
