//! What an address may look like, and the form two spellings of one address share.

use super::EmailFault;
use unicode_normalization::UnicodeNormalization;

const MOST_BYTES: usize = 254;
const MOST_LOCAL_BYTES: usize = 64;

/// NFKC, then lower case letter by letter (final sigma as any sigma), then NFKC again.
///
/// Not full case folding: that would make "ß" and "ss" one mailbox, which they are not.
pub(super) fn form(address: &str) -> String {
    let composed = address.nfkc().flat_map(char::to_lowercase);
    composed
        .map(|letter| if letter == 'ς' { 'σ' } else { letter })
        .nfkc()
        .collect()
}

pub(super) fn check(address: &str) -> Result<(), EmailFault> {
    if address.len() > MOST_BYTES {
        return Err(EmailFault::TooLong);
    }
    let (local, domain) = address.split_once('@').ok_or(EmailFault::Malformed)?;
    if local.len() > MOST_LOCAL_BYTES {
        return Err(EmailFault::TooLong);
    }
    let is_plain = !local.is_empty() && !address.chars().any(is_refused) && is_domain(domain);
    if is_plain {
        Ok(())
    } else {
        Err(EmailFault::Malformed)
    }
}

fn is_domain(domain: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let is_named = domain.contains('.') || domain.eq_ignore_ascii_case("localhost");
    is_named && !domain.contains('@') && domain.split('.').all(is_label)
}

/// Blanks, controls, what needs quoting in a mail header, and characters that are not seen.
fn is_refused(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || "<>()[],;:\\\"".contains(character)
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::EmailAddress;

    #[test]
    fn ordinary_addresses_are_taken() {
        for text in [
            "a@b.c",
            "first.last+tag@mail.example.org",
            "o'hara@example.org",
            "root@localhost",
            "jürgen@bücher.example",
            "用户@例子.公司",
        ] {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "@",
            "jo",
            "jo@",
            "@example.org",
            "jo@example",
            "jo@@example.org",
            "jo@a@example.org",
            "jo@example..org",
            "jo@.example.org",
            "jo@example.org.",
            "jo@-a.org",
            "j o@example.org",
            "jo@exam\u{a0}ple.org",
            "jo\0@example.org",
            "jo\r\nBcc: x@example.org",
            "<jo@example.org>",
            "jo,al@example.org",
            "jo\u{200b}@example.org",
            "jo\u{ff20}x@example.org",
        ] {
            assert_eq!(
                EmailAddress::parse(text),
                Err(EmailFault::Malformed),
                "{text:?}"
            );
        }
    }

    #[test]
    fn long_addresses_are_refused_in_either_form() {
        let domain = |letters: usize| format!("jo@{}.org", "d".repeat(letters));
        assert!(EmailAddress::parse(&domain(247)).is_ok());
        assert_eq!(EmailAddress::parse(&domain(248)), Err(EmailFault::TooLong));
        let local = format!("{}@example.org", "a".repeat(65));
        assert_eq!(EmailAddress::parse(&local), Err(EmailFault::TooLong));
        // One character here becomes 33 bytes in the normal form.
        let growing = format!("{}@example.org", "\u{fdfa}".repeat(3));
        assert!(EmailAddress::parse(&growing).is_err());
    }

    #[test]
    fn spellings_share_a_form_but_different_letters_do_not() {
        assert_eq!(
            form("Ångström@Example.ORG"),
            form("a\u{30a}ngstro\u{308}m@example.org")
        );
        assert_eq!(form("ΟΔΟΣ@example.gr"), form("οδος@example.gr"));
        assert_ne!(form("mıke@example.org"), form("mike@example.org"));
        assert_ne!(form("strauß@example.org"), form("strauss@example.org"));
        assert_eq!(
            form(&form("Ångström@Example.ORG")),
            form("Ångström@Example.ORG")
        );
    }
}
