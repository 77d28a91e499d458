//! One row in every table, with every reference set; the text is the same for both databases.

use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The id of every row of a user: keys begin with the user, so one id serves all.
pub(crate) const ID: &str = "'00000000-0000-7000-8000-00000000000a'";

/// The second node of a tree, since an edge needs two.
const OTHER_ID: &str = "'00000000-0000-7000-8000-00000000000b'";

/// An id that no row has yet.
const THIRD_ID: &str = "'00000000-0000-7000-8000-00000000000c'";

/// A moment.
const NOW: &str = "'2026-02-03T04:05:06Z'";

/// Shared rows as table and values.
const SHARED: &[(&str, &str)] = &[
    ("personality_types", "'INTJ', 'The planner', 'Plans.', true"),
    (
        "competencies",
        "{id}, 'Teamwork', 'Works with others.', 'delivery', 1, '[\"2.5\"]', true",
    ),
    ("competency_levels", "{id}, {id}, 1, 'Helps.', null, true"),
    (
        "skills",
        "{id}, 'Listening', 'transferable', 'edition', null, true, {now}",
    ),
    (
        "skill_proposals",
        "{id}, 'Hearing', 'hearing', 'transferable', 'approved', '2026-02-03', {now}, {id}, null",
    ),
    ("content_blocks", "1, 'heading', 'Hello', 1, true"),
    ("prompts", "1, 'Why?', 'textarea', null, true, 1, true"),
    (
        "tools",
        "1, 'list_builder', 'list_builder', null, 'List', null, null, null, false, null, null, null, 1, true",
    ),
    (
        "stem",
        "1, 1, 1, 1, 1, 1, 'prompt', 1, null, true, null, null, null, true",
    ),
    (
        "stem",
        "2, 1, 1, 1, 2, 2, 'tool', 1, 1, true, null, null, null, true",
    ),
    (
        "connections",
        "1, 1, 2, null, null, 'backward', 'answer', 1, null, 'prefill', 'flag', null, null, true",
    ),
    (
        "data_objects",
        "1, 'Moments', '1.1.1', null, 'list', null, true",
    ),
    (
        "ongoing_practices",
        "1, 'Flow', '1.2.1', null, 'daily', null, true",
    ),
    ("terms", "1, 'Be kind.', '2026-02-03', true"),
    ("consents", "'research', 1, 'Research', 'May we?', true"),
    (
        "partners",
        "{id}, 'A school', 'hash', 'https://school.example/back', 'competency.read', {now}, null",
    ),
    ("operators", "{id}, {now}"),
    (
        "outbox",
        "{id}, 'reset_password', 'sealed', 0, {now}, {now}, null",
    ),
    (
        "partner_webhooks",
        "{id}, 'https://hooks.example/', 'grant.given', 'on', 'sealed', 'before', {now}, null, {now}, {now}",
    ),
    (
        "webhook_deliveries",
        "{id}, {id}, 'grant.given', {id}, '{}', 1, {now}, 500, 'status', {now}, null, {now}",
    ),
    ("status_places", "1, 7"),
    ("signing_keys", "'z6Mk', 'zDn', {now}, {now}"),
    ("audit_log", "1, 'checkpoint', 2, '{hash}', {now}, '{hash}'"),
    ("server_keys", "1, '{hash}', {now}"),
    ("servers", "{id}, 2, 1, {now}"),
    ("scheduled_jobs", "'sweep', {now}, {id}, {now}, 1, {now}"),
    ("content_version", "1, 1, 'abc', {now}"),
    (
        "references",
        "{id}, 1, 'Burnett', 'Full', 'Short', null, null, true, {now}",
    ),
    (
        "content_sources",
        "{id}, '1.1.1', {id}, 'concept', null, true",
    ),
    (
        "assessments",
        "{id}, 'core-1', 'keyed', 'core', 1, 'Core I', 'Scenes.', 'beginner', 20, {other}, null, true",
    ),
    (
        "assessment_tiers",
        "{id}, 'strength', 'Strong', 70, null, true, false, true, 'm', 'o', true",
    ),
    (
        "competency_display_names",
        "{id}, {id}, 'listening', 'core', 'Listening', 'Hears.', 1, true",
    ),
    (
        "competency_leverage_strengths",
        "{id}, {id}, 70, 90, 'Use it.', true",
    ),
    ("assessment_questions", "{id}, {id}, 'why', 1, true"),
    (
        "assessment_question_versions",
        "{id}, {id}, {id}, 1, 'Why?', '[]', 'a', 'Because.', '{}', '[]', true",
    ),
    (
        "skill_tags",
        "{id}, 'asking', 'Asking', 'core', 1, '[]', 1, true",
    ),
    ("tag_insights", "{id}, {id}, 'strength', 'You ask.', true"),
    ("tag_actions", "{id}, {id}, 'Ask.', true"),
    (
        "learning_path_categories",
        "{id}, 'ask', 'core', 1, '[]', 'next', 'Asking', 'More.', 'ear', 1, true",
    ),
    (
        "learning_resources",
        "{id}, 'book', 'book', '[]', 'A book', 'About.', 'Ada', 1999, 'P', null, null, '[]', null, 1, true",
    ),
];

/// A user's rows as table and values; `{user}` stands for the user.
const OWNED: &[(&str, &str)] = &[
    ("users", "{user}, true, false, {now}, {now}"),
    ("auth", "{user}, {id}, 'password', 'x', 'x', {now}, {now}"),
    (
        "emails",
        "{user}, {id}, 'sealed', 'hash', true, {now}, {now}",
    ),
    (
        "sessions",
        "{user}, {id}, 'hash', 'Firefox on Linux', {now}, {now}, {now}, {now}",
    ),
    ("user_totp", "{user}, 'sealed', 7, {now}, 'sealed', {now}"),
    ("user_backup_codes", "{user}, {id}, 'hash', null, {now}"),
    (
        "sign_in_challenges",
        "{user}, {id}, 'hash', 'wrapped', 1, 0, {now}, {now}",
    ),
    (
        "user_settings",
        "{user}, 'cream', 'ink', 'sans', 'large', true, 'Ada', 'Europe/Berlin', 'en', 'INTJ', 1, {now}, {now}",
    ),
    (
        "user_keys",
        "{user}, {id}, 'session', 1, {id}, 'wrapped', {now}",
    ),
    (
        "user_calendar_feeds",
        "{user}, {id}, 'hash', 'Phone', '2026-02-03', {now}",
    ),
    (
        "user_credentials",
        "{user}, {id}, {id}, 'digest', '{}', 1, 7, {now}, '2027-02-03T04:05:06Z'",
    ),
    (
        "credential_directory",
        "1, (SELECT count(*) FROM credential_directory), {user}",
    ),
    ("user_modules", "{user}, '1.1', null, {now}"),
    ("user_terms", "{user}, 1, {now}"),
    ("user_consents", "{user}, 'research', 1, 1, true, {now}"),
    (
        "user_tool_instances",
        "{user}, {id}, 1, 2, 'sealed', 'One, two', false, null, 1, 1, {now}, {now}",
    ),
    ("user_tool_changes", "{user}, {id}, 0, 1, null, {now}"),
    (
        "user_responses",
        "{user}, {id}, 1, 1, '1.1.1', '1', 'sealed', true, 1, 1, {now}, {now}",
    ),
    (
        "user_checklists",
        "{user}, {id}, 1, 1, '1.1.1', 'one', true, {now}, {now}",
    ),
    (
        "user_lists",
        "{user}, {id}, {id}, 'Moments', null, 1, {now}, {now}",
    ),
    ("user_list_items", "{user}, {id}, {id}, 'One', 1, {now}"),
    (
        "user_records",
        "{user}, {id}, {id}, 0, '{}', 'sealed', 1, 1, {now}, {now}",
    ),
    (
        "user_record_changes",
        "{user}, {id}, {id}, 'status', null, 'sent', {now}",
    ),
    ("user_comparisons", "{user}, 2, 0, {id}, {other}, {now}"),
    ("user_snoozes", "{user}, 1, '2026-02-03', {now}"),
    (
        "user_snapshots",
        "{user}, 2, 1, 'sealed', true, 1, 1, {now}, {now}",
    ),
    ("user_reviews", "{user}, 2, {now}"),
    ("user_source_changes", "{user}, 'locations', {now}"),
    (
        "user_profile",
        "{user}, null, null, null, null, null, 1, 10, 5, 5, null, 1, 1, {now}, {now}",
    ),
    (
        "user_values",
        "{user}, 'Work', 'Life', 'Compass', 1, {now}, {now}",
    ),
    (
        "user_custom_skills",
        "{user}, {id}, 'Juggling', null, {now}, {now}",
    ),
    (
        "user_skills",
        "{user}, {id}, null, {id}, 'knowledge', 5, null, 1, 1, {now}, {now}",
    ),
    (
        "user_skill_tags",
        "{user}, {id}, {id}, null, {id}, 1, {now}",
    ),
    (
        "user_experiences",
        "{user}, {id}, 'Cook', null, 'job', '2020-01-01', '2020-01-01', null, 1, {now}, {now}",
    ),
    (
        "user_experience_skills",
        "{user}, {id}, {id}, null, {id}, {now}",
    ),
    (
        "user_experience_tasks",
        "{user}, {id}, {id}, 'Kneading', 1, null, {id}, 'custom', 700, {now}, {now}",
    ),
    (
        "user_stories",
        "{user}, {id}, {id}, {id}, 'T', 's', 'o', 'a', 'r', 'e', 'd', 'other', 1, 1, {now}, {now}",
    ),
    (
        "user_failure_reframes",
        "{user}, {id}, {id}, null, null, null, null, null, null, null, 1, 1, {now}, {now}",
    ),
    (
        "user_locations",
        "{user}, {id}, 'sealed', 1, null, null, null, 1, 1, {now}, {now}",
    ),
    (
        "user_career_options",
        "{user}, {id}, 'Baker', null, 1, 1, 5, 3, 3, null, 1, {now}, {now}",
    ),
    (
        "user_option_questions",
        "{user}, {id}, {id}, 'How early?', 1, false, 1, {now}, {now}",
    ),
    (
        "user_milestones",
        "{user}, {id}, {id}, 2027, 4, 'Oven', 'work', null, 1, {now}, {now}",
    ),
    (
        "user_budget",
        "{user}, 's', 's', 's', 's', 's', 's', 'EUR', 1, 1, {now}, {now}",
    ),
    (
        "user_flow_logs",
        "{user}, {id}, {id}, 'Baking', -2, 5, '2026-02-03', null, 1, {now}, {now}",
    ),
    (
        "user_companies",
        "{user}, {id}, 'Bakery', 'targeted', null, null, 1, {now}, {now}",
    ),
    (
        "user_contacts",
        "{user}, {id}, {id}, 'sealed', null, 'warm', null, null, 1, 1, {now}, {now}",
    ),
    (
        "user_jobs",
        "{user}, {id}, {id}, 'Baker', null, 'saved', null, 1, {now}, {now}",
    ),
    (
        "user_status_changes",
        "{user}, {id}, {id}, null, null, null, 'targeted', 'sealed', 1, {now}",
    ),
    (
        "user_idea_trees",
        "{user}, {id}, {id}, 'Bread', 1, {now}, {now}",
    ),
    ("user_idea_nodes", "{user}, {id}, 'bread', {now}"),
    ("user_idea_nodes", "{user}, {other}, 'oven', {now}"),
    (
        "user_idea_tree_nodes",
        "{user}, {id}, {id}, {id}, true, 1, {now}",
    ),
    (
        "user_idea_edges",
        "{user}, {id}, {id}, {id}, {other}, 1, {now}",
    ),
    ("user_competency_scores", "{user}, {id}, {id}, 5, {now}"),
    ("user_competency_history", "{user}, {id}, {id}, 5, {now}"),
    (
        "user_mail_tokens",
        "{user}, {id}, {id}, 'confirm', 'hash', {now}, {now}",
    ),
    ("user_former_passwords", "{user}, 1, 'record', {now}"),
    ("user_earlier_keys", "{user}, 1, 2, 'wrap', {now}"),
    ("login_directory", "{user}, {user}"),
    ("pending_addresses", "{user}, {user}, {now}"),
    (
        "passkeys",
        "{user}, {id}, 'credential', '{}', 'Phone', '2026-02-03', {now}",
    ),
    ("passkey_registrations", "{user}, '{}', {now}"),
    ("passkey_directory", "{user}, {user}"),
    ("passkey_challenges", "{user}, '{}', {now}"),
    ("rate_limits", "{user}, 1, false"),
    ("housekeeping", "{user}, {now}"),
    (
        "audit_events",
        "{user}, 1, 'claimed', 'person', {id}, null, 0, {now}, '{hash}'",
    ),
    ("audit_heads", "{user}, 1, '{hash}'"),
    ("visits", "{user}, '2026-02-03'"),
    (
        "user_attempts",
        "{user}, {id}, {id}, 'completed', {now}, {now}, {now}, 1, 2, {id}, false, 60",
    ),
    (
        "user_attempts",
        "{user}, {other}, {id}, 'in_progress', {now}, {now}, null, null, null, null, null, null",
    ),
    (
        "attempt_responses",
        "{user}, {id}, 1, {id}, 'a', 12, {now}, true",
    ),
    (
        "attempt_competencies",
        "{user}, {id}, {id}, 1, 2, {id}, {now}",
    ),
    ("attempt_insights", "{user}, {id}, '{}', {now}"),
    (
        "user_shares",
        "{user}, {id}, 'hash', 'attempt_bars', {id}, {now}, '2026-02-03', {now}",
    ),
    (
        "partner_credentials",
        "{user}, {id}, 'digest', '{}', 1, 8, {now}, '2027-02-03T04:05:06Z'",
    ),
    (
        "partner_grants",
        "{id}, {user}, {user}, {user}, 'competency.read', '2026-02-03', {now}, {now}",
    ),
    (
        "partner_codes",
        "{id}, {user}, {user}, {id}, 'https://school.example/back', 'competency.read', 'c', null, {now}",
    ),
    (
        "partner_tokens",
        "{id}, {user}, 'refresh', {id}, {user}, 'competency.read', {now}, {now}, {now}",
    ),
];

/// The quoted id of a user, by number.
pub(crate) fn user(number: u8) -> String {
    format!("'00000000-0000-7000-8000-0000000001{number:02x}'")
}

/// Puts rows into every shared table.
pub(crate) async fn fill_shared(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    for (table, values) in SHARED {
        insert(db, table, values, "").await?;
    }
    Ok(())
}

/// Puts rows into every user table for one user, and an entry into the directory.
pub(crate) async fn fill_owned(db: &impl ConnectionTrait, user: &str) -> Result<(), DbErr> {
    for (table, values) in OWNED {
        insert(db, table, values, user).await?;
    }
    Ok(())
}

/// Puts one row into `table`, with values in the order of its columns.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    table: &str,
    values: &str,
    user: &str,
) -> Result<(), DbErr> {
    let values = values.replace("{user}", user).replace("{id}", ID);
    let values = values
        .replace("{other}", OTHER_ID)
        .replace("{third}", THIRD_ID)
        .replace("{now}", NOW)
        .replace("{hash}", &"0".repeat(64));
    db.execute_unprepared(&format!("INSERT INTO \"{table}\" VALUES ({values})"))
        .await?;
    Ok(())
}
