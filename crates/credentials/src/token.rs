//! A credential as a token: a JSON Web Signature (RFC 7515) with ES256 over the credential and the registered claims, as
//! Open Badges 3.0 (8.2.4) has it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, signature::Signer};
use serde_json::{Value as Json, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{Error, Issuer, Result, SigningKeys};

/// The token of a credential that [`crate::Claims::secure`] made; its proof is not part of it. Fails with
/// [`Error::Time`] when the credential does not say when it begins.
pub fn token(credential: &Json, issuer: &Issuer, keys: &SigningKeys) -> Result<String> {
    let header = json!({
        "alg": "ES256",
        "kid": issuer.key(&keys.public().p256_id()),
        "typ": "JWT",
    });
    let mut payload = credential.clone();
    if let Some(members) = payload.as_object_mut() {
        members.remove("proof");
    }
    payload["iss"] = json!(issuer.did());
    payload["jti"] = credential["id"].clone();
    payload["sub"] = credential["credentialSubject"]["id"].clone();
    payload["nbf"] = json!(seconds(&credential["validFrom"])?);
    payload["exp"] = json!(seconds(&credential["validUntil"])?);
    let encode = |json: Json| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature: Signature = keys.p256().sign(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
    Ok(format!("{signed}.{signature}"))
}

fn seconds(instant: &Json) -> Result<i64> {
    let text = instant.as_str().ok_or(Error::Time)?;
    let instant = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| Error::Time)?;
    Ok(instant.unix_timestamp())
}
