//! Credentials of a person's self-assessment: issued once per result and audience, kept as they were signed, revoked by
//! taking them away.

use std::fmt::Write;

use dreamtree_assessments::{CompetencyResult, Score};
use dreamtree_audit::{self as audit, Event};
use dreamtree_content::{Competency, Library};
use dreamtree_credentials::{self as credentials, SelfAssessment, SigningKeys, StatusEntry};
use dreamtree_crypto::{hex, plain_hash};
use dreamtree_database::{Fact, Scope};
use dreamtree_identity::{account, credential_directory};
use dreamtree_types::Instant;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    CredentialId, Error,
    entity::user_credentials::{Column, Entity, Model},
    signer::issuer,
    status,
};

/// The most credentials that a person may have for one audience.
const MOST: usize = 20;

/// What `audience` says of a credential that the person has asked for themselves.
const SELF: &str = "self";

/// A credential as it is kept.
pub type Credential = Model;

/// Who a credential is issued for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The person, who may show it to anybody. It calls them by a name of its own, which nothing else does.
    Person,
    /// A partner, which knows the person by a pairwise name and by no other.
    Partner {
        /// The partner.
        partner: Uuid,
        /// The person, as that partner knows them.
        subject: Uuid,
    },
}

impl Audience {
    fn code(self) -> String {
        match self {
            Self::Person => SELF.to_owned(),
            Self::Partner { partner, .. } => partner.to_string(),
        }
    }

    fn subject(self) -> Uuid {
        match self {
            // At random and not in order of time: two credentials of a person must not look related.
            Self::Person => Uuid::new_v4(),
            Self::Partner { subject, .. } => subject,
        }
    }
}

/// Issues a credential of the person's present result; where one was issued for the same audience already, it is that
/// one. Refused before the work is claimed, and while the result is not complete or older than a year; it ends when the
/// result does. `keys` are those that [`crate::Signer::keys`] gives.
pub async fn issue(
    scope: &Scope,
    library: &Library,
    keys: &SigningKeys,
    origin: &str,
    audience: Audience,
) -> Result<Credential, Error> {
    account::require_claimed(scope).await?;
    let issuer = issuer(origin)?;
    let scores = dreamtree_assessments::current(scope).await?;
    let now = scope.now();
    let result = CompetencyResult::of(library.competencies(), &scores, now);
    let result = result.filter(CompetencyResult::complete);
    let result = result.ok_or(Error::Incomplete)?;
    if result.reassessment_due_at <= now {
        return Err(Error::Outdated);
    }
    let digest = digest(library.competencies(), &scores);
    let code = audience.code();
    let mut same = all(scope).await?;
    same.retain(|one| one.audience == code);
    if let Some(known) = same.iter().find(|one| one.result_digest == digest) {
        return Ok(known.clone());
    }
    if same.len() >= MOST {
        return Err(Error::TooMany { most: MOST });
    }
    // At random, like the subject: it is told to others.
    let id = Uuid::new_v4();
    let entry = status::take(scope).await?;
    let assessment = SelfAssessment {
        id,
        subject: audience.subject(),
        valid_from: now,
        valid_until: result.reassessment_due_at,
        status: entry,
        competencies: competencies(library.competencies(), &scores)?,
    };
    let document = assessment.claims(&issuer)?.secure(&issuer, keys, now)?;
    let row = row(scope, &assessment, code, digest, &document)?;
    Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(scope.connection())
        .await?;
    audit::record(scope, Event::CredentialIssued(id)).await?;
    Ok(row)
}

fn row(
    scope: &Scope,
    assessment: &SelfAssessment,
    audience: String,
    result_digest: String,
    document: &Json,
) -> Result<Model, Error> {
    let StatusEntry { list, position } = assessment.status;
    let number = |value: u32| i32::try_from(value).map_err(|_| Error::Corrupt("a status place"));
    Ok(Model {
        user_id: scope.user(),
        id: CredentialId::from(assessment.id),
        audience,
        subject: assessment.subject,
        result_digest,
        document: document.to_string(),
        status_list: number(list)?,
        status_position: number(position)?,
        valid_from: assessment.valid_from,
        valid_until: assessment.valid_until,
    })
}

/// The person's credentials that were not revoked, newest first, ended ones too; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<Credential>, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::ValidFrom)
        .order_by_asc(Column::Id);
    scope.gather(mine).await
}

/// One of the person's credentials.
pub async fn get(scope: &Scope, id: CredentialId) -> Result<Credential, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id));
    scope.gather_one(mine).await?.ok_or(Error::Missing)
}

/// Revokes one of the person's credentials and forgets it; whoever checks it is told after an hour at most.
pub async fn revoke(scope: &Scope, id: CredentialId) -> Result<(), Error> {
    let known = get(scope, id).await?;
    credential_directory::free(scope, known.status_list, known.status_position).await?;
    Entity::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    audit::record(scope, Event::CredentialRevoked(id.uuid())).await?;
    if let Ok(partner) = Uuid::try_parse(&known.audience) {
        let credential = id.uuid();
        let fact = Fact::CredentialRevoked {
            partner,
            credential,
        };
        scope.tell(fact).await?;
    }
    Ok(())
}

/// The credential as it was signed.
pub fn document(credential: &Credential) -> Result<Json, Error> {
    serde_json::from_str(&credential.document).map_err(|_| Error::Corrupt("a credential"))
}

/// The credential as a token of the issuer that has issued it, signed with these keys.
pub fn token(document: &Json, keys: &SigningKeys) -> Result<String, Error> {
    let origin = document["issuer"]["url"].as_str();
    let issuer = issuer(origin.ok_or(Error::Corrupt("the issuer of a credential"))?)?;
    Ok(credentials::token(document, &issuer, keys)?)
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
