//! Plain texts after a change; blanks are nothing. A `field` is the whole path in the input.

use dreamtree_types::Patch;

use crate::{Error, sealed::optional};

const LONGEST_ADDRESS: usize = 2_000;

/// A text that may be missing.
pub(crate) fn patch(
    known: Option<String>,
    patch: Patch<String>,
    longest: usize,
    field: &str,
) -> Result<Option<String>, Error> {
    let checked = patch.try_map(|text| optional(Some(&text), longest, field))?;
    Ok(checked.onto(known.map(Some)).flatten())
}

/// A text that cannot be missing; an empty `known` is one of a row in the making.
pub(crate) fn required(
    known: String,
    change: Patch<String>,
    longest: usize,
    field: &str,
) -> Result<String, Error> {
    let known = Some(known).filter(|known| !known.is_empty());
    let changed = patch(known, change, longest, field)?;
    changed.ok_or_else(|| Error::invalid(field, "must not be empty"))
}

/// The address of a page, which may be missing.
pub(crate) fn address(
    known: Option<String>,
    change: Patch<String>,
    field: &str,
) -> Result<Option<String>, Error> {
    check_address(&change, field)?;
    patch(known, change, LONGEST_ADDRESS, field)
}

/// Refuses what is not the address of a page on the web, so that nobody is led to run a script by a link.
pub(crate) fn check_address(change: &Patch<String>, field: &str) -> Result<(), Error> {
    match change {
        Patch::Set(text) if !text.trim().is_empty() && !is_address(text.trim()) => {
            let rule = "must be an address that begins with http:// or https://";
            Err(Error::invalid(field, rule))
        }
        _ => Ok(()),
    }
}

fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    let has_host = rest.starts_with(|first: char| first.is_alphanumeric() || first == '[');
    let is_bare = !text.contains(|any: char| any.is_whitespace() || any.is_control());
    is_web && has_host && is_bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_on_the_web_are_addresses() {
        for good in [
            "https://example.org",
            "HTTP://[::1]/a?b#c",
            "https://bücher.example/ä",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "example.org",
            "javascript://alert(1)",
            "https://",
            "https:///a",
            "http://a b",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn blanks_take_away_what_may_be_missing() {
        let known = || Some("old".to_owned());
        let blank = Patch::Set(" ".to_owned());
        assert!(matches!(patch(known(), blank.clone(), 9, "a"), Ok(None)));
        assert!(matches!(patch(known(), Patch::Keep, 9, "a"), Ok(Some(_))));
        assert!(required("old".to_owned(), blank, 9, "a").is_err());
    }
}
