//! Tokens that begin with the user's id, so that a look-up can run inside that user's rows before any was read.

use crate::{
    derive,
    entropy::Entropy,
    error::{Error, Result},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;
use zeroize::Zeroizing;

const USER_BYTES: usize = 16;
const TOKEN_BYTES: usize = USER_BYTES + 32;
const TEXT_BYTES: usize = TOKEN_BYTES / 3 * 4;

/// The user's id (16 bytes) and a 32-byte secret; 64 characters of base64url as text.
///
/// The id proves nothing by itself: what is looked up or wrapped with is derived from all 48 bytes.
pub(crate) struct Token(Zeroizing<[u8; TOKEN_BYTES]>);

impl Token {
    /// Makes a token for `user`. Fails with [`Error::Entropy`].
    pub(crate) fn generate(user: Uuid, entropy: &mut dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        let (id, secret) = bytes.split_at_mut(USER_BYTES);
        id.copy_from_slice(user.as_bytes());
        entropy.fill(secret)?;
        Ok(Self(bytes))
    }

    /// Reads what [`Self::reveal`] wrote. Anything else is [`Error::Malformed`].
    pub(crate) fn parse(text: &str) -> Result<Self> {
        if text.len() != TEXT_BYTES {
            return Err(Error::Malformed);
        }
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(TOKEN_BYTES) => Ok(Self(bytes)),
            _ => Err(Error::Malformed),
        }
    }

    /// The user that the token claims to belong to.
    pub(crate) fn user(&self) -> Uuid {
        let mut id = [0; USER_BYTES];
        id.copy_from_slice(&self.0[..USER_BYTES]);
        Uuid::from_bytes(id)
    }

    /// HKDF over the whole token for one purpose.
    pub(crate) fn derive(&self, info: &str) -> Zeroizing<[u8; 32]> {
        derive::hkdf(None, self.0.as_slice(), info)
    }

    /// The text of the token. Never log it.
    pub(crate) fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.as_slice())
    }

    /// The same token with another user.
    #[cfg(test)]
    pub(crate) fn exchanged(mut self) -> Self {
        self.0[0] ^= 1;
        self
    }
}

/// Declares a kind of token and what all kinds have in common; what it is found by and what it wraps with is the kind's
/// own. `found` says where the row is that proves it, `shown` who is given the text.
macro_rules! token {
    (
        $(#[$about:meta])*
        pub struct $name:ident;
        found: $found:literal,
        shown: $shown:literal,
    ) => {
        $(#[$about])*
        pub struct $name($crate::token::Token);

        impl $name {
            /// Makes a token for `user`. Fails with [`crate::Error::Entropy`].
            pub fn generate(
                user: ::uuid::Uuid,
                entropy: &mut dyn $crate::Entropy,
            ) -> $crate::Result<Self> {
                $crate::token::Token::generate(user, entropy).map(Self)
            }

            /// Reads what [`Self::reveal`] wrote. Anything else is [`crate::Error::Malformed`].
            pub fn parse(text: &str) -> $crate::Result<Self> {
                $crate::token::Token::parse(text).map(Self)
            }

            #[doc = concat!(
                "The user the token claims to belong to; true only once [`Self::id_hash`] was found ", $found, "."
            )]
            pub fn user(&self) -> ::uuid::Uuid {
                self.0.user()
            }

            #[doc = concat!("The text for ", $shown, ". Never log it.")]
            pub fn reveal(&self) -> String {
                self.0.reveal()
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(concat!(stringify!($name), "([REDACTED])"))
            }
        }
    };
}
pub(crate) use token;
