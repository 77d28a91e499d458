//! Rows that no database may take, and rows near those that it must.

mod accounts;
mod work;

/// Rows that must be refused: by which constraint or index, in which table, with which values.
pub(crate) const REFUSED: [&[(&str, &str, &str)]; 2] = [accounts::REFUSED, work::REFUSED];

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
