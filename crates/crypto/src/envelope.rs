//! The one sealed form: `{"v":1,"iv":"…","ciphertext":"…"}`, XChaCha20-Poly1305, standard base64.

use crate::{
    entropy::Entropy,
    error::{Error, Result},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const TAG_BYTES: usize = 16;

/// The written form. `ciphertext` ends with the 16-byte tag, as libsodium lays it out.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    v: u8,
    iv: String,
    ciphertext: String,
}

/// Seals `plaintext` under a fresh 24-byte nonce, bound to `aad`. The text grows by a third plus about 100 bytes.
pub fn seal(
    key: &[u8; 32],
    plaintext: &[u8],
    aad: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<String> {
    let mut nonce = [0; 24];
    entropy.fill(&mut nonce)?;
    // Room for the tag, so that the buffer never moves while it holds plaintext.
    let mut buffer = Zeroizing::new(Vec::with_capacity(plaintext.len() + TAG_BYTES));
    buffer.extend_from_slice(plaintext);
    XChaCha20Poly1305::new(key.into())
        .encrypt_in_place(&nonce.into(), aad, &mut *buffer)
        .map_err(|_| Error::TooLong)?;
    let envelope = Envelope {
        v: VERSION,
        iv: STANDARD.encode(nonce),
        ciphertext: STANDARD.encode(&*buffer),
    };
    serde_json::to_string(&envelope).map_err(|_| Error::Malformed)
}

/// Opens what [`seal`] made: [`Error::Malformed`] when it is no envelope of version 1, [`Error::Refused`] when
/// the key or `aad` is another or a byte was altered.
pub fn open(key: &[u8; 32], envelope: &str, aad: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let envelope: Envelope = serde_json::from_str(envelope).map_err(|_| Error::Malformed)?;
    if envelope.v != VERSION {
        return Err(Error::Malformed);
    }
    let iv = STANDARD
        .decode(&envelope.iv)
        .map_err(|_| Error::Malformed)?;
    let nonce: [u8; 24] = iv.try_into().map_err(|_| Error::Malformed)?;
    let ciphertext = STANDARD
        .decode(&envelope.ciphertext)
        .map_err(|_| Error::Malformed)?;
    if ciphertext.len() < TAG_BYTES {
        return Err(Error::Malformed);
    }
    let mut buffer = Zeroizing::new(ciphertext);
    XChaCha20Poly1305::new(key.into())
        .decrypt_in_place(&nonce.into(), aad, &mut *buffer)
        .map_err(|_| Error::Refused)?;
    Ok(buffer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    const KEY: [u8; 32] = [7; 32];

    fn sealed() -> String {
        seal(&KEY, b"a private line", b"here", &mut Seeded::new(1)).unwrap()
    }

    #[test]
    fn what_was_sealed_opens() {
        assert_eq!(
            open(&KEY, &sealed(), b"here").unwrap().as_slice(),
            b"a private line"
        );
    }

    #[test]
    fn nothing_at_all_can_be_sealed() {
        let envelope = seal(&KEY, b"", b"", &mut Seeded::new(1)).unwrap();
        assert!(open(&KEY, &envelope, b"").unwrap().is_empty());
    }

    #[test]
    fn another_key_or_place_is_refused() {
        assert_eq!(
            open(&[8; 32], &sealed(), b"here").unwrap_err(),
            Error::Refused
        );
        assert_eq!(open(&KEY, &sealed(), b"there").unwrap_err(), Error::Refused);
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let whole: Envelope = serde_json::from_str(&sealed()).unwrap();
        let (iv, ciphertext) = (
            STANDARD.decode(&whole.iv).unwrap(),
            STANDARD.decode(&whole.ciphertext).unwrap(),
        );
        for bit in 0..(iv.len() + ciphertext.len()) * 8 {
            let mut bytes = [iv.as_slice(), &ciphertext].concat();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let flipped = serde_json::json!({
                "v": 1, "iv": STANDARD.encode(&bytes[..24]), "ciphertext": STANDARD.encode(&bytes[24..]),
            });
            assert_eq!(
                open(&KEY, &flipped.to_string(), b"here").unwrap_err(),
                Error::Refused
            );
        }
    }

    #[test]
    fn other_text_is_malformed() {
        let whole = sealed();
        let nonce = "A".repeat(32);
        for text in [
            String::new(),
            "{}".to_owned(),
            "null".to_owned(),
            whole[..whole.len() - 1].to_owned(),
            whole.replace("\"v\":1", "\"v\":2"),
            whole.replace("\"v\":1", "\"v\":1,\"w\":1"),
            whole.replace("\"v\":1", "\"v\":1,\"v\":1"),
            format!(r#"{{"v":1,"iv":"{nonce}","ciphertext":"AAAA"}}"#),
            format!(r#"{{"v":1,"iv":"AAAA","ciphertext":"{nonce}"}}"#),
            format!(r#"{{"v":1,"iv":"{nonce}","ciphertext":"*"}}"#),
        ] {
            assert_eq!(
                open(&KEY, &text, b"here").unwrap_err(),
                Error::Malformed,
                "{text}"
            );
        }
    }
}
