//! Turns of phrase that come back so often that they sound as if nobody had written them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Warning, prose::words, texts::Text};

/// The rule's name.
pub(super) const RULE: &str = "repeated-phrase";

/// Words in a row.
const LENGTH: usize = 6;

/// In so many texts a run may stand.
const MOST_TEXTS: usize = 2;

/// Texts count once, whatever their wordings have in common.
pub(super) fn check(texts: &[Text], found: &mut Vec<Warning>) {
    let mut runs: BTreeMap<String, Vec<&Text>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for text in texts.iter().filter(|text| !text.is_quoted()) {
        let words = words(&text.words);
        for run in words.windows(LENGTH) {
            let run = run.join(" ").to_lowercase();
            if seen.insert((text.id.as_str(), run.clone())) {
                runs.entry(run).or_default().push(text);
            }
        }
    }
    for (run, texts) in runs {
        if let Some(text) = texts.get(MOST_TEXTS) {
            let ids: Vec<&str> = texts.iter().map(|text| text.id.as_str()).collect();
            found.push(Warning {
                at: text.at.clone(),
                rule: RULE,
                message: format!("stands in {} texts: {}", ids.len(), ids.join(", ")),
                id: run,
            });
        }
    }
}

/// True when the allowed words stand in the run.
pub(super) fn within(run: &str, allowed: &str) -> bool {
    format!(" {run} ").contains(&format!(" {} ", allowed.trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_allowed() {
        assert!(within(
            "about 20 minutes you finish with",
            "Minutes you finish"
        ));
        assert!(!within("about 20 minutes you finish with", "finish wit"));
    }
}
