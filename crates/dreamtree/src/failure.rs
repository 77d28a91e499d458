//! Why a command ended early, in words for the person at the keyboard.

use std::{error::Error, fmt};

use dreamtree_content::Fault;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure in our own words.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Says what was being done when it happened.
    pub(crate) fn during<E: Into<Self>>(what: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{what}: {}", error.into()))
    }

    /// What is wrong with a folder of content, a line each.
    pub(crate) fn content(faults: &[Fault]) -> Self {
        let lines: Vec<String> = faults.iter().map(content_line).collect();
        Self(format!("the content has faults\n{}", lines.join("\n")))
    }
}

/// One fault of a content file, so that editors find the place.
pub(crate) fn content_line(fault: &Fault) -> String {
    format!(
        "{}:{}: {}: {}",
        fault.file, fault.line, fault.rule, fault.message
    )
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The error and what lies behind it, in one line.
impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut line = error.to_string();
        let mut next = error.source();
        while let Some(cause) = next {
            let text = cause.to_string();
            if !line.ends_with(&text) {
                line = format!("{line}: {text}");
            }
            next = cause.source();
        }
        Self(line)
    }
}
