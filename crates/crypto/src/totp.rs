//! Time-based one-time passwords (RFC 6238): SHA-1, six digits, thirty seconds, which is what every program on a phone
//! knows.

use crate::{
    aad::associated,
    entropy::Entropy,
    envelope,
    error::{Error, Result},
    server_keys::{Generation, ServerKeys},
};
use std::fmt;
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;
use zeroize::Zeroizing;

const SECRET_BYTES: usize = 20;
const ISSUER: &str = "DreamTree";

/// Codes of the step before and of the one after count too: clocks differ, and people type slowly.
const SKEW: u16 = 1;

/// What a phone and the server make codes of: 20 random bytes. Wiped when dropped.
pub struct TotpSecret(Zeroizing<[u8; SECRET_BYTES]>);

impl TotpSecret {
    /// Makes a fresh secret. Fails with [`Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// Seals the secret for its user under a key of the server: HKDF(pepper, "dt/totp/v1"). The server has to check
    /// codes before it knows who asks, so no key of the user can be in it.
    pub fn seal(&self, keys: &ServerKeys, user: Uuid, entropy: &mut dyn Entropy) -> Result<String> {
        envelope::seal(
            &seal_of(keys.current()),
            self.0.as_slice(),
            &aad(user),
            entropy,
        )
    }

    /// Opens what [`Self::seal`] made for the same user; errors as in [`envelope::open`].
    pub fn open(keys: &ServerKeys, user: Uuid, sealed: &str) -> Result<Self> {
        let plain = keys.open(seal_of, sealed, &aad(user))?;
        let bytes = plain.as_slice().try_into().map_err(|_| Error::Malformed)?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// The same sealed under the generation of keys in use; `None` where it is already.
    pub fn reseal(
        keys: &ServerKeys,
        user: Uuid,
        sealed: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<String>> {
        keys.reseal(seal_of, sealed, &aad(user), entropy)
    }

    /// The number of the 30-second step whose code this is, seen at `seconds` since 1970; `None` for another code. A
    /// step must be taken once only: that is the caller's to hold.
    pub fn step_of(&self, code: &str, seconds: u64) -> Option<u64> {
        self.totp(None).ok()?.check(code, seconds)
    }

    /// The code at `seconds` since 1970, as a phone shows it.
    #[cfg(any(test, feature = "testing"))]
    pub fn code_at(&self, seconds: u64) -> Result<String> {
        Ok(self.totp(None)?.generate(seconds).to_string())
    }

    /// Reads the text of [`Self::to_base32`], as a phone does.
    #[cfg(any(test, feature = "testing"))]
    pub fn from_base32(text: &str) -> Result<Self> {
        let secret = Secret::try_from_base32(text).map_err(|_| Error::Malformed)?;
        let bytes = secret.as_bytes().try_into().map_err(|_| Error::Malformed)?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// The secret to type into a phone: 32 letters and digits of base32 (RFC 4648). Never log it.
    pub fn to_base32(&self) -> String {
        Secret::new_stack(*self.0).to_base32()
    }

    /// The address to scan: `otpauth://totp/DreamTree:account?secret=…&issuer=DreamTree`. Never log it.
    pub fn to_uri(&self, account: &str) -> Result<String> {
        // A colon ends the issuer in these addresses.
        let totp = self.totp(Some(account.replace(':', "_")))?;
        totp.to_url().map_err(|_| Error::Malformed)
    }

    fn totp(&self, account: Option<String>) -> Result<Totp> {
        let mut builder = Builder::new()
            .with_secret(Secret::new_stack(*self.0))
            .with_skew(SKEW);
        if let Some(account) = account {
            builder = builder.with_account_name(account).with_issuer(Some(ISSUER));
        }
        builder.build().map_err(|_| Error::Malformed)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TotpSecret([REDACTED])")
    }
}

fn seal_of(generation: &Generation) -> Zeroizing<[u8; 32]> {
    generation.derived("dt/totp/v1")
}

fn aad(user: Uuid) -> Vec<u8> {
    associated("totp", &[user.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    /// The secret of RFC 6238, appendix B, whose codes of eight digits end with ours of six.
    fn of_the_rfc() -> TotpSecret {
        TotpSecret(Zeroizing::new(*b"12345678901234567890"))
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(of_the_rfc().code_at(seconds).unwrap(), code);
            assert_eq!(of_the_rfc().step_of(code, seconds), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_for_a_step_before_and_after() {
        let at = 1_111_111_111;
        let code = of_the_rfc().code_at(at).unwrap();
        for (shift, known) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let seconds = at.checked_add_signed(shift).unwrap();
            let step = of_the_rfc().step_of(&code, seconds);
            assert_eq!(step, known.then_some(at / 30), "{shift}");
        }
        for wrong in [
            "",
            "1",
            "05047",
            "0504711",
            "+50471",
            "05047a",
            "０５０４７１",
        ] {
            assert_eq!(of_the_rfc().step_of(wrong, at), None, "{wrong}");
        }
    }

    #[test]
    fn a_sealed_secret_opens_for_its_user_on_its_server() {
        let keys = |seed| ServerKeys::generate(&mut Seeded::new(seed)).unwrap();
        let (user, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = of_the_rfc()
            .seal(&keys(1), user, &mut Seeded::new(3))
            .unwrap();
        let open = |seed, user| TotpSecret::open(&keys(seed), user, &sealed);
        assert_eq!(open(1, user).unwrap().0, of_the_rfc().0);
        assert_eq!(open(1, other).unwrap_err(), Error::Refused);
        assert_eq!(open(2, user).unwrap_err(), Error::Refused);
    }

    #[test]
    fn a_phone_reads_what_is_shown() {
        let text = of_the_rfc().to_base32();
        assert_eq!(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(TotpSecret::from_base32(&text).unwrap().0, of_the_rfc().0);
        assert_eq!(
            of_the_rfc().to_uri("some:one@example.org").unwrap(),
            format!(
                "otpauth://totp/DreamTree:some_one%40example.org?secret={text}&issuer=DreamTree"
            )
        );
        assert_eq!(format!("{:?}", of_the_rfc()), "TotpSecret([REDACTED])");
    }
}
