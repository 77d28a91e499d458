//! What browsers answer, before anything of it is believed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dreamtree_crypto::PrfOutput;
use serde::{Deserialize, de::DeserializeOwned};

use super::refused;
use crate::Error;

/// The longest answer in bytes. What browsers send without an attestation has less than 4 KiB.
const LONGEST: usize = 16 * 1024;

/// The part of `clientDataJSON` that finds the challenge.
#[derive(Deserialize)]
struct ClientData {
    challenge: String,
}

/// Reads a credential as browsers write it in JSON.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    if text.len() > LONGEST {
        let rule = format!("is longer than {LONGEST} bytes");
        return Err(refused("input.response", rule));
    }
    serde_json::from_str(text).map_err(|_| malformed())
}

/// The challenge that is said to be answered, base64url.
pub(super) fn challenge(client_data: &[u8]) -> Result<String, Error> {
    let data: ClientData = serde_json::from_slice(client_data).map_err(|_| malformed())?;
    let bytes = URL_SAFE_NO_PAD.decode(data.challenge);
    Ok(URL_SAFE_NO_PAD.encode(bytes.map_err(|_| malformed())?))
}

/// Reads what the PRF extension yielded, if it did.
pub(super) fn prf(text: Option<&str>) -> Result<Option<PrfOutput>, Error> {
    text.map(yielded).transpose()
}

/// Reads what the PRF extension yielded.
pub(super) fn yielded(text: &str) -> Result<PrfOutput, Error> {
    PrfOutput::parse(text)
        .map_err(|_| refused("input.prf", "is not 32 bytes in base64url".to_owned()))
}

fn malformed() -> Error {
    let rule = "is not the JSON of a public key credential".to_owned();
    refused("input.response", rule)
}
