//! Rows that no database may take, and rows near those that it must.

/// Rows that must be refused: by which constraint or index, in which table, with which values.
pub(crate) const REFUSED: &[(&str, &str, &str)] = &[
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
        "{user}, {other}, 'self', {id}, 'digest', '{}', 1, 8, {now}, '2027-02-03T04:05:06Z'",
    ),
    (
        "ck_user_credentials_valid",
        "user_credentials",
        "{user}, {other}, 'self', {id}, 'other', '{}', 1, 8, {now}, {now}",
    ),
    (
        "uq_user_shares_token_hash",
        "user_shares",
        "{user}, {other}, 'hash', 'competency_radar', {now}, null, {now}",
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
        "pk_passkey_directory",
        "passkey_directory",
        "{user}, {user}",
    ),
    (
        "pk_passkey_challenges",
        "passkey_challenges",
        "{user}, '{}', {now}",
    ),
    (
        "uq_user_tool_instances_stem",
        "user_tool_instances",
        "{user}, {other}, 1, 2, null, null, false, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_tool_instances_content_hash",
        "user_tool_instances",
        "{user}, {other}, 1, null, null, null, false, 'abc', null, 1, {now}, {now}",
    ),
    (
        "ck_user_tool_changes_slot",
        "user_tool_changes",
        "{user}, {id}, 100, 1, null, {now}",
    ),
    (
        "ck_user_skill_tags_one_target",
        "user_skill_tags",
        "{user}, {other}, {id}, {id}, {id}, 1, {now}",
    ),
    (
        "ck_user_skill_tags_one_target",
        "user_skill_tags",
        "{user}, {other}, null, null, {id}, 1, {now}",
    ),
    (
        "uq_user_skill_tags_instance",
        "user_skill_tags",
        "{user}, {other}, {id}, null, {id}, 2, {now}",
    ),
    (
        "uq_user_responses_stem",
        "user_responses",
        "{user}, {other}, 1, 1, null, null, null, false, null, 1, {now}, {now}",
    ),
    (
        "uq_user_checklists_item",
        "user_checklists",
        "{user}, {other}, 1, 1, null, 'one', true, {now}, {now}",
    ),
    (
        "uq_user_custom_skills_name",
        "user_custom_skills",
        "{user}, {other}, 'Juggling', null, {now}, {now}",
    ),
    (
        "ck_user_skills_one_skill",
        "user_skills",
        "{user}, {other}, null, null, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_skills_one_skill",
        "user_skills",
        "{user}, {other}, {id}, {other}, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "uq_user_skills_custom_skill",
        "user_skills",
        "{user}, {other}, null, {id}, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_skills_mastery",
        "user_skills",
        "{user}, {other}, {id}, null, null, 6, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_skills_rank",
        "user_skills",
        "{user}, {other}, {id}, null, null, 1, null, 0, 1, {now}, {now}",
    ),
    (
        "ck_user_locations_rank",
        "user_locations",
        "{user}, {other}, 'sealed', 0, null, null, null, 1, 1, {now}, {now}",
    ),
    (
        "idx_user_locations_rank",
        "user_locations",
        "{user}, {other}, 'sealed', 1, null, null, null, 1, 1, {now}, {now}",
    ),
    (
        "ck_user_companies_status",
        "user_companies",
        "{user}, {other}, 'T', 'SAVED', null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_contacts_relationship_status",
        "user_contacts",
        "{user}, {other}, null, 's', null, 'hot', null, null, 1, 1, {now}, {now}",
    ),
    (
        "ck_user_jobs_application_status",
        "user_jobs",
        "{user}, {other}, null, 'T', null, 'lost', null, 1, {now}, {now}",
    ),
    (
        "ck_user_status_changes_one_subject",
        "user_status_changes",
        "{user}, {other}, {id}, null, {id}, null, 'saved', null, null, {now}",
    ),
    (
        "ck_user_status_changes_one_subject",
        "user_status_changes",
        "{user}, {other}, null, null, null, null, 'saved', null, null, {now}",
    ),
    (
        "ck_user_status_changes_new_status",
        "user_status_changes",
        "{user}, {other}, {id}, null, null, 'closed', 'closed', null, null, {now}",
    ),
    (
        "ck_user_record_changes_new_value",
        "user_record_changes",
        "{user}, {other}, {id}, 'status', 'sent', 'sent', {now}",
    ),
    (
        "ck_user_records_key_generation",
        "user_records",
        "{user}, {other}, {id}, 1, '{}', 's', 0, 1, {now}, {now}",
    ),
    (
        "ck_user_comparisons_two",
        "user_comparisons",
        "{user}, 2, 1, {id}, {id}, {now}",
    ),
    (
        "ck_user_experiences_dates",
        "user_experiences",
        "{user}, {other}, 'T', null, 'job', '2020-01-02', '2020-01-01', null, 1, {now}, {now}",
    ),
    (
        "uq_user_experience_skills_custom_skill",
        "user_experience_skills",
        "{user}, {other}, {id}, null, {id}, {now}",
    ),
    (
        "ck_user_career_options_coherence_score",
        "user_career_options",
        "{user}, {other}, 'T', null, 2, 0, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_career_options_rank",
        "user_career_options",
        "{user}, {other}, 'T', null, 4, null, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "idx_user_career_options_rank",
        "user_career_options",
        "{user}, {other}, 'T', null, 1, null, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_milestones_year",
        "user_milestones",
        "{user}, {other}, null, 99999, null, 'T', null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_milestones_quarter",
        "user_milestones",
        "{user}, {other}, null, 2027, 5, 'T', null, null, 1, {now}, {now}",
    ),
    (
        "ck_user_budget_currency",
        "user_budget",
        "{user}, null, null, null, null, null, null, 'EU', 1, 1, {now}, {now}",
    ),
    (
        "ck_user_flow_logs_energy",
        "user_flow_logs",
        "{user}, {other}, null, 'Baking', 3, 5, '2026-02-03', null, 1, {now}, {now}",
    ),
    (
        "uq_user_idea_nodes_content",
        "user_idea_nodes",
        "{user}, {third}, 'bread', {now}",
    ),
    (
        "idx_user_idea_tree_nodes_one_root",
        "user_idea_tree_nodes",
        "{user}, {other}, {id}, {other}, true, 2, {now}",
    ),
    (
        "ck_user_idea_edges_ends",
        "user_idea_edges",
        "{user}, {other}, {id}, {id}, {id}, 1, {now}",
    ),
    (
        "uq_user_competency_scores_competency",
        "user_competency_scores",
        "{user}, {other}, {id}, 1, {now}",
    ),
    (
        "ck_content_version_id",
        "content_version",
        "2, 1, 'abc', {now}",
    ),
    (
        "ck_prompts_input_type",
        "prompts",
        "2, 'Why?', 'telepathy', null, false, 1, true",
    ),
    (
        "uq_stem_sequence",
        "stem",
        "3, 1, 1, 1, 1, 1, 'prompt', 1, null, true, null, null, null, true",
    ),
    (
        "ck_stem_block_type",
        "stem",
        "3, 1, 1, 1, 1, 3, 'song', 1, null, true, null, null, null, true",
    ),
    (
        "ck_stem_wordings",
        "stem",
        "3, 1, 1, 1, 1, 3, 'prompt', 1, null, true, null, 'good-day', null, true",
    ),
    (
        "idx_user_attempts_open",
        "user_attempts",
        "{user}, {third}, {id}, 'in_progress', {now}, {now}, null, null, null, null, null, null",
    ),
    (
        "ck_user_attempts_ended_at",
        "user_attempts",
        "{user}, {third}, {id}, 'abandoned', {now}, {now}, null, null, null, null, null, null",
    ),
    (
        "ck_user_attempts_score",
        "user_attempts",
        "{user}, {third}, {id}, 'completed', {now}, {now}, {now}, 3, 2, {id}, true, null",
    ),
    (
        "ck_user_attempts_result",
        "user_attempts",
        "{user}, {third}, {id}, 'completed', {now}, {now}, {now}, 1, 2, null, true, null",
    ),
    (
        "ck_user_attempts_status",
        "user_attempts",
        "{user}, {third}, {id}, 'paused', {now}, {now}, {now}, null, null, null, null, null",
    ),
    (
        "uq_attempt_responses_version",
        "attempt_responses",
        "{user}, {id}, 2, {id}, null, null, null, null",
    ),
    (
        "ck_attempt_responses_selected",
        "attempt_responses",
        "{user}, {other}, 1, {id}, 'e', null, {now}, null",
    ),
    (
        "ck_attempt_responses_answered_at",
        "attempt_responses",
        "{user}, {other}, 1, {id}, 'a', null, null, null",
    ),
    (
        "ck_attempt_competencies_score",
        "attempt_competencies",
        "{user}, {other}, {id}, 3, 2, {id}, {now}",
    ),
    (
        "ck_assessment_tiers_range",
        "assessment_tiers",
        "{other}, 'none', 'None', 50, 50, true, false, true, 'm', 'o', true",
    ),
    (
        "ck_assessment_question_versions_correct",
        "assessment_question_versions",
        "{other}, {id}, {id}, 1, 'Why?', '[]', 'e', 'Because.', '{}', '[]', true",
    ),
    (
        "ck_assessments_requires",
        "assessments",
        "{other}, 'core-2', 'keyed', 'core', 2, 'Core II', 'S.', 'beginner', 20, null, {other}, true",
    ),
];

/// Rows near those, which must be taken.
pub(crate) const TAKEN: &[(&str, &str)] = &[
    (
        "emails",
        "{user}, {other}, 'sealed', 'other', false, null, {now}",
    ),
    (
        "user_keys",
        "{user}, {other}, 'password', 1, null, 'w', {now}",
    ),
    (
        "user_keys",
        "{user}, {other}, 'passkey', 2, null, 'w', {now}",
    ),
    (
        "user_skills",
        "{user}, {other}, {id}, null, null, null, null, null, 1, {now}, {now}",
    ),
    (
        "user_idea_tree_nodes",
        "{user}, {other}, {id}, {other}, false, 2, {now}",
    ),
    (
        "user_tool_instances",
        "{user}, {other}, 1, null, null, null, false, null, null, 1, {now}, {now}",
    ),
    (
        "user_skill_tags",
        "{user}, {other}, null, {id}, {id}, 1, {now}",
    ),
    (
        "user_experiences",
        "{user}, {other}, 'T', null, null, '2020-01-02', null, null, 1, {now}, {now}",
    ),
    (
        "user_attempts",
        "{user}, {third}, {id}, 'abandoned', {now}, {now}, {now}, null, null, null, null, null",
    ),
    (
        "attempt_responses",
        "{user}, {other}, 1, {id}, null, null, null, null",
    ),
];
