//! Device tokens: a browser that somebody has signed in with before, told from a stranger's without a row for it.

use crate::{
    aad::associated,
    derive,
    entropy::Entropy,
    error::{Error, Result},
    server_keys::{Generation, ServerKeys},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 16;
const TOKEN_BYTES: usize = NONCE_BYTES + 32;
const TEXT_BYTES: usize = TOKEN_BYTES / 3 * 4;

/// A 16-byte name and a mark that only the server can make: HMAC-SHA-256(HKDF(pepper, "dt/device/v1"), user, name).
/// 64 characters of base64url as text. It lets nobody in; it only says that its tries are not a stranger's.
pub struct DeviceToken(Zeroizing<[u8; TOKEN_BYTES]>);

impl DeviceToken {
    /// Makes a token for a device of `user`. Fails with [`Error::Entropy`].
    pub fn generate(keys: &ServerKeys, user: Uuid, entropy: &mut dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        let (name, mark) = bytes.split_at_mut(NONCE_BYTES);
        entropy.fill(name)?;
        mark.copy_from_slice(&made_for(keys.current(), user, name));
        Ok(Self(bytes))
    }

    /// Reads what [`Self::reveal`] wrote. Anything else is [`Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() != TEXT_BYTES {
            return Err(Error::Malformed);
        }
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(TOKEN_BYTES) => Ok(Self(bytes)),
            _ => Err(Error::Malformed),
        }
    }

    /// Whether this server made it for a device of `user`, with either generation of its keys; in constant time.
    pub fn is_of(&self, keys: &ServerKeys, user: Uuid) -> bool {
        let (name, mark) = self.0.split_at(NONCE_BYTES);
        let [one, other] = keys.both().map(|one| made_for(one, user, name));
        (one.ct_eq(mark) | other.ct_eq(mark)).into()
    }

    /// The name of the device, 16 random bytes.
    pub fn name(&self) -> &[u8] {
        &self.0[..NONCE_BYTES]
    }

    /// The text for the device.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.as_slice())
    }
}

impl fmt::Debug for DeviceToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DeviceToken([REDACTED])")
    }
}

fn made_for(generation: &Generation, user: Uuid, name: &[u8]) -> [u8; 32] {
    let key = generation.derived("dt/device/v1");
    derive::hmac(&key, &associated("device", &[user.as_bytes(), name]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn a_token_is_of_one_user_and_one_server() {
        let keys = |seed| ServerKeys::generate(&mut Seeded::new(seed)).unwrap();
        let (user, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let token = DeviceToken::generate(&keys(1), user, &mut Seeded::new(9)).unwrap();
        let read = DeviceToken::parse(&token.reveal()).unwrap();
        assert_eq!(read.name(), token.name());
        assert!(read.is_of(&keys(1), user));
        assert!(!read.is_of(&keys(1), other) && !read.is_of(&keys(2), user));
        let next = keys(1).with_next(&mut Seeded::new(3)).unwrap().unwrap();
        next.turn_to(2);
        assert!(read.is_of(&next, user), "known while both keys are");
        assert!(!read.is_of(&next.without_older().unwrap(), user));
        let mut altered = token.0.clone();
        altered[0] ^= 1;
        assert!(!DeviceToken(altered).is_of(&keys(1), user));
        for wrong in ["", "x", &read.reveal()[1..], &read.reveal().repeat(2)] {
            assert_eq!(DeviceToken::parse(wrong).unwrap_err(), Error::Malformed);
        }
        assert_eq!(format!("{read:?}"), "DeviceToken([REDACTED])");
    }
}
