//! How a row is bound to the one before it.

use dreamtree_crypto::{associated, hex, plain_hash};

use crate::entity::{audit_events, audit_log};

/// What the first row of a chain is bound to.
pub(crate) const BEGINNING: &str = "";

/// The hash of an event that follows the one with the hash `before`: SHA-256 over a label and every part with its
/// length, in hex. Times count in microseconds since 1970, which is what both databases keep.
pub(crate) fn of_event(before: &str, row: &audit_events::Model) -> String {
    let session = row.session_id.map(|id| *id.uuid().as_bytes());
    link(
        "dt/audit/event/v1",
        &[
            before.as_bytes(),
            row.user_id.uuid().as_bytes(),
            &row.sequence.to_be_bytes(),
            row.event.as_bytes(),
            row.actor.as_bytes(),
            session.as_ref().map_or(&[][..], |id| &id[..]),
            &optional(row.detail.as_deref()),
            &row.checkpoint.to_be_bytes(),
            &micros(row.occurred_at),
        ],
    )
}

/// The hash of an entry of the log that follows the one with the hash `before`.
pub(crate) fn of_entry(before: &str, row: &audit_log::Model) -> String {
    let chains = row.chains.map(i32::to_be_bytes);
    link(
        "dt/audit/log/v1",
        &[
            before.as_bytes(),
            &row.sequence.to_be_bytes(),
            row.kind.as_bytes(),
            chains.as_ref().map_or(&[][..], |number| &number[..]),
            &optional(row.digest.as_deref()),
            &micros(row.occurred_at),
        ],
    )
}

/// What a checkpoint takes of a head: another value than any row has, so that it can stay when the rows are gone.
pub(crate) fn leaf(head: &str) -> String {
    link("dt/audit/leaf/v1", &[head.as_bytes()])
}

/// The digest of the leaves of many heads, whatever their order.
pub(crate) fn of_leaves<'a>(leaves: impl Iterator<Item = &'a str>) -> String {
    let mut leaves: Vec<&[u8]> = leaves.map(str::as_bytes).collect();
    leaves.sort_unstable();
    link("dt/audit/heads/v1", &leaves)
}

fn link(label: &str, parts: &[&[u8]]) -> String {
    hex(&plain_hash(&associated(label, parts)))
}

/// Nothing is not the empty text.
fn optional(text: Option<&str>) -> Vec<u8> {
    text.map_or_else(Vec::new, |text| [b"=", text.as_bytes()].concat())
}

fn micros(at: dreamtree_types::Instant) -> [u8; 16] {
    (at.unix_timestamp_nanos() / 1_000).to_be_bytes()
}
