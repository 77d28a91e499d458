//! Who somebody is.

use crate::catalogue::{Group, by_server, hashed, plain, table, wrapped};

pub(crate) const GROUP: Group = Group {
    title: "Your account",
    kept: "Until you delete the account; a session at most a year.",
    shared: "Nobody else.",
    tables: &[
        table(
            "users",
            "That you are here.",
            &[
                plain("is_anonymous", "Whether you have given an address yet."),
                plain(
                    "workbook_complete",
                    "Whether the workbook was complete when you last answered.",
                ),
            ],
        ),
        table(
            "auth",
            "How you sign in.",
            &[
                plain("type", "That it is a password."),
                hashed(
                    "password_hash",
                    "What your password is checked against; never the password.",
                ),
                plain("wrapped_data_key", "Always empty."),
            ],
        ),
        table(
            "emails",
            "Your address.",
            &[
                by_server("email", "The address."),
                hashed("email_hash", "Finds your account when you sign in."),
                plain("is_active", "Whether it is the one in use."),
                plain("confirmed_at", "When you proved that it is yours."),
                plain("added_at", "When you gave it."),
            ],
        ),
        table(
            "login_directory",
            "Finds an account by its address.",
            &[hashed("email_hash", "The fingerprint of the address.")],
        ),
        table(
            "sessions",
            "Devices that are signed in.",
            &[
                hashed(
                    "token_hash",
                    "Recognizes the device; what the device sends is not kept.",
                ),
                plain(
                    "device",
                    "What kind of device it is, such as Firefox on Linux.",
                ),
                plain(
                    "authenticated_at",
                    "When you last showed there that it is you.",
                ),
                plain("last_seen_at", "When it was last used, to five minutes."),
                plain("expires_at", "When it ends at the latest."),
            ],
        ),
        table(
            "user_keys",
            "Your key to what is sealed, wrapped once for each way to open it.",
            &[
                plain(
                    "method",
                    "What opens this wrap: a session, the password or the recovery code.",
                ),
                plain("generation", "Which of your keys it is."),
                plain("session_id", "The device that it is for."),
                wrapped(
                    "wrapped_key",
                    "The key; nothing but what opens it can read it.",
                ),
            ],
        ),
        table(
            "user_settings",
            "How you like things.",
            &[
                plain("background_color", "The colour of the page."),
                plain("text_color", "The colour of the text."),
                plain("font", "The typeface."),
                plain("text_size", "How large text is."),
                plain("reduced_motion", "Whether you want less motion."),
                plain("display_name", "What you want to be called."),
                plain("time_zone", "Where your days begin."),
                plain("language", "Your language."),
                plain("personality_type", "The personality type that you chose."),
            ],
        ),
        table(
            "user_calendar_feeds",
            "Secret addresses of your calendar.",
            &[
                hashed(
                    "token_hash",
                    "Recognizes the address; the address is not kept.",
                ),
                plain("label", "What you call it."),
                plain("fetched_on", "The day on which it was last read."),
            ],
        ),
        table(
            "user_terms",
            "Terms that you have accepted.",
            &[
                plain("version", "Their version."),
                plain("accepted_at", "When."),
            ],
        ),
        table(
            "user_consents",
            "What you have agreed to beyond the terms, and what you have taken back.",
            &[
                plain("kind", "What it is about."),
                plain("number", "The number of the entry."),
                plain("version", "The version of the text."),
                plain("is_given", "Whether you agreed or took it back."),
                plain("said_at", "When."),
            ],
        ),
        table(
            "visits",
            "Visitors who have not claimed their work.",
            &[plain(
                "look_on",
                "The day on which the server looks whether you came back.",
            )],
        ),
        table(
            "operators",
            "Who reviews proposed skills.",
            &[plain("added_at", "Since when.")],
        ),
    ],
};
