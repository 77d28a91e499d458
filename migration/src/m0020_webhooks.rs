//! Webhooks: where partners want to be told that something has changed, and what is on its way there.

use crate::step::{Step, Table, service};

/// The tables of this step.
pub(crate) const STEP: Step = Step {
    name: "m0020_webhooks",
    tables: TABLES,
};

const TABLES: &[Table] = &[
    service("partner_webhooks", PARTNER_WEBHOOKS),
    service("webhook_deliveries", WEBHOOK_DELIVERIES),
];

/// Where a partner is told, one place for each. `events` are divided by blanks; `secret` and the one before it are sealed
/// under a key of the server. `gone` is what the place has said itself.
const PARTNER_WEBHOOKS: &str = "
CREATE TABLE partner_webhooks (
    partner_id {uuid} NOT NULL,
    url text NOT NULL,
    events text NOT NULL,
    state text NOT NULL,
    secret text NOT NULL,
    former_secret text,
    former_until {time},
    failing_since {time},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    CONSTRAINT pk_partner_webhooks PRIMARY KEY (partner_id),
    CONSTRAINT ck_partner_webhooks_state CHECK (state IN ('on', 'off', 'gone')),
    CONSTRAINT ck_partner_webhooks_former CHECK ((former_secret IS NULL) = (former_until IS NULL))
);
";

/// Messages to partners, on their way or arrived. `body` is what is sent, byte for byte, and is taken away once it has
/// arrived. `grant_id` is the consent that it is about, and nobody's id; a message to try the place out is about none.
const WEBHOOK_DELIVERIES: &str = "
CREATE TABLE webhook_deliveries (
    partner_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    event text NOT NULL,
    grant_id {uuid},
    body text,
    attempts integer NOT NULL,
    next_attempt_at {time} NOT NULL,
    last_status integer,
    last_fault text,
    created_at {time} NOT NULL,
    delivered_at {time},
    failed_at {time},
    CONSTRAINT pk_webhook_deliveries PRIMARY KEY (partner_id, id),
    CONSTRAINT ck_webhook_deliveries_attempts CHECK (attempts >= 0),
    CONSTRAINT ck_webhook_deliveries_body CHECK ((body IS NULL) = (delivered_at IS NOT NULL)),
    CONSTRAINT ck_webhook_deliveries_end CHECK (delivered_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX idx_webhook_deliveries_due ON webhook_deliveries (next_attempt_at)
    WHERE delivered_at IS NULL AND failed_at IS NULL;
CREATE INDEX idx_webhook_deliveries_grant ON webhook_deliveries (partner_id, grant_id);
CREATE INDEX idx_webhook_deliveries_created_at ON webhook_deliveries (created_at);
";
