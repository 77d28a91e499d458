//! Secrets of webhooks: what a partner checks messages of ours with, after Standard Webhooks.

use crate::{
    aad::associated,
    derive,
    entropy::Entropy,
    envelope,
    error::{Error, Result},
    server_keys::{Generation, ServerKeys},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What the text of a secret begins with, so that libraries, people and scanners know it when they see it.
const PREFIX: &str = "whsec_";

/// 32 random bytes that a partner and this server have in common. Wiped when dropped.
pub struct WebhookSecret(Zeroizing<[u8; 32]>);

impl WebhookSecret {
    /// Makes a fresh secret. Fails with [`Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// The text for the partner: `whsec_` and 44 characters of base64. Never log it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0.as_slice()))
    }

    /// The signature of a message: `v1,` and base64 of HMAC-SHA-256 over id, seconds since 1970 and body, divided by
    /// dots.
    pub fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        let signed = [format!("{id}.{seconds}.").as_bytes(), body].concat();
        format!("v1,{}", STANDARD.encode(derive::hmac(&self.0, &signed)))
    }

    /// Seals the secret for its partner under a key of the server: HKDF(pepper, "dt/webhook/v1").
    pub fn seal(
        &self,
        keys: &ServerKeys,
        partner: Uuid,
        entropy: &mut dyn Entropy,
    ) -> Result<String> {
        let key = seal_of(keys.current());
        envelope::seal(&key, self.0.as_slice(), &aad(partner), entropy)
    }

    /// Opens what [`Self::seal`] made for the same partner; errors as in [`envelope::open`].
    pub fn open(keys: &ServerKeys, partner: Uuid, sealed: &str) -> Result<Self> {
        let plain = keys.open(seal_of, sealed, &aad(partner))?;
        let bytes = plain.as_slice().try_into().map_err(|_| Error::Malformed)?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// The same sealed under the generation of keys in use; `None` where it is already.
    pub fn reseal(
        keys: &ServerKeys,
        partner: Uuid,
        sealed: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<String>> {
        keys.reseal(seal_of, sealed, &aad(partner), entropy)
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WebhookSecret([REDACTED])")
    }
}

fn seal_of(generation: &Generation) -> Zeroizing<[u8; 32]> {
    generation.derived("dt/webhook/v1")
}

fn aad(partner: Uuid) -> Vec<u8> {
    associated("webhook", &[partner.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn a_signature_is_the_one_that_python_makes() {
        // hmac.new(bytes(range(32)), b'msg_1.1700000000.{"a":1}', hashlib.sha256)
        let secret = WebhookSecret(Zeroizing::new(std::array::from_fn(|at| {
            u8::try_from(at).unwrap()
        })));
        assert_eq!(
            secret.reveal(),
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        );
        assert_eq!(
            secret.sign("msg_1", 1_700_000_000, br#"{"a":1}"#),
            "v1,AMaOha7DUT/0J0JMycRuYOBSvbx3WtwLd2khXXbaVj4="
        );
        let signed = secret.sign("msg_1", 1_700_000_000, br#"{"a":1}"#);
        assert_ne!(
            secret.sign("msg_1", 1_700_000_001, br#"{"a":1}"#),
            signed,
            "the time is signed too"
        );
        assert_ne!(
            secret.sign("msg_2", 1_700_000_000, br#"{"a":1}"#),
            signed,
            "the id is signed too"
        );
    }

    #[test]
    fn a_secret_opens_for_its_partner_only_and_is_carried_to_newer_keys() {
        let first = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        let keys = first.with_next(&mut Seeded::new(2)).unwrap().unwrap();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let secret = WebhookSecret::generate(&mut Seeded::new(3)).unwrap();
        let sealed = secret.seal(&keys, one, &mut Seeded::new(4)).unwrap();
        assert!(!sealed.contains(&secret.reveal()[6..]));
        let opened = WebhookSecret::open(&keys, one, &sealed).unwrap();
        assert_eq!(opened.reveal(), secret.reveal());
        let refused = WebhookSecret::open(&keys, other, &sealed);
        assert_eq!(refused.err(), Some(Error::Refused));
        let reseal =
            |sealed: &str| WebhookSecret::reseal(&keys, one, sealed, &mut Seeded::new(5)).unwrap();
        assert_eq!(reseal(&sealed), None);
        keys.turn_to(2);
        let newer = reseal(&sealed).unwrap();
        let alone = keys.without_older().unwrap();
        let opened = WebhookSecret::open(&alone, one, &newer).unwrap();
        assert_eq!(opened.reveal(), secret.reveal());
        assert_eq!(reseal(&newer), None);
        assert_eq!(format!("{secret:?}"), "WebhookSecret([REDACTED])");
    }
}
