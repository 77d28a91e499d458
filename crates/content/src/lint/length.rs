//! How long a text may get before readers stop reading.

use super::{
    Warning,
    prose::words,
    texts::{Kind, Text},
};
use crate::ContentKind;

/// The rule's name.
pub(super) const RULE: &str = "too-long";

/// The most words, by what a text is for.
const fn longest(kind: Kind) -> usize {
    match kind {
        Kind::Content(ContentKind::Heading) => 10,
        Kind::Content(ContentKind::Quote) => 60,
        Kind::Prompt => 50,
        Kind::Content(ContentKind::Note | ContentKind::Transition) | Kind::Placed => 120,
        Kind::Tool => 150,
        Kind::Content(ContentKind::Instruction | ContentKind::Celebration) => 200,
    }
}

pub(super) fn check(texts: &[Text], found: &mut Vec<Warning>) {
    for text in texts {
        let (count, most) = (words(&text.words).len(), longest(text.kind));
        if count > most {
            found.push(Warning {
                at: text.at.clone(),
                rule: RULE,
                id: text.id.clone(),
                message: format!("has {count} words, and {most} is the limit for its kind"),
            });
        }
    }
}
