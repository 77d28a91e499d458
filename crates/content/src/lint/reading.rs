//! How hard a text is to read.

use super::{Warning, prose::sentences, texts::Text};

/// The rule's name.
pub(super) const RULE: &str = "reading-level";

/// Shorter texts say too little for an average to mean anything.
const FEWEST_WORDS: usize = 40;

/// Grades of American schools: 10 is read easily at sixteen.
const HIGHEST: f64 = 10.0;

pub(super) fn check(texts: &[Text], found: &mut Vec<Warning>) {
    for text in texts.iter().filter(|text| !text.is_quoted()) {
        let Some(grade) = grade(&text.words).filter(|grade| *grade > HIGHEST) else {
            continue;
        };
        found.push(Warning {
            at: text.at.clone(),
            rule: RULE,
            id: text.id.clone(),
            message: format!(
                "reads like grade {grade:.1}, and {HIGHEST:.0} is the limit: shorten sentences or words"
            ),
        });
    }
}

/// The Automated Readability Index (Smith and Senter, 1967): 4.71 × characters/words + 0.5 × words/sentences − 21.43,
/// characters being letters and digits. It counts what is written, where other formulas have to guess at syllables.
/// `None` for a text that is too short.
fn grade(markdown: &str) -> Option<f64> {
    let sentences = sentences(markdown);
    let words = sentences.iter().flatten();
    let count = words.clone().count();
    if count < FEWEST_WORDS {
        return None;
    }
    let characters = words
        .flat_map(|word| word.chars())
        .filter(|c| c.is_alphanumeric());
    Some(index(characters.count(), count, sentences.len()))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "texts are far shorter than 2^52"
)]
fn index(characters: usize, words: usize, sentences: usize) -> f64 {
    let per_word = characters as f64 / words as f64;
    let per_sentence = words as f64 / sentences as f64;
    4.71 * per_word + 0.5 * per_sentence - 21.43
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_that_of_the_paper() {
        // "The cat sat on the mat.": 17 letters, 6 words, 1 sentence; 13.345 + 3 - 21.43.
        assert!((index(17, 6, 1) - -5.085).abs() < 1e-9);
        // 500 characters in 100 words in 5 sentences: 23.55 + 10 - 21.43.
        assert!((index(500, 100, 5) - 12.12).abs() < 1e-9);
    }

    #[test]
    fn letters_words_and_sentences_are_counted() {
        // Ten sentences of four words and sixteen letters: 4.71 * 4 + 0.5 * 4 - 21.43.
        let text = "Four dogs went home. ".repeat(10);
        let found = grade(&text).unwrap();
        assert!((found - -0.59).abs() < 1e-9, "{found}");
        assert_eq!(grade("Four dogs went home."), None);
    }
}
