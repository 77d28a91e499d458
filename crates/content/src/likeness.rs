//! How alike two names are, for people who mistype: 1 for the same name, 0 for nothing in common. Case does
//! not count; a letter that is missing, wrong, too much or changed places with its neighbour counts as one
//! mistake in as many letters as the longer name has (Damerau–Levenshtein).

use strsim::normalized_damerau_levenshtein;

/// Names at least this much alike are worth a question: is this the one that you mean?
pub const SUGGESTED: f64 = 0.7;

/// Names at least this much alike are taken for the same.
pub const SAME: f64 = 0.9;

/// How alike two names are.
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    normalized_damerau_levenshtein(&one.trim().to_lowercase(), &other.trim().to_lowercase())
}

/// How alike what somebody has typed so far is to the name from one of its words on. Both in lower case.
pub(crate) fn likeness_so_far(typed: &str, name: &str) -> f64 {
    let letters = typed.chars().count();
    let starts = name.match_indices(' ').map(|(place, _)| place + 1);
    let rests = std::iter::once(0).chain(starts).map(|start| &name[start..]);
    let likeness = |rest: &str| {
        // A letter too few or too many moves the end of what corresponds.
        let ends = letters.saturating_sub(1)..=letters + 1;
        ends.map(|end| normalized_damerau_levenshtein(typed, first(rest, end)))
            .fold(0.0, f64::max)
    };
    rests.map(likeness).fold(0.0, f64::max)
}

fn first(text: &str, letters: usize) -> &str {
    let end = text.char_indices().nth(letters);
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_count_by_the_length_of_the_name() {
        for (one, other, alike) in [
            ("Listening", " listening ", 1.0),
            ("comunication", "Communication", 12.0 / 13.0),
            ("Teh", "The", 1.0 - 1.0 / 3.0),
            ("Sea", "Hill", 0.0),
        ] {
            assert!((likeness(one, other) - alike).abs() < 1e-9, "{one} {other}");
        }
    }

    #[test]
    fn what_is_typed_so_far_is_found_at_any_word() {
        assert!((likeness_so_far("commu", "communication") - 1.0).abs() < 1e-9);
        assert!(likeness_so_far("comunic", "verbal communication") > SUGGESTED);
        assert!(likeness_so_far("weaving", "verbal communication") < SUGGESTED);
    }
}
