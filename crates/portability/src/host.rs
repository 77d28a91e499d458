//! What a partner reads of one person by the interface of Open Badges 3.0 (section 6), whose hosts hold badges of people and
//! give them to programs that those let: the credential of the present result, made for this partner, and a profile.
//!
//! A partner has one credential of a person at a time. It is signed when it is first asked for, and stays as it is until
//! the result is another; then it is revoked, and another takes its place.

use dreamtree_audit::{self as audit, Event};
use dreamtree_content::Library;
use dreamtree_credentials::{SigningKeys, StatusEntry, Subject};
use dreamtree_identity::settings;
use dreamtree_partners::{PartnerCredential, Reading, credential};
use dreamtree_types::Instant;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{Error, assessed::Assessed, signer::issuer, status};

/// A credential as a partner is given it.
#[derive(Clone, Debug)]
pub struct Given {
    /// With its proof.
    pub document: Json,
    /// When it was issued.
    pub issued_at: Instant,
}

/// What the partner is given: the credential of the present result, or the one before while that is in force and the present
/// result is not complete; `None` where there is neither. `keys` are those that [`crate::Signer::keys`] gives.
pub async fn credential(
    reading: &Reading,
    library: &Library,
    keys: &SigningKeys,
    origin: &str,
) -> Result<Option<Given>, Error> {
    let scope = &reading.scope;
    let before = credential::find(scope, reading.grant.id).await?;
    let current = match Assessed::read(scope, library).await {
        Ok(assessed) => {
            let same = before.filter(|known| known.result_digest == assessed.digest);
            match same {
                Some(known) => Some(known),
                None => Some(issue(reading, &assessed, keys, origin).await?),
            }
        }
        Err(Error::Incomplete | Error::Outdated) => before,
        Err(error) => return Err(error),
    };
    let in_force = current.filter(|known| scope.now() < known.valid_until);
    in_force.as_ref().map(given).transpose()
}

/// Issues a credential for the partner; the one before is revoked.
async fn issue(
    reading: &Reading,
    assessed: &Assessed,
    keys: &SigningKeys,
    origin: &str,
) -> Result<PartnerCredential, Error> {
    let (scope, grant) = (&reading.scope, &reading.grant);
    let status = status::take(scope).await?;
    let subject = Subject::Pairwise(grant.subject.clone());
    let document = assessed.sign(&issuer(origin)?, keys, Uuid::new_v4(), subject, status)?;
    let StatusEntry { list, position } = status;
    let issued = PartnerCredential {
        user_id: scope.user(),
        grant_id: grant.id,
        result_digest: assessed.digest.clone(),
        document: document.to_string(),
        status_list: status::number(list)?,
        status_position: status::number(position)?,
        valid_from: assessed.from,
        valid_until: assessed.until,
    };
    credential::replace(scope, issued.clone()).await?;
    let partner = grant.partner_id.uuid();
    audit::record(scope, Event::PartnerCredentialIssued(partner)).await?;
    Ok(issued)
}

fn given(known: &PartnerCredential) -> Result<Given, Error> {
    let document = serde_json::from_str(&known.document);
    Ok(Given {
        document: document.map_err(|_| Error::Corrupt("a partner's credential"))?,
        issued_at: known.valid_from,
    })
}

/// The person as an Open Badges profile: the name under which the partner knows them, as the credential has it, and the name
/// that they want to be called by, if they have said so.
pub async fn profile(reading: &Reading, origin: &str) -> Result<Json, Error> {
    let settings = settings::get(&reading.scope).await?;
    let subject = Subject::Pairwise(reading.grant.subject.clone());
    Ok(subject.profile(&issuer(origin)?, settings.display_name.as_deref())?)
}
