//! A person's present self-assessment as something that can be signed: complete, and not older than a year.

use std::fmt::Write;

use dreamtree_assessments::{CompetencyResult, Score};
use dreamtree_content::{Competency, Library};
use dreamtree_credentials::{
    self as credentials, Issuer, SelfAssessment, SigningKeys, StatusEntry, Subject,
};
use dreamtree_crypto::{hex, plain_hash};
use dreamtree_database::Scope;
use dreamtree_identity::account;
use dreamtree_types::Instant;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::Error;

/// A result that can be signed.
pub(crate) struct Assessed {
    /// Tells the result from any other: SHA-256 over the scores and when they were given, hexadecimal.
    pub(crate) digest: String,
    /// From when on a credential of it can be shown: now.
    pub(crate) from: Instant,
    /// Until when: a year after the oldest of its scores was given.
    pub(crate) until: Instant,
    /// What was assessed, in the order of the documentation.
    competencies: Vec<credentials::Competency>,
}

impl Assessed {
    /// The person's present result. Refused before the work is claimed, with [`Error::Incomplete`] while some competency has
    /// no score, and with [`Error::Outdated`] once the oldest is older than a year.
    pub(crate) async fn read(scope: &Scope, library: &Library) -> Result<Self, Error> {
        account::require_claimed(scope).await?;
        let scores = dreamtree_assessments::current(scope).await?;
        let now = scope.now();
        let known = library.competencies();
        let result = CompetencyResult::of(known, &scores, now);
        let result = result.filter(CompetencyResult::complete);
        let result = result.ok_or(Error::Incomplete)?;
        if result.reassessment_due_at <= now {
            return Err(Error::Outdated);
        }
        Ok(Self {
            digest: digest(known, &scores),
            from: now,
            until: result.reassessment_due_at,
            competencies: competencies(known, &scores)?,
        })
    }

    /// A credential of it, with a proof made now.
    pub(crate) fn sign(
        &self,
        issuer: &Issuer,
        keys: &SigningKeys,
        id: Uuid,
        subject: Subject,
        status: StatusEntry,
    ) -> Result<Json, Error> {
        let assessment = SelfAssessment {
            id,
            subject,
            valid_from: self.from,
            valid_until: self.until,
            status,
            competencies: self.competencies.clone(),
        };
        Ok(assessment.claims(issuer)?.secure(issuer, keys, self.from)?)
    }
}

/// What was assessed, in the order of the documentation.
fn competencies(
    known: &[Competency],
    scores: &[Score],
) -> Result<Vec<credentials::Competency>, Error> {
    let one = |competency: &Competency| {
        let score = scores.iter().find(|one| one.competency == competency.id);
        let levels = competency.levels.iter().map(|level| credentials::Level {
            id: level.id.uuid(),
            number: level.level,
            text: level.description.clone(),
        });
        Ok(credentials::Competency {
            id: competency.id.uuid(),
            name: competency.name.clone(),
            levels: levels.collect(),
            achieved: score.ok_or(Error::Incomplete)?.score,
        })
    };
    known.iter().map(one).collect()
}

/// What tells a result from any other: every score and when it was given.
fn digest(known: &[Competency], scores: &[Score]) -> String {
    let mut lines: Vec<String> = scores
        .iter()
        .filter(|score| known.iter().any(|one| one.id == score.competency))
        .map(line)
        .collect();
    lines.sort_unstable();
    hex(&plain_hash(lines.concat().as_bytes()))
}

fn line(score: &Score) -> String {
    let at: Instant = score.assessed_at;
    let mut line = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        line,
        "{} {} {}",
        score.competency,
        score.score,
        at.unix_timestamp()
    );
    line
}
