//! Data keys of earlier generations, sealed under a later one: whoever opens the later key opens them too.

use crate::{
    aad::associated,
    derive,
    entropy::Entropy,
    envelope,
    error::{Error, Result},
    key::DataKey,
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Seals an earlier data key of `user` under HKDF(later key, info = "dt/earlier/v1"). `generation` is that of the
/// earlier key.
pub fn wrap_earlier(
    later: &DataKey,
    earlier: &DataKey,
    user: Uuid,
    generation: i32,
    entropy: &mut dyn Entropy,
) -> Result<String> {
    envelope::seal(
        &key(later),
        earlier.expose(),
        &aad(user, generation),
        entropy,
    )
}

/// Opens what [`wrap_earlier`] made with the same keys, user and generation; errors as in [`envelope::open`].
pub fn unwrap_earlier(
    later: &DataKey,
    wrapped: &str,
    user: Uuid,
    generation: i32,
) -> Result<DataKey> {
    let plain = envelope::open(&key(later), wrapped, &aad(user, generation))?;
    let bytes: &[u8; 32] = plain.as_slice().try_into().map_err(|_| Error::Malformed)?;
    Ok(DataKey::copy_of(bytes))
}

fn key(later: &DataKey) -> Zeroizing<[u8; 32]> {
    derive::hkdf(None, later.expose(), "dt/earlier/v1")
}

fn aad(user: Uuid, generation: i32) -> Vec<u8> {
    associated("earlier", &[user.as_bytes(), &generation.to_be_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn an_earlier_key_opens_for_its_user_and_generation_under_the_later_one() {
        let (first, second) = (DataKey::copy_of(&[1; 32]), DataKey::copy_of(&[2; 32]));
        let (user, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let wrapped = wrap_earlier(&second, &first, user, 1, &mut Seeded::new(1)).unwrap();
        let opened = unwrap_earlier(&second, &wrapped, user, 1).unwrap();
        assert_eq!(opened.expose(), first.expose());
        for refused in [
            unwrap_earlier(&first, &wrapped, user, 1),
            unwrap_earlier(&second, &wrapped, other, 1),
            unwrap_earlier(&second, &wrapped, user, 2),
        ] {
            assert_eq!(refused.unwrap_err(), Error::Refused);
        }
    }
}
