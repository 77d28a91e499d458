//! Reads keys from a file and the environment, and collects what is wrong with them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Display},
    ops::RangeInclusive,
    str::FromStr,
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Everything that is wrong with a configuration.
#[derive(Debug)]
pub(crate) struct Faults(BTreeSet<String>);

impl Faults {
    /// A single fault.
    pub(crate) fn one(place: impl Display, what: impl Display) -> Self {
        Self(BTreeSet::from([format!("{place}: {what}")]))
    }
}

impl Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration has faults")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n{fault}"))
    }
}

/// Variables that people expect to work beside `DREAMTREE_DATABASE_URL` and the like.
const CONVENTIONS: [(&str, &str); 2] = [
    ("database.url", "DATABASE_URL"),
    ("database.owner_url", "DATABASE_OWNER_URL"),
];

const PREFIX: &str = "DREAMTREE_";

/// Hands out what was said for each key. What is never asked for is not a key.
#[derive(Debug)]
pub(crate) struct Reader {
    file: BTreeMap<String, Said>,
    environment: BTreeMap<String, String>,
    faults: BTreeSet<String>,
    #[cfg(test)]
    unsaid: Vec<&'static str>,
}

#[derive(Debug)]
struct Said {
    text: String,
    place: String,
}

impl Reader {
    /// Reads a file (its name and its text) and variables.
    pub(crate) fn new(
        file: Option<(&str, &str)>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Self {
        let ours = |name: &str| {
            name.starts_with(PREFIX) || CONVENTIONS.iter().any(|(_, other)| *other == name)
        };
        let mut reader = Self {
            file: BTreeMap::new(),
            environment: environment
                .filter(|(name, _)| ours(name) && name != "DREAMTREE_CONFIG")
                .collect(),
            faults: BTreeSet::new(),
            #[cfg(test)]
            unsaid: Vec::new(),
        };
        if let Some((name, text)) = file {
            let line = |place: usize| {
                let before = text.get(..place).unwrap_or(text);
                format!("{name}:{}", before.matches('\n').count() + 1)
            };
            let (table, errors) = DeTable::parse_recoverable(text);
            for error in errors {
                let place = line(error.span().map_or(0, |span| span.start));
                reader
                    .faults
                    .insert(format!("{place}: {}", error.message()));
            }
            reader.flatten("", table.get_ref(), &line);
        }
        reader
    }

    fn flatten(&mut self, prefix: &str, table: &DeTable<'_>, line: &dyn Fn(usize) -> String) {
        for (name, value) in table {
            let key = format!("{prefix}{}", name.get_ref());
            let place = line(name.span().start);
            if let DeValue::Table(inner) = value.get_ref() {
                self.flatten(&format!("{key}."), inner, line);
            } else if let Some(text) = text(value.get_ref()) {
                self.file.insert(key, Said { text, place });
            } else {
                let what = "must be a string, a number, true or false, or a list of strings";
                self.faults.insert(format!("{place}: {key}: {what}"));
            }
        }
    }

    /// A variable that has no key.
    pub(crate) fn variable(&mut self, name: &str) -> Option<String> {
        self.environment.remove(name)
    }

    /// What stands behind a key, or its default.
    pub(crate) fn take<T: FromStr<Err: Display>>(&mut self, key: &'static str, default: T) -> T {
        self.optional(key).unwrap_or(default)
    }

    /// What stands behind a key, if anything does.
    pub(crate) fn optional<T: FromStr<Err: Display>>(&mut self, key: &'static str) -> Option<T> {
        self.parse(key, |text| {
            text.parse().map_err(|error: T::Err| error.to_string())
        })
    }

    /// What stands behind a key, read in a way of its own, or its default.
    pub(crate) fn take_or<T>(
        &mut self,
        key: &'static str,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        self.parse(key, parse).unwrap_or(default)
    }

    /// A whole number within bounds.
    pub(crate) fn number(
        &mut self,
        key: &'static str,
        default: usize,
        bounds: RangeInclusive<usize>,
    ) -> usize {
        let what = format!(
            "must be a whole number from {} to {}",
            bounds.start(),
            bounds.end()
        );
        self.take_or(key, default, |text| {
            text.parse()
                .ok()
                .filter(|number| bounds.contains(number))
                .ok_or(what)
        })
    }

    /// True or false.
    pub(crate) fn switch(&mut self, key: &'static str, default: bool) -> bool {
        let what = || "must be true or false".to_owned();
        self.take_or(key, default, |text| text.parse().map_err(|_| what()))
    }

    /// Notes a fault that only shows when several keys are seen together.
    pub(crate) fn fault(&mut self, key: &str, what: &str) {
        self.faults.insert(format!("{key}: {what}"));
    }

    fn parse<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(Said { text, place }) = self.said(key) else {
            #[cfg(test)]
            self.unsaid.push(key);
            return None;
        };
        match parse(&text) {
            Ok(value) => Some(value),
            Err(what) => {
                self.faults.insert(format!("{place}: {what}"));
                None
            }
        }
    }

    /// The variable of the key, else the conventional one, else the file.
    fn said(&mut self, key: &str) -> Option<Said> {
        let filed = self.file.remove(key);
        let filed = filed.map(|said| Said {
            place: format!("{}: {key}", said.place),
            ..said
        });
        let own = format!("{PREFIX}{}", key.replace('.', "_").to_ascii_uppercase());
        let convention = CONVENTIONS
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, name)| *name);
        let mut variable = |name: &str| {
            let text = self.environment.remove(name)?;
            Some(Said {
                text,
                place: name.to_owned(),
            })
        };
        let conventional = convention.and_then(&mut variable);
        variable(&own).or(conventional).or(filed)
    }

    /// Ends reading; an error if anything was wrong or was never asked for.
    pub(crate) fn finish(mut self) -> Result<(), Faults> {
        let what = "is not a key of the configuration";
        for (key, said) in self.file {
            self.faults.insert(format!("{}: {key}: {what}", said.place));
        }
        for name in self.environment.into_keys() {
            self.faults.insert(format!("{name}: {what}"));
        }
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Faults(self.faults))
        }
    }

    /// The keys that were asked for and had nothing said for them.
    #[cfg(test)]
    pub(super) fn unsaid(&self) -> Vec<&'static str> {
        self.unsaid.clone()
    }
}

/// A value as it would stand in a variable.
fn text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Boolean(switch) => Some(switch.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Array(items) => {
            let texts = items
                .iter()
                .map(|item: &Spanned<DeValue<'_>>| item.get_ref().as_str());
            texts
                .collect::<Option<Vec<_>>>()
                .map(|texts| texts.join(","))
        }
        _ => None,
    }
}
