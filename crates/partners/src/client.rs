//! Who asks at the token endpoint: a partner's program with its secret, or one that has none (RFC 6749, 2.3).

use dreamtree_crypto::{PartnerPurpose, PartnerToken};
use dreamtree_database::Database;
use dreamtree_identity::{
    Client, Identity,
    limit::{self, Account, Act},
};

use crate::{OauthError, Partner, ProgramKind, partner};

/// What a program says of itself.
#[derive(Debug)]
pub struct Proof {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`.
    pub secret: Option<String>,
}

/// The partner, if the proof is right. Every try is counted for the network that it comes from, and one that is right for the
/// partner: strangers who guess do not slow it.
pub async fn authenticate(
    database: &Database,
    identity: &Identity,
    from: &Client,
    proof: &Proof,
) -> Result<Partner, OauthError> {
    limit::check(database, identity, Act::Token, Account::Nobody, from).await?;
    let found = partner::open(database.shared(), &proof.client_id).await?;
    let partner = found.filter(|partner| is_proved(partner, proof.secret.as_deref()));
    let partner = partner.ok_or(OauthError::InvalidClient)?;
    if partner.kind() == ProgramKind::Confidential {
        let account = Account::Partner(partner.id);
        let nowhere = Client::nowhere();
        limit::check(database, identity, Act::Token, account, &nowhere).await?;
    }
    Ok(partner)
}

/// A public program sends no secret; one that does is not what was registered.
fn is_proved(partner: &Partner, secret: Option<&str>) -> bool {
    match (&partner.secret_hash, secret) {
        (Some(hash), Some(secret)) => {
            PartnerToken::parse(secret, PartnerPurpose::Secret).is_ok_and(|token| token.is_of(hash))
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
