//! The words of each letter, once as plain text and once as HTML.

use crate::Letter;

/// A letter as people read it.
pub(crate) struct Page {
    pub(crate) subject: &'static str,
    paragraphs: Vec<Paragraph>,
}

enum Paragraph {
    Text(&'static str),
    Link { label: &'static str, url: String },
}

use Paragraph::{Link, Text};

const GREETING: Paragraph = Text("Hello,");
const NOT_YOU: &str = "If that was not you, you need not do anything: without this mail nobody can go on. Please do not \
    pass it on.";

impl Page {
    /// The words of a letter whose links lead to the pages of this site. A token stands behind the `#`, so that
    /// browsers do not send it and no server's log has it.
    pub(crate) fn of(letter: &Letter, site: &str) -> Self {
        let link = |label, path: &str, token: &str| Link {
            label,
            url: format!("{site}{path}#{token}"),
        };
        let home = |label, path: &str| Link {
            label,
            url: format!("{site}{path}"),
        };
        let (subject, body) = match letter {
            Letter::ConfirmAddress { token } => (
                "Please confirm your address",
                vec![
                    Text(
                        "somebody, most likely you, has given this address for a DreamTree account. With the link below \
                         you confirm that it is yours. From then on you sign in with it.",
                    ),
                    link("Confirm the address", "/confirm-email", token),
                    Text("The link works once, for three days."),
                    Text(NOT_YOU),
                ],
            ),
            Letter::AddressTaken => (
                "Your address is in use already",
                vec![
                    Text(
                        "somebody, perhaps you, wanted to use this address for a DreamTree account. It belongs to an \
                         account already, so nothing was changed.",
                    ),
                    Text("If that was you, sign in with this address:"),
                    home("Sign in", "/sign-in"),
                    Text("And if you do not know the password any more, ask for a new one there."),
                    Text(
                        "If it was not you, you need not do anything. Whoever it was has learned nothing about you.",
                    ),
                ],
            ),
            Letter::AddressChanged => (
                "Your account has a new address",
                vec![
                    Text(
                        "your DreamTree account now has another address, and you sign in with that one. This one is \
                         no longer used.",
                    ),
                    Text(
                        "If that was not you, somebody knows your password. Write to the people who run this site.",
                    ),
                ],
            ),
            Letter::ResetPassword { token } => (
                "A new password",
                reset_password(link("Set a new password", "/reset-password", token)),
            ),
            Letter::NoAccount => (
                "There is no account with this address",
                vec![
                    Text(
                        "somebody, perhaps you, has asked for a new password for a DreamTree account with this address. \
                         There is none. Perhaps you have used another address?",
                    ),
                    home("To DreamTree", "/"),
                    Text("If that was not you, you need not do anything."),
                ],
            ),
            Letter::PasswordChanged => (
                "Your password was changed",
                vec![
                    Text(
                        "the password of your DreamTree account was changed just now. Devices that were signed in have \
                         to sign in again.",
                    ),
                    Text(
                        "If that was not you, take your account back by asking for a new password:",
                    ),
                    home("Ask for a new password", "/forgot-password"),
                ],
            ),
            Letter::KeysReplaced {
                password,
                former,
                codes,
            } => (
                "Something of your account has to be made anew",
                keys_replaced(*password, *former, *codes, home),
            ),
        };
        let mut paragraphs = vec![GREETING];
        paragraphs.extend(body);
        Self {
            subject,
            paragraphs,
        }
    }

    /// As plain text, an empty line between paragraphs.
    pub(crate) fn text(&self) -> String {
        let paragraphs = self.paragraphs.iter().map(|one| match one {
            Text(text) => (*text).to_owned(),
            Link { url, .. } => url.clone(),
        });
        let mut lines: Vec<String> = paragraphs.collect();
        lines.push("DreamTree\n".to_owned());
        lines.join("\n\n")
    }

    /// As HTML without anything that is loaded from elsewhere.
    pub(crate) fn html(&self) -> String {
        let paragraphs = self.paragraphs.iter().map(|one| match one {
            Text(text) => format!("<p>{}</p>\n", escaped(text)),
            Link { label, url } => {
                let (label, url) = (escaped(label), escaped(url));
                format!("<p><a href=\"{url}\">{label}</a><br><small>{url}</small></p>\n")
            }
        });
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
             <body style=\"max-width: 36em; font-family: sans-serif; line-height: 1.5\">\n{}<p>DreamTree</p>\n\
             </body></html>\n",
            escaped(self.subject),
            paragraphs.collect::<String>()
        )
    }
}

/// What stands around the link to a new password.
fn reset_password(link: Paragraph) -> Vec<Paragraph> {
    vec![
        Text(
            "somebody, most likely you, has asked for a new password for your DreamTree account. You set \
             it here:",
        ),
        link,
        Text("The link works once, for half an hour."),
        Text(
            "Please know before you do: what you have written in private is sealed with your old password, \
             and stays locked after the change. The recovery code or the old password opens it again, \
             whenever you find one of them. Without either, nobody can read it any more, and neither can \
             we. All the rest of your work is there as before.",
        ),
        Text(NOT_YOU),
    ]
}

/// What has ended, and what to do about it.
fn keys_replaced(
    password: bool,
    former: bool,
    codes: bool,
    home: impl Fn(&'static str, &str) -> Paragraph,
) -> Vec<Paragraph> {
    let mut paragraphs = vec![Text(
        "the keys of the DreamTree server were exchanged for new ones. You were not here while both were in use, so \
         something that depends on the old ones has ended. Nothing that you wrote was lost.",
    )];
    if password {
        paragraphs.extend([
            Text(
                "Your password works no longer. Ask for a link to set one, the same again if you like. What you have \
                 written in private opens afterwards with your recovery code, so have it at hand.",
            ),
            home("Ask for a new password", "/forgot-password"),
        ]);
    }
    if former {
        paragraphs.push(Text(
            "What an earlier change of a forgotten password has locked opens with the recovery code of that time only; \
             the old password does not open it any more.",
        ));
    }
    if codes {
        paragraphs.push(Text(
            "Your backup codes on paper work no longer. Make new ones in the settings after you have signed in with the \
             codes of your phone.",
        ));
    }
    paragraphs
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stands_in_text_and_html_with_its_token_in_the_fragment() {
        let letter = Letter::ResetPassword {
            token: "abc-_9".to_owned(),
        };
        let page = Page::of(&letter, "https://dreamtree.example");
        let link = "https://dreamtree.example/reset-password#abc-_9";
        assert!(page.text().lines().any(|line| line == link));
        assert!(page.html().contains(&format!("<a href=\"{link}\">")));
    }

    #[test]
    fn what_html_would_understand_is_escaped() {
        let page = Page::of(&Letter::NoAccount, "https://a.example/\"><script>'&");
        let html = page.html();
        assert!(!html.contains("<script>") && html.contains("&quot;&gt;&lt;script&gt;&#39;&amp;"));
    }
}
