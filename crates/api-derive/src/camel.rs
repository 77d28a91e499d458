//! Names as GraphQL has them.

/// `next_block` as `nextBlock`.
pub(crate) fn case(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::case;

    #[test]
    fn words_are_joined_by_capitals() {
        for (snake, camel) in [
            ("id", "id"),
            ("next_block", "nextBlock"),
            ("a_b_c", "aBC"),
            ("r#type", "r#type"),
        ] {
            assert_eq!(case(snake), camel);
        }
    }
}
