//! What browsers are asked: the options of `navigator.credentials`, as text.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use webauthn_rs::prelude::{CreationChallengeResponse, RequestChallengeResponse};

use super::Broken;

/// What every passkey is asked to turn into a secret. It is the same for everybody, since nobody is known when it is sent;
/// the secrets differ all the same, since each authenticator mixes in one of its own for each credential.
const PRF_INPUT: &[u8] = b"dreamtree vault v1";

/// The options of `create()`: the passkey is to be found without a name, and to say what it makes of [`PRF_INPUT`].
pub(super) fn creation(challenge: CreationChallengeResponse) -> Result<String, Broken> {
    let mut options = serde_json::to_value(challenge.public_key)?;
    options["authenticatorSelection"]["residentKey"] = json!("required");
    options["authenticatorSelection"]["requireResidentKey"] = json!(true);
    Ok(with_prf(options).to_string())
}

/// The options of `get()`.
pub(super) fn request(challenge: RequestChallengeResponse) -> Result<String, Broken> {
    Ok(with_prf(serde_json::to_value(challenge.public_key)?).to_string())
}

fn with_prf(mut options: Value) -> Value {
    let first = URL_SAFE_NO_PAD.encode(PRF_INPUT);
    options["extensions"]["prf"] = json!({ "eval": { "first": first } });
    options
}
