//! `{#1112 input=textarea required}`.

/// What stands between the braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attributes<'a> {
    pub(super) id: i32,
    pub(super) values: Vec<(&'a str, &'a str)>,
    pub(super) flags: Vec<&'a str>,
}

impl<'a> Attributes<'a> {
    /// The value of `name=…`.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.values
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    }

    /// True when the bare word is there.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.flags.contains(&name)
    }

    /// The first attribute that is not among those allowed, or that is there twice.
    pub(super) fn surplus(&self, values: &[&str], flags: &[&str]) -> Option<&'a str> {
        let keys: Vec<&str> = self.values.iter().map(|(key, _)| *key).collect();
        let twice = |all: &[&'a str], at: usize| all[..at].contains(&all[at]);
        (0..keys.len())
            .find(|at| !values.contains(&keys[*at]) || twice(&keys, *at))
            .map(|at| self.values[at].0)
            .or_else(|| {
                (0..self.flags.len())
                    .find(|at| !flags.contains(&self.flags[*at]) || twice(&self.flags, *at))
                    .map(|at| self.flags[at])
            })
    }
}

/// Divides `text {#1112 …}` into the text and the attributes; the error says what is missing.
pub(super) fn split(line: &str) -> Result<(&str, Attributes<'_>), &'static str> {
    let inner = line
        .strip_suffix('}')
        .and_then(|rest| rest.rsplit_once('{'));
    let Some((text, inner)) = inner else {
        return Err("the line must end in an id like {#1105}");
    };
    let mut words = inner.split_whitespace();
    let id = words
        .next()
        .and_then(|word| word.strip_prefix('#'))
        .and_then(|digits| digits.parse().ok())
        .filter(|id| *id > 0)
        .ok_or("the braces begin with an id, a whole number from 1, like {#1105}")?;
    let mut attributes = Attributes {
        id,
        values: Vec::new(),
        flags: Vec::new(),
    };
    for word in words {
        match word.split_once('=') {
            Some((key, value)) => attributes.values.push((key, value.trim_matches('"'))),
            None => attributes.flags.push(word),
        }
    }
    Ok((text.trim(), attributes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read() {
        let expected = Attributes {
            id: 1112,
            values: vec![("input", "textarea")],
            flags: vec!["required"],
        };
        let found = split("prompt {#1112 input=textarea required}");
        assert_eq!(found, Ok(("prompt", expected)));
    }

    #[test]
    fn what_does_not_belong_is_found() {
        let found = Attributes {
            id: 1,
            values: vec![("input", "text")],
            flags: vec!["loud"],
        };
        assert_eq!(found.surplus(&["input"], &["loud"]), None);
        assert_eq!(found.surplus(&["input"], &["required"]), Some("loud"));
        assert_eq!(found.surplus(&["name"], &["loud"]), Some("input"));
        let twice = Attributes {
            id: 1,
            values: vec![],
            flags: vec!["loud", "loud"],
        };
        assert_eq!(twice.surplus(&[], &["loud"]), Some("loud"));
    }

    #[test]
    fn a_block_without_an_id_is_refused() {
        assert!(split("A heading").is_err());
        assert!(split("A heading {#}").is_err());
        assert!(split("A heading {#-4}").is_err());
        assert!(split("A heading {1105}").is_err());
    }
}
