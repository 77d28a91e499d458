//! What is written down about what happens.

use crate::catalogue::{Group, hashed, plain, table};

pub(crate) const GROUP: Group = Group {
    title: "What happened to your account",
    kept: "Until you delete the account. That an account was deleted stays, without a word about whose it was.",
    shared: "Whoever runs the server can check that nothing is missing.",
    tables: &[
        table(
            "audit_events",
            "Your diary: who came, and what was changed about how your account is opened.",
            &[
                plain("sequence", "The number of the entry."),
                plain("event", "What happened."),
                plain("actor", "Who did it."),
                plain("session_id", "The device that it was done from."),
                plain(
                    "detail",
                    "What it was done to, such as a version of the terms.",
                ),
                plain("checkpoint", "The newest checkpoint at the time."),
                plain("occurred_at", "When."),
                hashed(
                    "hash",
                    "Shows when an entry before it is changed or missing.",
                ),
            ],
        ),
        table(
            "audit_heads",
            "How many entries your diary has.",
            &[
                plain("sequence", "The number of the newest one."),
                hashed("hash", "Its fingerprint."),
            ],
        ),
        table(
            "audit_log",
            "Accounts that are gone, without names, and checkpoints over all diaries.",
            &[
                plain("sequence", "The number of the entry."),
                plain("kind", "What happened."),
                plain("chains", "How many diaries a checkpoint covers."),
                hashed("digest", "The fingerprint of what a checkpoint covers."),
                plain("occurred_at", "When."),
                hashed(
                    "hash",
                    "Shows when an entry before it is changed or missing.",
                ),
            ],
        ),
    ],
};
