//! What a good text keeps to beyond what the program needs. An edition with warnings can be loaded; `content check`
//! prints them, and `--strict` refuses them. `lint.toml` in the folder says which ones an author has decided to live with.

mod choices;
mod config;
mod length;
mod phrases;
mod prose;
mod purpose;
mod reading;
mod sources;
mod terms;
mod texts;
mod topics;
mod unused;

use std::{fs, io::ErrorKind, path::Path};

use crate::{
    check::View,
    edition::{Edition, Fault, Origin},
};

use config::Config;
use texts::texts;

/// The name of the file that says what is allowed and which words are explained where.
const LINT_FILE: &str = "lint.toml";

/// The rules, by the names that warnings and `lint.toml` call them by.
const RULES: [&str; 11] = [
    reading::RULE,
    length::RULE,
    phrases::RULE,
    terms::RULE,
    unused::DATA_OBJECT,
    unused::REFERENCE,
    unused::TOOL,
    purpose::RULE,
    sources::RULE,
    topics::RULE,
    choices::RULE,
];

/// What an author should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linted {
    /// What is wrong with `lint.toml` itself, by line.
    pub faults: Vec<Fault>,
    /// What the rules found and nobody has allowed, by file and line.
    pub warnings: Vec<Fault>,
}

/// A warning before anybody has asked whether it is allowed.
#[derive(Debug)]
struct Warning {
    at: Origin,
    rule: &'static str,
    /// What an entry of `lint.toml` names: `1120` for a block, `tool:list_builder`, or the phrase itself.
    id: String,
    message: String,
}

/// Looks at an edition as the `lint.toml` of its folder says; a folder may be without one.
#[must_use]
pub fn lint(edition: &Edition, folder: &Path) -> Linted {
    let mut config = match fs::read_to_string(folder.join(LINT_FILE)) {
        Ok(text) => Config::parse(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => Config::default(),
        Err(error) => {
            let mut config = Config::default();
            let at = Origin::file(LINT_FILE);
            config.fault(&at, "unreadable", error.to_string());
            config
        }
    };
    let view = View::of(edition.rows());
    let texts = texts(&view);
    let mut found = Vec::new();
    reading::check(&texts, &mut found);
    length::check(&texts, &mut found);
    phrases::check(&texts, &mut found);
    terms::check(&texts, &mut config, &mut found);
    unused::check(&view, &mut found);
    purpose::check(&view, &mut found);
    sources::check(&view, &mut found);
    topics::check(&view, &mut found);
    choices::check(&view, &mut found);
    let mut warnings: Vec<Fault> = found
        .iter()
        .filter(|warning| !config.allows(warning))
        .map(|warning| {
            let message = format!("{}: {}", warning.id, warning.message);
            warning.at.fault(warning.rule, message)
        })
        .collect();
    warnings.sort();
    Linted {
        faults: config.finish(),
        warnings,
    }
}
