//! Several wordings of one placement, of which each reader meets one.

use dreamtree_types::UserId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Body, Exercise, Library, Placement};

/// How many wordings a placement may have.
const MOST: usize = 5;

/// The longest name of a group, in characters.
const LONGEST_NAME: usize = 40;

/// The other wordings of a placement. Only words differ: the id, the input with its rules and everything that is said
/// about position and progress are the same for all readers.
#[derive(Clone, Debug)]
pub struct Variants {
    /// Placements of the same group show a reader the same of their wordings.
    pub group: String,
    /// What stands there in the second wording and in those that follow; 1 to 4.
    pub others: Vec<Body>,
}

/// The placements that share a name, all of them in one exercise.
#[derive(Clone, Copy, Debug)]
pub struct VariantGroup<'a> {
    /// The group's name.
    pub name: &'a str,
    /// How many wordings there are; at least 2.
    pub wordings: usize,
    /// The exercise that they stand in.
    pub exercise: &'a Exercise,
}

impl Placement {
    /// What stands here for this reader.
    #[must_use]
    pub fn body_for(&self, reader: UserId) -> &Body {
        let Some(variants) = &self.variants else {
            return &self.body;
        };
        let wording = wording_of(&variants.group, reader, variants.others.len() + 1);
        let other = wording
            .checked_sub(1)
            .and_then(|at| variants.others.get(at));
        other.unwrap_or(&self.body)
    }
}

impl Body {
    /// The same with other words.
    pub(super) fn worded(&self, words: String) -> Self {
        let mut body = self.clone();
        match &mut body {
            Self::Content(block) => block.text = words,
            Self::Prompt(prompt) => prompt.text = words,
            Self::Tool(placed) => placed.instructions = Some(words),
        }
        body
    }
}

impl Library {
    /// The groups of variants, in the order of reading.
    #[must_use]
    pub fn variant_groups(&self) -> Vec<VariantGroup<'_>> {
        let mut groups: Vec<VariantGroup<'_>> = Vec::new();
        for placement in self.placements() {
            let (Some(variants), Some(exercise)) =
                (&placement.variants, self.exercise_of(placement))
            else {
                continue;
            };
            if groups.iter().all(|group| group.name != variants.group) {
                groups.push(VariantGroup {
                    name: &variants.group,
                    wordings: variants.others.len() + 1,
                    exercise,
                });
            }
        }
        groups
    }
}

impl VariantGroup<'_> {
    /// Which of the wordings a reader meets, from 0.
    #[must_use]
    pub fn wording_for(&self, reader: UserId) -> usize {
        wording_of(self.name, reader, self.wordings)
    }
}

/// Which of so many wordings a reader meets, from 0: HMAC-SHA-256 of the user's id, keyed with the group's name. Every
/// wording is as likely as every other, one reader's wordings in two groups have nothing to do with each other, and
/// they stay what they are without a row that says so.
fn wording_of(group: &str, reader: UserId, wordings: usize) -> usize {
    let Ok(mut hash) = Hmac::<Sha256>::new_from_slice(group.as_bytes()) else {
        return 0;
    };
    hash.update(reader.uuid().as_bytes());
    let digest = hash.finalize().into_bytes();
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let wordings = u64::try_from(wordings).unwrap_or(1).max(1);
    usize::try_from(number % wordings).unwrap_or(0)
}

/// Reads the columns `variant_group` and `wordings` of `stem`: the group's name and the other wordings. The error is a
/// sentence for the author.
pub(crate) fn parse_variants<'a>(
    group: Option<&'a str>,
    wordings: Option<&str>,
) -> Result<Option<(&'a str, Vec<String>)>, String> {
    let (group, wordings) = match (group, wordings) {
        (None, None) => return Ok(None),
        (Some(group), Some(wordings)) => (group, wordings),
        (Some(_), None) => return Err("variants need at least two wordings".to_owned()),
        (None, Some(_)) => {
            return Err("several wordings need the name of a group, variants=…".to_owned());
        }
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if group.is_empty() || group.len() > LONGEST_NAME || !group.chars().all(plain) {
        return Err(format!(
            "a group's name has 1 to {LONGEST_NAME} of a-z, 0-9 and -"
        ));
    }
    let others: Vec<String> = serde_json::from_str(wordings).map_err(|error| error.to_string())?;
    if !(1..MOST).contains(&others.len()) {
        return Err(format!("there are 2 to {MOST} wordings"));
    }
    if others.iter().any(|text| text.trim().is_empty()) {
        return Err("a wording is empty".to_owned());
    }
    Ok(Some((group, others)))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn reader(number: u128) -> UserId {
        UserId::from(Uuid::from_u128(number))
    }

    #[test]
    fn a_wording_never_changes() {
        // The first eight bytes of HMAC-SHA-256, as computed by Python's hmac module, modulo 1000.
        assert_eq!(wording_of("good-day", reader(1), 1_000), 187);
        assert_eq!(wording_of("good-day", reader(2), 1_000), 99);
        assert_eq!(wording_of("good-day", reader(1), 1), 0);
    }

    #[test]
    fn readers_are_divided_evenly_and_groups_apart() {
        let wordings = |group| (0..4_000).map(move |number| wording_of(group, reader(number), 2));
        for group in ["good-day", "three-ways"] {
            let second: usize = wordings(group).sum();
            assert!(
                (1_880..=2_120).contains(&second),
                "{group}: {second} of 4000"
            );
        }
        let same = wordings("good-day")
            .zip(wordings("three-ways"))
            .filter(|(one, other)| one == other);
        let same = same.count();
        assert!((1_880..=2_120).contains(&same), "{same} of 4000");
    }

    #[test]
    fn columns_have_to_fit() {
        let good = parse_variants(Some("good-day"), Some(r#"["Other words"]"#));
        assert_eq!(good, Ok(Some(("good-day", vec!["Other words".to_owned()]))));
        assert_eq!(parse_variants(None, None), Ok(None));
        for (group, wordings) in [
            (Some("good-day"), None),
            (None, Some(r#"["Other words"]"#)),
            (Some("Good day"), Some(r#"["Other words"]"#)),
            (Some(""), Some(r#"["Other words"]"#)),
            (Some("good-day"), Some("[]")),
            (Some("good-day"), Some(r#"["a","b","c","d","e"]"#)),
            (Some("good-day"), Some(r#"[" "]"#)),
            (Some("good-day"), Some("Other words")),
        ] {
            assert!(
                parse_variants(group, wordings).is_err(),
                "{group:?} {wordings:?}"
            );
        }
    }
}
