//! Texts to fill columns with: sentences of a likely length that nobody has written and that name nobody.

use crate::dice::Dice;

const STARTS: [&str; 8] = [
    "On that morning",
    "For a whole season",
    "With little money",
    "Against all advice",
    "Together with the neighbours",
    "Under the old roof",
    "After the third attempt",
    "Without a plan",
];
const DEEDS: [&str; 10] = [
    "we mended the gate",
    "I sorted the seeds",
    "we counted the boxes",
    "I drew the first map",
    "we moved the workshop",
    "I rang every supplier",
    "we taught the beginners",
    "I wrote down each step",
    "we opened an hour early",
    "I took the clock apart",
];
const ENDS: [&str; 8] = [
    "until it held",
    "and nobody noticed",
    "which took longer than we thought",
    "so that others could go on",
    "and I would do it again",
    "before the rain came",
    "as well as we could",
    "and it was enough",
];
const CRAFTS: [&str; 10] = [
    "baking",
    "binding",
    "carving",
    "grafting",
    "mapping",
    "mending",
    "tuning",
    "weaving",
    "glazing",
    "ploughing",
];
const THINGS: [&str; 12] = [
    "bread", "books", "boats", "clocks", "gardens", "bicycles", "organs", "roofs", "wells",
    "kites", "lenses", "looms",
];
const PLACES: [&str; 6] = [
    "Mill",
    "Harbour",
    "Orchard",
    "Bridge",
    "Quarry",
    "Lighthouse",
];

/// Sentences of `length` characters or a little less, never longer; at least one word.
pub(crate) fn text(dice: &mut Dice, length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        if !text.is_empty() {
            text.push(' ');
        }
        for (part, end) in [(dice.pick(&STARTS), ", "), (dice.pick(&DEEDS), ", ")] {
            text.push_str(part);
            text.push_str(end);
        }
        text.push_str(dice.pick(&ENDS));
        text.push('.');
    }
    text.truncate(length);
    text.truncate(text.trim_end().len());
    text
}

/// A craft, such as "mending clocks".
pub(crate) fn craft(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(&CRAFTS), dice.pick(&THINGS))
}

/// So many crafts, no two of them the same; 120 at most.
pub(crate) fn crafts(dice: &mut Dice, count: usize) -> Vec<String> {
    let all: Vec<(&str, &str)> = CRAFTS
        .iter()
        .flat_map(|craft| THINGS.iter().map(move |thing| (*craft, *thing)))
        .collect();
    let some = dice.some(&all, count).into_iter();
    some.map(|(craft, thing)| format!("{craft} {thing}"))
        .collect()
}

/// Somewhere to work, such as "The Harbour works".
pub(crate) fn workplace(dice: &mut Dice) -> String {
    format!("The {} works", dice.pick(&PLACES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_to_their_length() {
        let mut dice = Dice::new(1, 1);
        for length in [3, 60, 400] {
            let text = text(&mut dice, length);
            assert!(!text.is_empty() && text.len() <= length && text.trim() == text);
        }
    }

    #[test]
    fn crafts_differ() {
        let mut crafts = crafts(&mut Dice::new(1, 1), 120);
        crafts.sort();
        crafts.dedup();
        assert_eq!(crafts.len(), 120);
    }
}
