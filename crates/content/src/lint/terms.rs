//! Words that have to be explained where they are first used.

use super::{
    Warning,
    config::Config,
    prose::{holds, words},
    texts::{Kind, Text},
};

/// The rule's name.
pub(super) const RULE: &str = "unexplained-term";

/// A term of `lint.toml` is first used by the block that explains it; a word in capitals is such a term.
pub(super) fn check(texts: &[Text], config: &mut Config, found: &mut Vec<Warning>) {
    let ours = texts
        .iter()
        .filter(|text| !text.is_quoted() && text.kind != Kind::Tool);
    let read: Vec<(&Text, Vec<&str>)> = ours
        .map(|text| {
            let mut all = words(&text.words);
            all.extend(words(&text.labels));
            (text, all)
        })
        .collect();
    for index in 0..config.terms.len() {
        let (at, term) = &config.terms[index];
        let block = term.block.to_string();
        let uses = read.iter().filter(|(_, words)| holds(words, &term.word));
        let uses: Vec<&Text> = uses.map(|(text, _)| *text).collect();
        if !uses.iter().any(|text| text.id == block) {
            let message = format!("block {block} does not hold {:?}", term.word);
            let at = at.clone();
            config.fault(&at, "explains-nothing", message);
            continue;
        }
        for text in uses.iter().take_while(|text| text.id != block) {
            let message = format!("uses {:?} before block {block} explains it", term.word);
            found.push(warning(text, message));
        }
    }
    for (text, words) in &read {
        for word in words.iter().filter(|word| is_shortened(word)) {
            if !config
                .terms
                .iter()
                .any(|(_, term)| holds(&[*word], &term.word))
            {
                let message = format!("uses {word:?}, which no [[term]] explains");
                found.push(warning(text, message));
            }
        }
    }
}

fn warning(text: &Text, message: String) -> Warning {
    Warning {
        at: text.at.clone(),
        rule: RULE,
        id: text.id.clone(),
        message,
    }
}

/// Two capitals or more and nothing else, as in BATNA.
fn is_shortened(word: &str) -> bool {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}
