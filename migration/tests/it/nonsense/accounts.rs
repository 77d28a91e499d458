//! Of accounts: who somebody is, how they get in, and whom they let read.

pub(super) const REFUSED: &[(&str, &str, &str)] = &[
    (
        "uq_auth_type",
        "auth",
        "{user}, {other}, 'password', 'x', null, {now}, {now}",
    ),
    (
        "ck_auth_type",
        "auth",
        "{user}, {other}, 'wallet', null, null, {now}, {now}",
    ),
    (
        "idx_emails_one_active",
        "emails",
        "{user}, {other}, 'sealed', 'b', true, null, {now}",
    ),
    (
        "uq_emails_email_hash",
        "emails",
        "{user}, {other}, 'sealed', 'hash', false, null, {now}",
    ),
    (
        "uq_sessions_token_hash",
        "sessions",
        "{user}, {other}, 'hash', null, null, {now}, {now}, {now}",
    ),
    (
        "uq_user_backup_codes_code_hash",
        "user_backup_codes",
        "{user}, {other}, 'hash', null, {now}",
    ),
    (
        "uq_sign_in_challenges_token_hash",
        "sign_in_challenges",
        "{user}, {other}, 'hash', 'w', 1, 0, {now}, {now}",
    ),
    (
        "ck_sign_in_challenges_attempts",
        "sign_in_challenges",
        "{user}, {other}, 'other', 'w', 1, -1, {now}, {now}",
    ),
    (
        "ck_sign_in_challenges_generation",
        "sign_in_challenges",
        "{user}, {other}, 'other', 'w', 0, 0, {now}, {now}",
    ),
    (
        "pk_user_totp",
        "user_totp",
        "{user}, null, 0, null, null, null",
    ),
    ("pk_rate_limits", "rate_limits", "{user}, 2, true"),
    ("pk_housekeeping", "housekeeping", "{user}, {now}"),
    ("pk_server_keys", "server_keys", "1, '{hash}', {now}"),
    (
        "ck_server_keys_generation",
        "server_keys",
        "0, '{hash}', {now}",
    ),
    (
        "ck_server_keys_fingerprint",
        "server_keys",
        "2, 'short', {now}",
    ),
    ("ck_servers_keys_in_use", "servers", "{other}, 1, 2, {now}"),
    ("ck_servers_keys_in_use", "servers", "{other}, 1, 0, {now}"),
    (
        "pk_scheduled_jobs",
        "scheduled_jobs",
        "'sweep', {now}, null, null, 0, null",
    ),
    (
        "ck_scheduled_jobs_held",
        "scheduled_jobs",
        "'other', {now}, {id}, null, 0, null",
    ),
    (
        "ck_scheduled_jobs_held",
        "scheduled_jobs",
        "'other', {now}, null, {now}, 0, null",
    ),
    (
        "ck_scheduled_jobs_runs",
        "scheduled_jobs",
        "'other', {now}, null, null, -1, null",
    ),
    (
        "uq_user_calendar_feeds_token_hash",
        "user_calendar_feeds",
        "{user}, {other}, 'hash', null, null, {now}",
    ),
    (
        "uq_user_credentials_result",
        "user_credentials",
        "{user}, {other}, {id}, 'digest', '{}', 1, 8, {now}, '2027-02-03T04:05:06Z'",
    ),
    (
        "ck_user_credentials_valid",
        "user_credentials",
        "{user}, {other}, {id}, 'other', '{}', 1, 8, {now}, {now}",
    ),
    (
        "uq_user_shares_token_hash",
        "user_shares",
        "{user}, {other}, 'hash', 'competency_radar', null, {now}, null, {now}",
    ),
    (
        "ck_user_shares_attempt",
        "user_shares",
        "{user}, {other}, 'other', 'attempt_bars', null, {now}, null, {now}",
    ),
    (
        "ck_user_shares_attempt",
        "user_shares",
        "{user}, {other}, 'other', 'competency_radar', {id}, {now}, null, {now}",
    ),
    (
        "ck_partner_credentials_valid",
        "partner_credentials",
        "{user}, {other}, 'digest', '{}', 1, 9, {now}, {now}",
    ),
    ("pk_status_places", "status_places", "1, 7"),
    (
        "ck_user_keys_method",
        "user_keys",
        "{user}, {other}, 'magic', 1, null, 'w', {now}",
    ),
    (
        "ck_user_keys_session",
        "user_keys",
        "{user}, {other}, 'session', 1, null, 'w', {now}",
    ),
    (
        "ck_user_keys_session",
        "user_keys",
        "{user}, {other}, 'password', 1, {id}, 'w', {now}",
    ),
    (
        "ck_user_keys_generation",
        "user_keys",
        "{user}, {other}, 'passkey', 0, null, 'w', {now}",
    ),
    (
        "uq_user_keys_session",
        "user_keys",
        "{user}, {other}, 'session', 2, {id}, 'w', {now}",
    ),
    (
        "idx_user_keys_one_per_method",
        "user_keys",
        "{user}, {other}, 'recovery', 1, null, 'w', {now}",
    ),
    ("pk_login_directory", "login_directory", "{user}, {user}"),
    (
        "pk_pending_addresses",
        "pending_addresses",
        "{user}, {user}, {now}",
    ),
    (
        "uq_user_mail_tokens_token_hash",
        "user_mail_tokens",
        "{user}, {other}, {id}, 'confirm', 'hash', {now}, {now}",
    ),
    (
        "ck_user_mail_tokens_purpose",
        "user_mail_tokens",
        "{user}, {other}, {id}, 'marry', 'b', {now}, {now}",
    ),
    (
        "fk_user_mail_tokens_email",
        "user_mail_tokens",
        "{user}, {other}, {other}, 'reset', 'b', {now}, {now}",
    ),
    (
        "ck_user_former_passwords_generation",
        "user_former_passwords",
        "{user}, 0, 'record', {now}",
    ),
    (
        "ck_user_earlier_keys_opened_by",
        "user_earlier_keys",
        "{user}, 2, 2, 'wrap', {now}",
    ),
    (
        "ck_user_earlier_keys_generation",
        "user_earlier_keys",
        "{user}, 0, 2, 'wrap', {now}",
    ),
    (
        "ck_outbox_failed",
        "outbox",
        "{other}, 'reset_password', null, 9, {now}, {now}, null",
    ),
    (
        "ck_outbox_failed",
        "outbox",
        "{other}, 'reset_password', 'sealed', 9, {now}, {now}, {now}",
    ),
    (
        "ck_outbox_attempts",
        "outbox",
        "{other}, 'reset_password', 'sealed', -1, {now}, {now}, null",
    ),
    (
        "uq_passkeys_credential_id",
        "passkeys",
        "{user}, {other}, 'credential', '{}', 'Phone', null, {now}",
    ),
    (
        "pk_passkey_registrations",
        "passkey_registrations",
        "{user}, '{}', {now}",
    ),
    (
        "uq_partner_grants_subject",
        "partner_grants",
        "{id}, {other}, {user}, {user}, 'competency.read', null, {now}, {now}",
    ),
    (
        "pk_partner_codes",
        "partner_codes",
        "{id}, {user}, {user}, {id}, 'https://school.example/back', '', 'c', null, {now}",
    ),
    (
        "pk_partner_tokens",
        "partner_tokens",
        "{id}, {user}, 'access', {id}, null, '', null, {now}, {now}",
    ),
    (
        "ck_partner_tokens_kind",
        "partner_tokens",
        "{id}, {other}, 'code', {id}, {user}, '', null, {now}, {now}",
    ),
    (
        "ck_partner_tokens_used",
        "partner_tokens",
        "{id}, {other}, 'access', {id}, null, '', {now}, {now}, {now}",
    ),
    (
        "ck_partner_tokens_grant",
        "partner_tokens",
        "{id}, {other}, 'refresh', {id}, null, '', null, {now}, {now}",
    ),
    (
        "pk_partner_webhooks",
        "partner_webhooks",
        "{id}, 'https://hooks.example/', '', 'on', 'sealed', null, null, null, {now}, {now}",
    ),
    (
        "ck_partner_webhooks_state",
        "partner_webhooks",
        "{other}, 'https://hooks.example/', '', 'asleep', 'sealed', null, null, null, {now}, {now}",
    ),
    (
        "ck_partner_webhooks_former",
        "partner_webhooks",
        "{other}, 'https://hooks.example/', '', 'on', 'sealed', 'before', null, null, {now}, {now}",
    ),
    (
        "pk_webhook_deliveries",
        "webhook_deliveries",
        "{id}, {id}, 'grant.given', null, '{}', 0, {now}, null, null, {now}, null, null",
    ),
    (
        "ck_webhook_deliveries_attempts",
        "webhook_deliveries",
        "{id}, {other}, 'grant.given', null, '{}', -1, {now}, null, null, {now}, null, null",
    ),
    (
        "ck_webhook_deliveries_body",
        "webhook_deliveries",
        "{id}, {other}, 'grant.given', null, '{}', 1, {now}, null, null, {now}, {now}, null",
    ),
    (
        "ck_webhook_deliveries_body",
        "webhook_deliveries",
        "{id}, {other}, 'grant.given', null, null, 1, {now}, null, null, {now}, null, null",
    ),
    (
        "ck_webhook_deliveries_end",
        "webhook_deliveries",
        "{id}, {other}, 'grant.given', null, null, 1, {now}, null, null, {now}, {now}, {now}",
    ),
    (
        "pk_passkey_directory",
        "passkey_directory",
        "{user}, {user}",
    ),
    (
        "pk_passkey_challenges",
        "passkey_challenges",
        "{user}, '{}', {now}",
    ),
];
