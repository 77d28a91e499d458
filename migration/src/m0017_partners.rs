//! Partners: whose programs read what people let them read, what they hold to do so, and whom they may read.

use crate::step::{Step, Table, curated, directory, service};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0017_partners",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    curated("partners", PARTNERS),
    directory("partner_grants", PARTNER_GRANTS),
    service("partner_codes", PARTNER_CODES),
    service("partner_tokens", PARTNER_TOKENS),
];

/// Partners as operators have registered them. `redirect_uris` and `scopes` are divided by blanks; a partner without a
/// `secret_hash` has a program that cannot keep a secret.
const PARTNERS: &str = "
CREATE TABLE partners (
    id {uuid} NOT NULL,
    name text NOT NULL,
    secret_hash text,
    redirect_uris text NOT NULL,
    scopes text NOT NULL,
    created_at {time} NOT NULL,
    closed_at {time},
    CONSTRAINT pk_partners PRIMARY KEY (id)
);
";

/// What a user lets a partner read, and the name under which the partner knows them.
///
/// Without a foreign key, since a partner looks here before anybody is known: whoever deletes a user cleans it. Keyed
/// by partner, which is what it is sharded by.
const PARTNER_GRANTS: &str = "
CREATE TABLE partner_grants (
    partner_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    subject text NOT NULL,
    scopes text NOT NULL,
    read_on {date},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_partner_grants PRIMARY KEY (partner_id, id),
    CONSTRAINT uq_partner_grants_subject UNIQUE (partner_id, subject)
);
CREATE INDEX idx_partner_grants_user ON partner_grants (user_id);
";

/// Codes on their way from the consent page to a partner. A used one stays for a while, so that the second use of it
/// shows. Whom it is about only the grant says.
const PARTNER_CODES: &str = "
CREATE TABLE partner_codes (
    partner_id {uuid} NOT NULL,
    code_hash text NOT NULL,
    grant_id {uuid} NOT NULL,
    family {uuid} NOT NULL,
    redirect_uri text NOT NULL,
    scopes text NOT NULL,
    challenge text NOT NULL,
    used_at {time},
    expires_at {time} NOT NULL,
    CONSTRAINT pk_partner_codes PRIMARY KEY (partner_id, code_hash)
);
CREATE INDEX idx_partner_codes_grant ON partner_codes (partner_id, grant_id);
CREATE INDEX idx_partner_codes_expires_at ON partner_codes (expires_at);
";

/// Tokens of partners; only their hashes. All that came of one code are a family, and end together. A used refresh
/// token stays for as long as it would have lasted, so that the second use of it shows. A token without a grant is about the
/// partner itself.
const PARTNER_TOKENS: &str = "
CREATE TABLE partner_tokens (
    partner_id {uuid} NOT NULL,
    token_hash text NOT NULL,
    kind text NOT NULL,
    family {uuid} NOT NULL,
    grant_id {uuid},
    scopes text NOT NULL,
    used_at {time},
    created_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    CONSTRAINT pk_partner_tokens PRIMARY KEY (partner_id, token_hash),
    CONSTRAINT ck_partner_tokens_kind CHECK (kind IN ('access', 'refresh')),
    CONSTRAINT ck_partner_tokens_used CHECK (used_at IS NULL OR kind = 'refresh'),
    CONSTRAINT ck_partner_tokens_grant CHECK (kind = 'access' OR grant_id IS NOT NULL)
);
CREATE INDEX idx_partner_tokens_family ON partner_tokens (partner_id, family);
CREATE INDEX idx_partner_tokens_grant ON partner_tokens (partner_id, grant_id);
CREATE INDEX idx_partner_tokens_expires_at ON partner_tokens (expires_at);
";
