//! What is kept of partners, and of what people let them read.

use crate::catalogue::{Group, by_server, hashed, plain, table};

pub(crate) const GROUP: Group = Group {
    title: "Partners that you let read",
    kept: "Grants and the credentials that they gave, until you withdraw them or delete the account; codes, a day; tokens, until they end or are revoked; messages, 90 days at most; partners stay.",
    shared: "A partner reads what you have chosen on the page that asked you, and nothing else. What it has read, it has.",
    tables: &[
        table(
            "partner_grants",
            "What you let a partner read.",
            &[
                plain("partner_id", "The partner."),
                plain(
                    "subject",
                    "The name under which the partner knows you; every partner knows another one.",
                ),
                plain("scopes", "What it may read."),
                plain("read_on", "The day on which it last read."),
            ],
        ),
        table(
            "partner_credentials",
            "The credential of your self-assessment that a partner was given, if you let it have one.",
            &[
                plain("grant_id", "What you let the partner read."),
                plain(
                    "result_digest",
                    "Which result it was issued of; your scores are readable, so this hides nothing.",
                ),
                plain("document", "The credential, with your scores."),
                plain("status_list", "The list that its status stands in."),
                plain("status_position", "The place in that list."),
                plain("valid_from", "From when on it can be shown."),
                plain("valid_until", "When it ends."),
            ],
        ),
        table(
            "partner_codes",
            "A yes of yours on its way to a partner.",
            &[
                plain("partner_id", "The partner."),
                hashed("code_hash", "Recognizes the code; the code is not kept."),
                plain("grant_id", "What you let it read."),
                plain("family", "What the tokens that come of it have in common."),
                plain("redirect_uri", "Where you were sent back to."),
                plain("scopes", "What it may read."),
                hashed(
                    "challenge",
                    "Shows that whoever has the code also asked for it.",
                ),
                plain("used_at", "When it was used."),
                plain("expires_at", "Until when it is good."),
            ],
        ),
        table(
            "partner_tokens",
            "What partners read with.",
            &[
                plain("partner_id", "The partner."),
                hashed("token_hash", "Recognizes the token; the token is not kept."),
                plain("kind", "Whether it reads, or gets new tokens."),
                plain("family", "What came of the same yes."),
                plain(
                    "grant_id",
                    "What you let it read; nothing for the partner's own.",
                ),
                plain("scopes", "What it may read."),
                plain("used_at", "When it was exchanged."),
                plain("expires_at", "Until when it is good."),
            ],
        ),
        table(
            "partners",
            "Other organizations whose programs may ask you.",
            &[
                plain("name", "What it is called."),
                hashed("secret_hash", "What its secret is checked against."),
                plain("redirect_uris", "Where it may have you sent back to."),
                plain("scopes", "What it may ask for."),
                plain("closed_at", "Since when it may do nothing any more."),
            ],
        ),
        table(
            "webhook_deliveries",
            "Messages that tell a partner that something has changed: your result, or what you let it read.",
            &[
                plain("partner_id", "The partner."),
                plain("event", "What has changed, in a word."),
                plain("grant_id", "What you let it read."),
                plain(
                    "body",
                    "That word, when, and the name under which the partner knows you; nothing once it has arrived.",
                ),
                plain("attempts", "How often it was tried."),
                plain("next_attempt_at", "When it is tried next."),
                plain(
                    "last_status",
                    "What the partner's server answered last, as a number.",
                ),
                plain("last_fault", "Why the last attempt failed, in a word."),
                plain("delivered_at", "When it arrived."),
                plain("failed_at", "When it was given up."),
            ],
        ),
        table(
            "partner_webhooks",
            "Where partners are told that something has changed.",
            &[
                plain("partner_id", "The partner."),
                plain("url", "Where."),
                plain("events", "Of what."),
                plain("state", "Whether it is told."),
                by_server("secret", "What messages are signed with."),
                by_server("former_secret", "What they were signed with before."),
                plain(
                    "former_until",
                    "Until when they are signed with that as well.",
                ),
                plain("failing_since", "Since when nothing has arrived."),
            ],
        ),
    ],
};
