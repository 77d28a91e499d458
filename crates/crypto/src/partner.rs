//! What partners hold: codes, tokens and secrets that begin with the partner's id, and the names under which they know
//! people.

use crate::{
    aad::associated,
    derive,
    entropy::Entropy,
    error::{Error, Result},
    hex,
    server_keys::{Generation, ServerKeys},
    token::Token,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// What the holder of a token may do with it. The text begins with it, and the hash is bound to it: a token for one
/// purpose is none for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartnerPurpose {
    /// Prove to be the partner.
    Secret,
    /// Be exchanged for tokens, once.
    Code,
    /// Read.
    Access,
    /// Be exchanged for new tokens, once.
    Refresh,
}

impl PartnerPurpose {
    /// What the text begins with, so that people and scanners for secrets know it when they see it.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Secret => "dtps_",
            Self::Code => "dtpc_",
            Self::Access => "dtpa_",
            Self::Refresh => "dtpr_",
        }
    }

    const fn info(self) -> &'static str {
        match self {
            Self::Secret => "dt/partner/secret/v1",
            Self::Code => "dt/partner/code/v1",
            Self::Access => "dt/partner/access/v1",
            Self::Refresh => "dt/partner/refresh/v1",
        }
    }
}

/// The partner's id, which is no secret, and 32 random bytes; a prefix and 64 characters of base64url as text. Nothing
/// in it says whom it is about.
pub struct PartnerToken {
    purpose: PartnerPurpose,
    token: Token,
}

impl PartnerToken {
    /// Makes a token for `partner`. Fails with [`Error::Entropy`].
    pub fn generate(
        partner: Uuid,
        purpose: PartnerPurpose,
        entropy: &mut dyn Entropy,
    ) -> Result<Self> {
        let token = Token::generate(partner, entropy)?;
        Ok(Self { purpose, token })
    }

    /// Reads what [`Self::reveal`] wrote for this purpose. Anything else is [`Error::Malformed`].
    pub fn parse(text: &str, purpose: PartnerPurpose) -> Result<Self> {
        let text = text.strip_prefix(purpose.prefix());
        let token = Token::parse(text.ok_or(Error::Malformed)?)?;
        Ok(Self { purpose, token })
    }

    /// The partner that the token claims to belong to; true only once [`Self::id_hash`] was found among theirs.
    pub fn partner(&self) -> Uuid {
        self.token.user()
    }

    /// What the row is found by, in hexadecimal: SHA-256(HKDF(token, info = "dt/partner/" + purpose + "/v1")).
    pub fn id_hash(&self) -> String {
        hex::encode(&derive::sha256(&*self.token.derive(self.purpose.info())))
    }

    /// Whether [`Self::id_hash`] is this one; in constant time.
    pub fn is_of(&self, id_hash: &str) -> bool {
        self.id_hash().as_bytes().ct_eq(id_hash.as_bytes()).into()
    }

    /// The text for the partner. Never log it.
    pub fn reveal(&self) -> String {
        format!("{}{}", self.purpose.prefix(), self.token.reveal())
    }
}

impl fmt::Debug for PartnerToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PartnerToken([REDACTED])")
    }
}

/// The name under which a partner knows a user: HMAC-SHA-256 under a key of its own (HKDF(pepper,
/// "dt/partner/subject/v1")), 43 characters of base64url. Two partners know the same user under two names, and nobody
/// without the key can tell that they are one.
pub fn pairwise_subject(keys: &ServerKeys, partner: Uuid, user: Uuid) -> String {
    let key = keys.current().derived("dt/partner/subject/v1");
    let parts: [&[u8]; 2] = [partner.as_bytes(), user.as_bytes()];
    URL_SAFE_NO_PAD.encode(derive::hmac(&key, &associated("subject", &parts)))
}

/// A mark for a form that only the server can make, bound to these parts: HMAC-SHA-256 under a key of its own
/// (HKDF(pepper, "dt/partner/consent/v1")), 64 hexadecimal digits.
pub fn consent_mark(keys: &ServerKeys, parts: &[&[u8]]) -> String {
    mark_of(keys.current(), parts)
}

/// Whether a mark is the one of these parts, under either generation of keys; in constant time.
pub fn is_consent_mark(keys: &ServerKeys, parts: &[&[u8]], mark: &str) -> bool {
    let mut marks = keys.both().into_iter().map(|one| mark_of(one, parts));
    marks.any(|known| known.as_bytes().ct_eq(mark.as_bytes()).into())
}

fn mark_of(generation: &Generation, parts: &[&[u8]]) -> String {
    let key = generation.derived("dt/partner/consent/v1");
    hex::encode(&derive::hmac(&key, &associated("consent", parts)))
}

/// The challenge of a PKCE verifier by the method S256 (RFC 7636, 4.2): base64url of SHA-256.
pub fn pkce_challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(derive::sha256(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    const PURPOSES: [PartnerPurpose; 4] = [
        PartnerPurpose::Secret,
        PartnerPurpose::Code,
        PartnerPurpose::Access,
        PartnerPurpose::Refresh,
    ];

    #[test]
    fn a_token_for_one_purpose_is_none_for_another() {
        let partner = Uuid::from_u128(7);
        for purpose in PURPOSES {
            let token = PartnerToken::generate(partner, purpose, &mut Seeded::new(1)).unwrap();
            let text = token.reveal();
            for other in PURPOSES {
                let read = PartnerToken::parse(&text, other);
                assert_eq!(read.is_ok(), other == purpose);
            }
            let again = PartnerToken::parse(&text, purpose).unwrap();
            assert_eq!(again.partner(), partner);
            assert!(again.is_of(&token.id_hash()) && !again.is_of("") && !again.is_of(&text));
            assert_eq!(format!("{token:?}"), "PartnerToken([REDACTED])");
        }
        let hashes = PURPOSES.map(|purpose| {
            let token = PartnerToken::generate(partner, purpose, &mut Seeded::new(1));
            token.unwrap().id_hash()
        });
        for (at, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..at].contains(hash), "the same bytes, another hash");
        }
    }

    #[test]
    fn two_partners_know_a_user_under_two_names() {
        let keys = |seed| ServerKeys::generate(&mut Seeded::new(seed)).unwrap();
        let [one, two] = [1, 2].map(Uuid::from_u128);
        let name = pairwise_subject(&keys(1), one, two);
        assert_eq!(name.len(), 43);
        assert_eq!(name, pairwise_subject(&keys(1), one, two));
        for other in [
            pairwise_subject(&keys(2), one, two),
            pairwise_subject(&keys(1), two, two),
            pairwise_subject(&keys(1), one, one),
            pairwise_subject(&keys(1), two, one),
        ] {
            assert_ne!(name, other);
        }
    }

    #[test]
    fn a_mark_is_bound_to_every_part() {
        let keys = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        let mark = consent_mark(&keys, &[b"session", b"request"]);
        assert!(is_consent_mark(&keys, &[b"session", b"request"], &mark));
        assert!(!is_consent_mark(&keys, &[b"session", b"requests"], &mark));
        assert!(!is_consent_mark(&keys, &[b"sessionr", b"equest"], &mark));
        assert!(!is_consent_mark(&keys, &[b"session", b"request"], ""));
    }

    #[test]
    fn a_challenge_is_that_of_rfc_7636_appendix_b() {
        assert_eq!(
            pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
