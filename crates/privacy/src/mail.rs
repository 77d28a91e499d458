//! What is mailed, and what is kept of a password that was lost.

use crate::catalogue::{Group, by_server, hashed, plain, table, wrapped};

pub(crate) const GROUP: Group = Group {
    title: "Mail, and passwords that were lost",
    kept: "A mail until it is sent; its link until it is used, three days at most. The rest until it opens nothing any more, or you delete the account.",
    shared: "The mail server sees to whom a mail goes and what stands in it.",
    tables: &[
        table(
            "outbox",
            "Mail that waits to be sent.",
            &[
                plain("kind", "What it is about, such as a new password."),
                by_server("letter", "To whom it goes, and its link."),
                plain("attempts", "How often it was tried."),
                plain("next_attempt_at", "When it is tried next."),
                plain(
                    "failed_at",
                    "When it was given up; to whom it was to go is gone then.",
                ),
            ],
        ),
        table(
            "user_mail_tokens",
            "Links that were mailed to you, until you use them.",
            &[
                plain("email_id", "Which of your addresses the link went to."),
                plain("purpose", "What it is for."),
                hashed("token_hash", "Recognizes the link; the link is not kept."),
                plain("expires_at", "When it ends."),
            ],
        ),
        table(
            "pending_addresses",
            "Finds an account by an address that nobody has confirmed yet.",
            &[
                hashed("email_hash", "The fingerprint of the address."),
                plain("claimed_at", "When it was given."),
            ],
        ),
        table(
            "user_former_passwords",
            "Passwords that you have reset, while they still open something.",
            &[
                plain("generation", "Which of your keys it opens."),
                hashed(
                    "password_hash",
                    "What the password is checked against; never the password.",
                ),
                plain("replaced_at", "When you reset it."),
            ],
        ),
        table(
            "user_earlier_keys",
            "Your keys from before a reset that you have unlocked again.",
            &[
                plain("generation", "Which of your keys it is."),
                plain("opened_by", "Which of your keys opens it."),
                wrapped(
                    "wrapped_key",
                    "The key; nothing but your later key can read it.",
                ),
            ],
        ),
    ],
};
