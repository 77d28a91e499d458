//! `lint.toml`: what an author has decided to live with, and where words are explained.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, de::DeserializeOwned};
use toml::Spanned;

use super::{LINT_FILE, RULES, Warning, phrases};
use crate::{
    edition::{Fault, Origin},
    toml_at::line_of,
};

/// A warning that stays unsaid.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    rule: String,
    id: String,
    reason: String,
}

/// A word that a reader need not know, and the block that explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    /// As it is written in the texts. With a capital behind the first letter it is looked for as it stands, otherwise in
    /// any case.
    pub(super) word: String,
    /// The block that explains it, the first one to use it.
    pub(super) block: i32,
}

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Config {
    allowed: Vec<(Origin, Allowed, bool)>,
    pub(super) terms: Vec<(Origin, Term)>,
    pub(super) faults: Vec<Fault>,
}

impl Config {
    /// Reads the text of the file; what does not fit is a fault.
    pub(super) fn parse(text: &str) -> Self {
        let mut config = Self::default();
        let file: Arc<str> = Arc::from(LINT_FILE);
        let tables = match toml::from_str::<BTreeMap<String, Vec<Spanned<toml::Value>>>>(text) {
            Ok(tables) => tables,
            Err(error) => {
                let line = error.span().map_or(0, |span| line_of(text, span.start));
                let at = Origin::new(&file, 1 + line);
                config.fault(&at, "settings", error.message().trim());
                return config;
            }
        };
        for (name, entries) in tables {
            for entry in entries {
                let at = Origin::new(&file, 1 + line_of(text, entry.span().start));
                match name.as_str() {
                    "allow" => config.take_allowed(at, entry.into_inner()),
                    "term" => {
                        if let Some(term) = config.read(&at, entry.into_inner()) {
                            config.terms.push((at, term));
                        }
                    }
                    _ => config.fault(&at, "unknown-table", "there are [[allow]] and [[term]]"),
                }
            }
        }
        config
    }

    fn take_allowed(&mut self, at: Origin, value: toml::Value) {
        let Some(allowed) = self.read::<Allowed>(&at, value) else {
            return;
        };
        if !RULES.contains(&allowed.rule.as_str()) {
            let message = format!("there is no rule {:?} that could be allowed", allowed.rule);
            self.fault(&at, "unknown-rule", message);
        } else if allowed.reason.trim().is_empty() {
            self.fault(&at, "allow-without-reason", "the reason is empty");
        } else {
            self.allowed.push((at, allowed, false));
        }
    }

    fn read<T: DeserializeOwned>(&mut self, at: &Origin, value: toml::Value) -> Option<T> {
        match value.try_into() {
            Ok(entry) => Some(entry),
            Err(error) => {
                self.fault(at, "settings", error.message().trim());
                None
            }
        }
    }

    pub(super) fn fault(&mut self, at: &Origin, rule: &'static str, message: impl Into<String>) {
        self.faults.push(at.fault(rule, message));
    }

    /// True when the warning is allowed; each entry that allows it is noted as needed.
    pub(super) fn allows(&mut self, warning: &Warning) -> bool {
        let mut any = false;
        for (_, allowed, needed) in &mut self.allowed {
            let named = if warning.rule == phrases::RULE {
                phrases::within(&warning.id, &allowed.id)
            } else {
                warning.id == allowed.id
            };
            if allowed.rule == warning.rule && named {
                *needed = true;
                any = true;
            }
        }
        any
    }

    /// The faults of the file, those of entries that allowed nothing included.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        for (at, allowed, needed) in &self.allowed {
            if !needed {
                let message = format!("nothing breaks {} at {}", allowed.rule, allowed.id);
                self.faults.push(at.fault("allows-nothing", message));
            }
        }
        self.faults.sort();
        self.faults
    }
}
