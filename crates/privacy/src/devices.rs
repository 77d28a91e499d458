//! What lets somebody in, and what slows down whoever should stay out.

use crate::catalogue::{Group, by_server, hashed, plain, table, wrapped};

pub(crate) const GROUP: Group = Group {
    title: "Passkeys, codes and attempts",
    kept: "Until you take them away or delete the account; what waits for an answer, minutes; counts of attempts, at most a day.",
    shared: "Nobody else.",
    tables: &[
        table(
            "passkeys",
            "Passkeys that you sign in with.",
            &[
                plain("credential_id", "What your device calls the passkey."),
                plain(
                    "credential",
                    "Its public half, with which a signature is checked; the secret half never leaves your device.",
                ),
                plain("name", "What you call it."),
                plain("last_used_on", "The day on which it last signed in."),
            ],
        ),
        table(
            "passkey_registrations",
            "A passkey that you have begun to add.",
            &[
                plain("state", "What your device was asked."),
                plain("expires_at", "Until when it may answer."),
            ],
        ),
        table(
            "passkey_directory",
            "Finds an account by a passkey.",
            &[hashed(
                "credential_hash",
                "The fingerprint of what the device calls the passkey.",
            )],
        ),
        table(
            "passkey_challenges",
            "Sign-ins with a passkey that have begun, by whomever.",
            &[
                plain("challenge", "What has to be signed."),
                plain("state", "What the device was asked."),
                plain("expires_at", "Until when it may answer."),
            ],
        ),
        table(
            "user_totp",
            "The program on your phone that shows codes.",
            &[
                by_server("secret", "What the codes are made of."),
                plain("last_step", "When a code was last used, to half a minute."),
                plain("confirmed_at", "When a code first showed that it works."),
                by_server(
                    "pending_secret",
                    "That of a phone that has yet to show a code.",
                ),
                plain("pending_at", "When that phone was added."),
            ],
        ),
        table(
            "user_backup_codes",
            "Codes for the day on which the phone is lost.",
            &[
                hashed(
                    "code_hash",
                    "What a code is checked against; never the code.",
                ),
                plain("used_at", "When it was used."),
            ],
        ),
        table(
            "sign_in_challenges",
            "A sign-in of yours that waits for a code.",
            &[
                hashed(
                    "token_hash",
                    "Recognizes the device that waits; what it sends is not kept.",
                ),
                wrapped(
                    "wrapped_key",
                    "Your key; only the device that waits can open it.",
                ),
                plain("generation", "Which of your keys it is."),
                plain("attempts", "How many codes were wrong."),
                plain("expires_at", "Until when a code may come."),
            ],
        ),
        table(
            "rate_limits",
            "How often something was tried of late, so that guessing is slow.",
            &[
                hashed(
                    "bucket",
                    "The fingerprint of what was tried and from where; no address can be read from it.",
                ),
                plain("free_at", "When it may be tried again."),
                plain("refused", "Whether the last try was one too many."),
            ],
        ),
        table(
            "housekeeping",
            "Whose sessions have to be looked after.",
            &[plain("due_at", "When that is.")],
        ),
        table(
            "server_keys",
            "Which keys of the servers are in use; the keys themselves are kept apart. Nothing about you.",
            &[
                plain("generation", "The number of the keys."),
                hashed("fingerprint", "Tells them from other keys."),
                plain("in_use_since", "When they were taken into use."),
            ],
        ),
        table(
            "servers",
            "The servers that run. Nothing about you.",
            &[
                plain("newest_keys", "The newest keys that the server knows."),
                plain("keys_in_use", "The keys that it writes with."),
                plain("seen_at", "When it was last there."),
            ],
        ),
        table(
            "scheduled_jobs",
            "What the servers do again and again. Nothing about you.",
            &[
                plain("name", "What it is."),
                plain("due_at", "When it is begun next."),
                plain("holder", "Which server is at it."),
                plain("held_until", "Until when no other begins it."),
                plain("runs", "How often it was begun."),
                plain("finished_at", "When it was last done."),
            ],
        ),
    ],
};
