//! The two derivations everything else is built from: HKDF-SHA-256 (RFC 5869) and HMAC-SHA-256 (RFC 2104).

use hkdf::{Hkdf, HmacImpl};
use hmac::Hmac;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// HKDF-SHA-256 with 32 bytes of output. Without a salt the RFC's default applies: 32 zero bytes.
pub(crate) fn hkdf(salt: Option<&[u8]>, ikm: &[u8], info: &str) -> Zeroizing<[u8; 32]> {
    let mut output = Zeroizing::new([0; 32]);
    let Ok(()) = Hkdf::<Sha256>::new(salt, ikm).expand(info.as_bytes(), output.as_mut_slice())
    else {
        unreachable!("HKDF gives up to 8160 bytes and is asked for 32");
    };
    output
}

/// HMAC-SHA-256.
pub(crate) fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut state = <Hmac<Sha256> as HmacImpl>::new_from_slice(key);
    HmacImpl::update(&mut state, message);
    HmacImpl::finalize(state).into()
}

/// SHA-256.
pub(crate) fn sha256(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    #[test]
    fn hkdf_agrees_with_rfc_5869_case_3() {
        let okm = hkdf(None, &[0x0b; 22], "");
        assert_eq!(
            &hex::encode(okm.as_slice())[..32],
            "8da4e775a563c18f715f802a063c5a31"
        );
    }

    #[test]
    fn hmac_agrees_with_rfc_4231_case_1_zero_padded() {
        // The RFC's key is 20 bytes; HMAC pads keys with zeros to the block, so 12 more change nothing.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let mac = hmac(&key, b"Hi There");
        assert_eq!(&hex::encode(&mac)[..32], "b0344c61d8db38535ca8afceaf0bf12b");
    }
}
