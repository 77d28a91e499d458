//! A text below a head of TOML, which stands between lines of `+++`.

use crate::edition::{Draft, Origin};

const FENCE: &str = "+++";

/// The head, and the text below it without blanks around it; a fault and nothing when there is no head.
pub(super) fn divide<'a>(
    draft: &mut Draft,
    top: &Origin,
    text: &'a str,
) -> Option<(&'a str, &'a str)> {
    let parts = text
        .strip_prefix(FENCE)
        .and_then(|rest| rest.split_once(&format!("\n{FENCE}")));
    if parts.is_none() {
        let message = "the text begins with TOML between lines of +++";
        draft.fault(top, "missing-head", message);
    }
    parts.map(|(head, body)| (head, body.trim()))
}
