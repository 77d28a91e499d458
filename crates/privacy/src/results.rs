//! Results that people take elsewhere.

use crate::catalogue::{Group, hashed, plain, table};

pub(crate) const GROUP: Group = Group {
    title: "Credentials and shared results",
    kept: "Until you revoke them or delete the account, which revokes them too. That a place of a status list was once \
           given to somebody is kept for good, without a word about whom.",
    shared: "Whoever you show a credential or a secret address to. Anybody can ask which places of a status list are in \
             force; nothing there says whose.",
    tables: &[
        table(
            "user_credentials",
            "Credentials that you had issued of your self-assessments.",
            &[
                plain(
                    "subject",
                    "What the credential calls you, and nothing else does.",
                ),
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
            "credential_directory",
            "Which places of the status lists are those of credentials in force.",
            &[
                plain("status_list", "The list."),
                plain("status_position", "The place in it."),
            ],
        ),
        table(
            "status_places",
            "Places of status lists that were given to a credential once; nobody's.",
            &[
                plain("status_list", "The list."),
                plain("status_position", "The place in it."),
            ],
        ),
        table(
            "user_shares",
            "Secret addresses of pictures of your results.",
            &[
                hashed("token_hash", "The fingerprint of the address."),
                plain("kind", "What the picture shows."),
                plain("attempt_id", "The attempt that it shows."),
                plain("expires_at", "When it stops to show anything."),
                plain("opened_on", "The day on which somebody last looked."),
            ],
        ),
        table(
            "signing_keys",
            "Public keys that credentials are checked with; nobody's.",
            &[
                plain("ed25519", "The key of proofs."),
                plain("p256", "The key of tokens."),
                plain(
                    "signs_until",
                    "Nothing that they have signed is in force after this.",
                ),
            ],
        ),
    ],
};
