//! Credentials that partners were given of people's results.

use crate::step::{Step, Table, owned};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0021_partner_credentials",
    tables: TABLES,
};

const TABLES: &[Table] = &[owned("partner_credentials", PARTNER_CREDENTIALS)];

/// The credential of one user's present result that a partner was given, as it was signed, and where its status stands: one
/// at a time for each grant, which it goes with. Without a foreign key to the grant, which is sharded by partner.
const PARTNER_CREDENTIALS: &str = "
CREATE TABLE partner_credentials (
    user_id {uuid} NOT NULL,
    grant_id {uuid} NOT NULL,
    result_digest text NOT NULL,
    document text NOT NULL,
    status_list integer NOT NULL,
    status_position integer NOT NULL,
    valid_from {time} NOT NULL,
    valid_until {time} NOT NULL,
    CONSTRAINT pk_partner_credentials PRIMARY KEY (user_id, grant_id),
    CONSTRAINT ck_partner_credentials_valid CHECK (valid_from < valid_until),
    CONSTRAINT fk_partner_credentials_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
";
