//! Which tables are taken along, and what is left behind with the reason. A test holds both against the database.

use dreamtree_privacy::{Form, GROUPS, form};
use serde_json::{Value as Json, json};

/// A table that is taken along.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Its name.
    pub table: &'static str,
    /// The column that says whose a row is.
    pub(super) owner: &'static str,
    /// What is left of its key without the person, as SQL.
    pub(super) order: &'static str,
}

/// A table or a column that is left behind.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut {
    /// The table; `None` for a column that is left out wherever it stands.
    pub table: Option<&'static str>,
    /// The column; `None` for the whole table.
    pub column: Option<&'static str>,
    /// Why.
    pub reason: &'static str,
}

const fn by(order: &'static str, table: &'static str) -> Taken {
    Taken {
        table,
        owner: "user_id",
        order,
    }
}

const fn of(table: &'static str) -> Taken {
    by("id", table)
}

const fn without(table: &'static str, reason: &'static str) -> LeftOut {
    LeftOut {
        table: Some(table),
        column: None,
        reason,
    }
}

/// Every table that is taken along, in the order of the document.
pub const TAKEN: &[Taken] = &[
    Taken {
        table: "users",
        owner: "id",
        order: "id",
    },
    of("emails"),
    by("user_id", "user_settings"),
    of("sessions"),
    of("passkeys"),
    of("user_calendar_feeds"),
    by("version", "user_terms"),
    by("kind, number", "user_consents"),
    by("sequence", "audit_events"),
    by("partner_id, id", "partner_grants"),
    by("user_id", "operators"),
    by("user_id", "visits"),
    by("module_id", "user_modules"),
    of("user_responses"),
    of("user_checklists"),
    of("user_tool_instances"),
    by("instance_id, slot", "user_tool_changes"),
    of("user_lists"),
    of("user_list_items"),
    of("user_records"),
    of("user_record_changes"),
    by("stem_id, position", "user_comparisons"),
    by("tool_id", "user_snoozes"),
    by("stem_id", "user_snapshots"),
    by("stem_id", "user_reviews"),
    by("kind", "user_source_changes"),
    by("user_id", "user_profile"),
    by("user_id", "user_values"),
    of("user_custom_skills"),
    of("user_skills"),
    of("user_skill_tags"),
    of("user_experiences"),
    of("user_experience_skills"),
    of("user_experience_tasks"),
    of("user_stories"),
    of("user_failure_reframes"),
    of("user_locations"),
    of("user_career_options"),
    of("user_option_questions"),
    of("user_milestones"),
    by("user_id", "user_budget"),
    of("user_flow_logs"),
    of("user_companies"),
    of("user_contacts"),
    of("user_jobs"),
    of("user_status_changes"),
    of("user_idea_trees"),
    of("user_idea_nodes"),
    of("user_idea_tree_nodes"),
    of("user_idea_edges"),
    of("user_competency_scores"),
    of("user_competency_history"),
    of("user_attempts"),
    by("attempt_id, position", "attempt_responses"),
    by("attempt_id, competency_id", "attempt_competencies"),
    by("attempt_id", "attempt_insights"),
    of("user_credentials"),
    by("grant_id", "partner_credentials"),
    of("user_shares"),
];

const PROOF: &str = "It only holds what a password, a code or a key is checked against.";
const FINDS: &str =
    "It only finds an account by a fingerprint; what it was made of is told elsewhere.";
const WAITS: &str = "It waits for minutes, for a sign-in or a device that has begun and not ended.";
const NOBODYS: &str = "Nothing in it says whose it is.";

/// What is left behind. Fingerprints and wrapped keys in tables that are taken along are not named: [`reason`] knows
/// them by their form.
pub const LEFT_OUT: &[LeftOut] = &[
    LeftOut {
        table: None,
        column: Some("user_id"),
        reason: "It is the same in every row, and stands at the top.",
    },
    LeftOut {
        table: None,
        column: Some("key_generation"),
        reason: "It numbers the keys of the server's copy; nothing here is sealed.",
    },
    LeftOut {
        table: Some("passkeys"),
        column: Some("credential"),
        reason: "It is a key that signatures are checked with.",
    },
    without("auth", PROOF),
    without(
        "user_keys",
        "It holds your key, wrapped; here, what it opens is open.",
    ),
    without("user_earlier_keys", "It holds your earlier keys, wrapped."),
    without("user_former_passwords", PROOF),
    without("user_mail_tokens", PROOF),
    without(
        "user_totp",
        "It holds what the codes of your phone are made of.",
    ),
    without("user_backup_codes", PROOF),
    without("sign_in_challenges", WAITS),
    without("passkey_registrations", WAITS),
    without("passkey_challenges", WAITS),
    without("login_directory", FINDS),
    without("passkey_directory", FINDS),
    without("pending_addresses", FINDS),
    without("audit_heads", "It only counts the diary, which is told."),
    without(
        "credential_directory",
        "It repeats places that the credentials tell.",
    ),
    without("partner_codes", PROOF),
    without("partner_tokens", PROOF),
    without(
        "webhook_deliveries",
        "It tells partners that something has changed, and nothing of what it is.",
    ),
    without("partner_webhooks", NOBODYS),
    without(
        "outbox",
        "It holds mail that waits to be sent, without saying whose.",
    ),
    without(
        "housekeeping",
        "It only says when the server looks after sessions next.",
    ),
    without("rate_limits", NOBODYS),
    without("status_places", NOBODYS),
    without("audit_log", NOBODYS),
    without("signing_keys", NOBODYS),
    without("server_keys", NOBODYS),
    without("servers", NOBODYS),
    without("scheduled_jobs", NOBODYS),
];

/// Why a column of a table that is taken along is left out; `None` for one that is told.
#[must_use]
pub fn reason(table: &str, column: &str) -> Option<&'static str> {
    let named = LEFT_OUT
        .iter()
        .find(|one| one.column == Some(column) && one.table.is_none_or(|wanted| wanted == table));
    let by_form = match form(table, column) {
        Some(Form::Hashed) => Some("It is a fingerprint, which only serves to compare."),
        Some(Form::Wrapped) => Some("It is a key."),
        _ => None,
    };
    named.map(|one| one.reason).or(by_form)
}

/// Everything that is left behind, as the document tells it.
#[must_use]
pub fn left_out() -> Vec<Json> {
    let named = LEFT_OUT.iter().map(|one| {
        let mut entry = json!({ "reason": one.reason });
        for (member, name) in [("table", one.table), ("column", one.column)] {
            if let Some(name) = name {
                entry[member] = json!(name);
            }
        }
        entry
    });
    let taken = |table: &&str| TAKEN.iter().any(|taken| taken.table == *table);
    let tables = GROUPS.iter().flat_map(|group| group.tables);
    let columns = tables.flat_map(|table| table.fields.iter().map(|field| (table.name, field)));
    let by_form = columns
        .filter(|(table, field)| {
            taken(table) && matches!(field.form, Form::Hashed | Form::Wrapped)
        })
        .map(|(table, field)| {
            json!({ "table": table, "column": field.name, "reason": reason(table, field.name) })
        });
    named.chain(by_form).collect()
}
