//! What a partner asks a person for: the parameters of the authorization endpoint (RFC 6749, 4.1.1; RFC 7636, 4.3).

use dreamtree_database::Database;

use crate::{Error, OauthError, Partner, Scopes, partner};

/// The parameters as they came.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    /// `response_type`.
    pub response_type: Option<String>,
    /// `client_id`.
    pub client_id: Option<String>,
    /// `redirect_uri`.
    pub redirect_uri: Option<String>,
    /// `scope`.
    pub scope: Option<String>,
    /// `state`.
    pub state: Option<String>,
    /// `code_challenge`.
    pub code_challenge: Option<String>,
    /// `code_challenge_method`.
    pub code_challenge_method: Option<String>,
}

/// What a partner asks for; all of it is as it should be.
#[derive(Clone, Debug)]
pub struct Authorization {
    /// Who asks.
    pub partner: Partner,
    /// Where the person is sent back to; one of the partner's.
    pub redirect_uri: String,
    /// What it wants to read.
    pub scopes: Scopes,
    /// What the partner wants to have back as it is.
    pub state: Option<String>,
    /// The challenge of PKCE, by the method S256.
    pub challenge: String,
}

/// Why a person is not asked.
#[derive(Debug)]
pub enum Refusal {
    /// Partner or address are not what was registered, so nobody is sent anywhere: a sentence for the person.
    Stay(&'static str),
    /// The partner is told.
    Back {
        /// Where.
        redirect_uri: String,
        /// What the partner wants to have back as it is.
        state: Option<String>,
        /// Why.
        error: OauthError,
    },
    /// A fault of ours, or of the database.
    Ours(Error),
}

/// Checks what a partner asks for; one statement.
pub async fn check(database: &Database, asked: Parameters) -> Result<Authorization, Refusal> {
    let client_id = asked.client_id.as_deref().unwrap_or_default();
    let found = partner::open(database.shared(), client_id).await;
    let partner = found.map_err(|error| Refusal::Ours(error.into()))?;
    let partner = partner.ok_or(Refusal::Stay("We do not know who sent you here."))?;
    let redirect_uri = asked.redirect_uri.clone().unwrap_or_default();
    // Letter by letter: whatever is only nearly right may be somebody else's.
    if !partner.redirect_uris().any(|uri| uri == redirect_uri) {
        return Err(Refusal::Stay(
            "The address that you would be sent back to is not the one that was agreed on.",
        ));
    }
    let state = asked.state.clone();
    match rest(&partner, asked) {
        Ok((scopes, challenge)) => Ok(Authorization {
            partner,
            redirect_uri,
            scopes,
            state,
            challenge,
        }),
        Err(error) => Err(Refusal::Back {
            redirect_uri,
            state,
            error,
        }),
    }
}

fn rest(partner: &Partner, asked: Parameters) -> Result<(Scopes, String), OauthError> {
    match asked.response_type.as_deref() {
        Some("code") => {}
        Some(_) => return Err(OauthError::UnsupportedResponseType),
        None => return Err(OauthError::InvalidRequest("There is no response_type.")),
    }
    if asked.code_challenge_method.as_deref() != Some("S256") {
        let rule = "The code_challenge_method must be S256.";
        return Err(OauthError::InvalidRequest(rule));
    }
    let challenge = asked.code_challenge.filter(|text| is_challenge(text));
    let rule = "The code_challenge must be 43 characters of base64url.";
    let challenge = challenge.ok_or(OauthError::InvalidRequest(rule))?;
    let scopes = Scopes::parse(asked.scope.as_deref().unwrap_or_default());
    let scopes = scopes.map_err(|_| OauthError::InvalidScope)?;
    if scopes.is_empty() || !scopes.within(&partner.scopes()) {
        return Err(OauthError::InvalidScope);
    }
    Ok((scopes, challenge))
}

/// SHA-256 in base64url.
fn is_challenge(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    text.len() == 43 && text.bytes().all(plain)
}
