//! Markdown as words and sentences.

/// A text's words, sentence by sentence. Marks of emphasis, quotation and lists are no words; a sentence ends with `.`,
/// `!`, `?`, `:` or `;` before a blank, and with its line.
pub(super) fn sentences(markdown: &str) -> Vec<Vec<&str>> {
    let mut sentences = vec![Vec::new()];
    for line in markdown.lines() {
        for piece in line.split_whitespace() {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            if let (false, Some(last)) = (word.is_empty(), sentences.last_mut()) {
                last.push(word);
            }
            let bare = piece.trim_end_matches(|c: char| "*_\"”’')".contains(c));
            if bare.ends_with(['.', '!', '?', ':', ';']) {
                sentences.push(Vec::new());
            }
        }
        sentences.push(Vec::new());
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// A text's words in their order.
pub(super) fn words(markdown: &str) -> Vec<&str> {
    sentences(markdown).into_iter().flatten().collect()
}

/// True when the words of `run` stand in a row in the text. A word with a capital behind its first letter is looked for
/// as it stands, every other one in any case.
pub(super) fn holds(words: &[&str], run: &str) -> bool {
    let run: Vec<&str> = run.split_whitespace().collect();
    let capital = |word: &str| word.chars().skip(1).any(char::is_uppercase);
    let same = |(word, wanted): (&&str, &&str)| {
        let word = word.trim_end_matches("'s").trim_end_matches("’s");
        word == *wanted || (!capital(wanted) && word.to_lowercase() == wanted.to_lowercase())
    };
    !run.is_empty()
        && words
            .windows(run.len())
            .any(|window| window.iter().zip(&run).all(same))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_divided() {
        let text =
            "**How long.** About *20* minutes.\n\n- one-legged, it stood\n- Mr. X's \"end!\" Then";
        let expected: Vec<Vec<&str>> = vec![
            vec!["How", "long"],
            vec!["About", "20", "minutes"],
            vec!["one-legged", "it", "stood"],
            vec!["Mr"],
            vec!["X's", "end"],
            vec!["Then"],
        ];
        assert_eq!(sentences(text), expected);
        assert!(sentences(" – \n * ").is_empty());
    }

    #[test]
    fn a_run_of_words_is_found() {
        let words = words("What is your BATNA's worth? Lists of Transferable skills.");
        assert!(holds(&words, "BATNA"));
        assert!(holds(&words, "transferable skills"));
        assert!(!holds(&words, "batna skills"));
        assert!(!holds(&words, "YOUR"));
        assert!(!holds(&words, ""));
    }
}
