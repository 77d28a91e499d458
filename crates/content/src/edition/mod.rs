//! What authors' files become: rows of the shared tables, each with the place it was written at.

mod coaching;
mod draft;
mod fault;
mod key;

use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

pub(crate) use coaching::{Coaching, EachTable};
pub(crate) use draft::{Draft, Origin, Row};
pub use fault::Fault;
pub(crate) use key::uuid_of;

use crate::check::check;

/// A set of files without a fault, ready to be loaded.
#[derive(Debug)]
pub struct Edition(Draft);

impl Edition {
    /// Checks a draft; the error holds every fault, by file and line.
    pub(crate) fn of(mut draft: Draft) -> Result<Self, Vec<Fault>> {
        let mut faults = std::mem::take(&mut draft.faults);
        faults.extend(check(&draft));
        if faults.is_empty() {
            return Ok(Self(draft));
        }
        faults.sort();
        faults.dedup();
        Err(faults)
    }

    /// The rows.
    pub(crate) const fn rows(&self) -> &Draft {
        &self.0
    }

    /// How many rows each table gets.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        let draft = &self.0;
        let mut counts = vec![
            ("stem", draft.stem.len()),
            ("content_blocks", draft.content_blocks.len()),
            ("prompts", draft.prompts.len()),
            ("tools", draft.tools.len()),
            ("connections", draft.connections.len()),
            ("data_objects", draft.data_objects.len()),
            ("ongoing_practices", draft.ongoing_practices.len()),
            ("personality_types", draft.personality_types.len()),
            ("competencies", draft.competencies.len()),
            ("competency_levels", draft.competency_levels.len()),
            ("skills", draft.skills.len()),
            ("references", draft.references.len()),
            ("content_sources", draft.content_sources.len()),
            ("terms", draft.terms.len()),
            ("consents", draft.consents.len()),
        ];
        draft.coaching.tables(&mut Counts(&mut counts));
        counts
    }

    /// SHA-256 over all rows, in hexadecimal digits; the same for the same rows in the same order.
    pub fn fingerprint(&self) -> Result<String, serde_json::Error> {
        let draft = &self.0;
        let mut hasher = Sha256::new();
        absorb(&mut hasher, &draft.stem)?;
        absorb(&mut hasher, &draft.content_blocks)?;
        absorb(&mut hasher, &draft.prompts)?;
        absorb(&mut hasher, &draft.tools)?;
        absorb(&mut hasher, &draft.connections)?;
        absorb(&mut hasher, &draft.data_objects)?;
        absorb(&mut hasher, &draft.ongoing_practices)?;
        absorb(&mut hasher, &draft.personality_types)?;
        absorb(&mut hasher, &draft.competencies)?;
        absorb(&mut hasher, &draft.competency_levels)?;
        absorb(&mut hasher, &draft.skills)?;
        absorb(&mut hasher, &draft.references)?;
        absorb(&mut hasher, &draft.content_sources)?;
        absorb(&mut hasher, &draft.terms)?;
        absorb(&mut hasher, &draft.consents)?;
        let mut digest = Digested(Ok(hasher));
        draft.coaching.tables(&mut digest);
        let hasher = digest.0?;
        let mut digits = String::with_capacity(64);
        for byte in hasher.finalize() {
            let _ = write!(digits, "{byte:02x}");
        }
        Ok(digits)
    }
}

/// How many rows each table gets.
struct Counts<'a>(&'a mut Vec<(&'static str, usize)>);

impl EachTable for Counts<'_> {
    fn table<T: Serialize>(&mut self, name: &'static str, _: &[&str], rows: &[Row<T>]) {
        self.0.push((name, rows.len()));
    }
}

/// What all rows so far come to.
struct Digested(Result<Sha256, serde_json::Error>);

impl EachTable for Digested {
    fn table<T: Serialize>(&mut self, _: &'static str, _: &[&str], rows: &[Row<T>]) {
        if let Ok(hasher) = &mut self.0
            && let Err(error) = absorb(hasher, rows)
        {
            self.0 = Err(error);
        }
    }
}

fn absorb<T: Serialize>(hasher: &mut Sha256, rows: &[Row<T>]) -> Result<(), serde_json::Error> {
    for row in rows {
        hasher.update(serde_json::to_vec(&row.row)?);
        hasher.update(b"\n");
    }
    hasher.update(b"\0");
    Ok(())
}
