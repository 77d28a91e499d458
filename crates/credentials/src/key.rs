//! The keys that credentials are signed with: one for proofs (Ed25519), one for tokens (P-256).

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dreamtree_crypto::Entropy;
use ed25519_dalek as ed25519;
use p256::ecdsa;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::{Error, Result};

/// What a multikey begins with: 0xed and 0x1200, as variable-length numbers.
const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];
const P256_PREFIX: [u8; 2] = [0x80, 0x24];

/// So often a random number is no key of P-256 that the generator must be broken.
const MOST_TRIES: usize = 8;

/// A pair of keys to sign with.
pub struct SigningKeys {
    ed25519: ed25519::SigningKey,
    p256: ecdsa::SigningKey,
    public: PublicKeys,
}

/// What others check the signatures with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKeys {
    ed25519: String,
    p256: String,
    point: ecdsa::VerifyingKey,
}

/// What is wrong with a file of signing keys; never says what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileFault {
    /// It is no JSON Web Key Set of two private keys.
    #[error("this is no JSON Web Key Set of two private keys")]
    Shape,
    /// One key of the kind is needed.
    #[error("there must be one private key of the curve {0}")]
    Curve(&'static str),
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    crv: String,
    d: String,
}

impl Drop for Key {
    fn drop(&mut self) {
        self.d.zeroize();
    }
}

impl SigningKeys {
    /// Makes fresh keys. Fails with [`Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        let mut fill = |bytes: &mut [u8; 32]| entropy.fill(bytes).map_err(|_| Error::Entropy);
        fill(&mut bytes)?;
        let ed25519 = ed25519::SigningKey::from_bytes(&bytes);
        for _ in 0..MOST_TRIES {
            fill(&mut bytes)?;
            if let Ok(p256) = ecdsa::SigningKey::from_slice(bytes.as_slice()) {
                return Ok(Self::of(ed25519, p256));
            }
        }
        Err(Error::Entropy)
    }

    fn of(ed25519: ed25519::SigningKey, p256: ecdsa::SigningKey) -> Self {
        let point = *p256.verifying_key();
        let public = PublicKeys {
            ed25519: multikey(ED25519_PREFIX, ed25519.verifying_key().as_bytes()),
            p256: multikey(P256_PREFIX, point.to_sec1_point(true).as_bytes()),
            point,
        };
        Self {
            ed25519,
            p256,
            public,
        }
    }

    /// Reads what [`Self::to_file_text`] wrote.
    pub fn parse_file_text(text: &str) -> std::result::Result<Self, KeyFileFault> {
        let set: KeySet = serde_json::from_str(text).map_err(|_| KeyFileFault::Shape)?;
        let secret = |curve: &'static str| {
            let mut found = set.keys.iter().filter(|key| key.crv == curve);
            match (found.next(), found.next()) {
                (Some(key), None) => decode(&key.d).ok_or(KeyFileFault::Curve(curve)),
                _ => Err(KeyFileFault::Curve(curve)),
            }
        };
        let ed25519 = ed25519::SigningKey::from_bytes(&*secret("Ed25519")?);
        let p256 = ecdsa::SigningKey::from_slice(secret("P-256")?.as_slice());
        let p256 = p256.map_err(|_| KeyFileFault::Curve("P-256"))?;
        Ok(Self::of(ed25519, p256))
    }

    /// The text of a file: a JSON Web Key Set (RFC 7517, RFC 8037) with the private parts. Write it with mode 0600.
    pub fn to_file_text(&self) -> Zeroizing<String> {
        let encode = |bytes: &[u8]| Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes));
        let ed25519 = encode(self.ed25519.as_bytes());
        let x = URL_SAFE_NO_PAD.encode(self.ed25519.verifying_key().as_bytes());
        let secret = Zeroizing::new(self.p256.to_bytes());
        let p256 = encode(secret.as_slice());
        let [px, py] = self.public.coordinates();
        // Written by hand, so that no copy of a secret stays behind in a tree of values.
        let mut text = Zeroizing::new(String::with_capacity(512));
        for piece in [
            "{\"keys\":[\n {\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"",
            &x,
            "\",\"d\":\"",
            &ed25519,
            "\"},\n {\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"",
            &px,
            "\",\"y\":\"",
            &py,
            "\",\"d\":\"",
            &p256,
            "\"}\n]}\n",
        ] {
            text.push_str(piece);
        }
        text
    }

    /// What others check the signatures with.
    #[must_use]
    pub const fn public(&self) -> &PublicKeys {
        &self.public
    }

    pub(crate) const fn ed25519(&self) -> &ed25519::SigningKey {
        &self.ed25519
    }

    pub(crate) const fn p256(&self) -> &ecdsa::SigningKey {
        &self.p256
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SigningKeys")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

impl PublicKeys {
    /// Reads the two multikeys, such as `z6Mk…` and `zDna…`.
    pub fn parse(ed25519: &str, p256: &str) -> Result<Self> {
        let key = bytes_of(ED25519_PREFIX, ed25519).ok_or(Error::PublicKey)?;
        let key = <[u8; 32]>::try_from(key).map_err(|_| Error::PublicKey)?;
        ed25519::VerifyingKey::from_bytes(&key).map_err(|_| Error::PublicKey)?;
        let point = bytes_of(P256_PREFIX, p256).ok_or(Error::PublicKey)?;
        let point = ecdsa::VerifyingKey::from_sec1_bytes(&point).map_err(|_| Error::PublicKey)?;
        Ok(Self {
            ed25519: ed25519.to_owned(),
            p256: p256.to_owned(),
            point,
        })
    }

    /// The key of proofs as a multikey, which is its name too.
    #[must_use]
    pub fn ed25519_id(&self) -> &str {
        &self.ed25519
    }

    /// The key of tokens as a multikey.
    #[must_use]
    pub fn p256_multikey(&self) -> &str {
        &self.p256
    }

    /// The name of the key of tokens: its thumbprint (RFC 7638).
    #[must_use]
    pub fn p256_id(&self) -> String {
        let [x, y] = self.coordinates();
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        URL_SAFE_NO_PAD.encode(Sha256::digest(members))
    }

    /// The key of tokens as a JSON Web Key.
    pub(crate) fn jwk(&self) -> Json {
        let [x, y] = self.coordinates();
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
    }

    fn coordinates(&self) -> [String; 2] {
        let point = self.point.to_sec1_point(false);
        // 4, then both coordinates with 32 bytes each.
        let (x, y) = point.as_bytes()[1..].split_at(32);
        [x, y].map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
    }
}

fn multikey(prefix: [u8; 2], key: &[u8]) -> String {
    format!("z{}", bs58::encode([&prefix, key].concat()).into_string())
}

fn bytes_of(prefix: [u8; 2], text: &str) -> Option<Vec<u8>> {
    let bytes = bs58::decode(text.strip_prefix('z')?).into_vec().ok()?;
    bytes.strip_prefix(&prefix).map(<[u8]>::to_vec)
}

fn decode(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
        Ok(32) => Some(bytes),
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use dreamtree_crypto::Seeded;

    use super::*;

    pub(crate) fn keys(seed: u64) -> SigningKeys {
        SigningKeys::generate(&mut Seeded::new(seed)).unwrap()
    }

    #[test]
    fn keys_are_read_as_written() {
        let keys = keys(1);
        let text = keys.to_file_text();
        let read = SigningKeys::parse_file_text(&text).unwrap();
        assert_eq!(*read.to_file_text(), *text);
        assert_eq!(read.public(), keys.public());
        let public = keys.public();
        let again = PublicKeys::parse(public.ed25519_id(), public.p256_multikey()).unwrap();
        assert_eq!(&again, public);
        assert!(public.ed25519_id().starts_with("z6Mk") && public.p256.starts_with("zDn"));
    }

    #[test]
    fn faults_are_told_apart_without_values() {
        let text = keys(1).to_file_text().to_string();
        let fault = |text: &str| SigningKeys::parse_file_text(text).unwrap_err();
        assert_eq!(fault(""), KeyFileFault::Shape);
        let missing = text.replace("Ed25519", "Ed448");
        assert_eq!(fault(&missing), KeyFileFault::Curve("Ed25519"));
        let twice = text.replace("P-256", "Ed25519");
        assert_eq!(fault(&twice), KeyFileFault::Curve("Ed25519"));
        let other = text.replace("P-256", "P-384");
        assert_eq!(fault(&other), KeyFileFault::Curve("P-256"));
        let short = text.replace("\"d\":\"", "\"d\":\"A");
        assert_eq!(fault(&short), KeyFileFault::Curve("Ed25519"));
    }

    #[test]
    fn a_key_of_the_wrong_kind_is_no_public_key() {
        let keys = keys(1);
        let public = keys.public();
        let swapped = PublicKeys::parse(public.p256_multikey(), public.ed25519_id());
        assert_eq!(swapped, Err(Error::PublicKey));
    }

    #[test]
    fn debug_prints_nothing_secret() {
        let keys = keys(1);
        let printed = format!("{keys:?}");
        let secret = URL_SAFE_NO_PAD.encode(keys.ed25519.as_bytes());
        assert!(!printed.contains(&secret) && printed.contains("z6Mk"));
        assert!(!printed.contains(&format!("{:?}", keys.ed25519.as_bytes())));
    }
}
