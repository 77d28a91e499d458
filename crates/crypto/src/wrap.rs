//! Wraps: the data key sealed once for each way a person can open their vault.

use crate::{
    aad::associated,
    entropy::Entropy,
    envelope,
    error::{Error, Result},
    key::{DataKey, Kek},
};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// What opens a wrap. Part of the associated data: a wrap filed under another method does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// The session token; the only wrap an anonymous visitor has.
    Session,
    /// The password, stretched.
    Password,
    /// The recovery code on paper.
    Recovery,
    /// A passkey, by what its PRF extension yields.
    Passkey,
    /// The token of a sign-in that waits for its second factor.
    Challenge,
}

impl Method {
    /// The name stored in the row and bound into the wrap; never to be changed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Password => "password",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
            Self::Challenge => "challenge",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Method {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        [
            Self::Session,
            Self::Password,
            Self::Recovery,
            Self::Passkey,
            Self::Challenge,
        ]
        .into_iter()
        .find(|method| method.as_str() == name)
        .ok_or(Error::Malformed)
    }
}

/// Wraps `key` for `user` under `kek`. `generation` counts the user's data keys, from 1.
pub fn wrap(
    kek: &Kek,
    key: &DataKey,
    user: Uuid,
    method: Method,
    generation: i32,
    entropy: &mut dyn Entropy,
) -> Result<String> {
    envelope::seal(
        kek.expose(),
        key.expose(),
        &aad(user, method, generation),
        entropy,
    )
}

/// Opens a wrap made with the same user, method and generation; errors as in [`envelope::open`].
pub fn unwrap_key(
    kek: &Kek,
    wrapped: &str,
    user: Uuid,
    method: Method,
    generation: i32,
) -> Result<DataKey> {
    let plain = envelope::open(kek.expose(), wrapped, &aad(user, method, generation))?;
    let bytes: &[u8; 32] = plain.as_slice().try_into().map_err(|_| Error::Malformed)?;
    Ok(DataKey::copy_of(bytes))
}

fn aad(user: Uuid, method: Method, generation: i32) -> Vec<u8> {
    associated(
        "auth",
        &[
            user.as_bytes(),
            method.as_str().as_bytes(),
            &generation.to_be_bytes(),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    const USER: Uuid = Uuid::from_u128(1);

    fn wrapped(kek: &Kek) -> String {
        let key = DataKey::copy_of(&[9; 32]);
        wrap(kek, &key, USER, Method::Password, 1, &mut Seeded::new(1)).unwrap()
    }

    #[test]
    fn the_key_comes_back() {
        let kek = Kek::copy_of(&[5; 32]);
        let key = unwrap_key(&kek, &wrapped(&kek), USER, Method::Password, 1).unwrap();
        assert_eq!(key.expose(), &[9; 32]);
    }

    #[test]
    fn another_user_method_generation_or_kek_is_refused() {
        let kek = Kek::copy_of(&[5; 32]);
        let text = wrapped(&kek);
        for (user, method, generation) in [
            (Uuid::from_u128(2), Method::Password, 1),
            (USER, Method::Session, 1),
            (USER, Method::Recovery, 1),
            (USER, Method::Passkey, 1),
            (USER, Method::Password, 2),
        ] {
            let refused = unwrap_key(&kek, &text, user, method, generation);
            assert_eq!(refused.unwrap_err(), Error::Refused);
        }
        let other = unwrap_key(&Kek::copy_of(&[6; 32]), &text, USER, Method::Password, 1);
        assert_eq!(other.unwrap_err(), Error::Refused);
    }

    #[test]
    fn a_sealed_value_of_another_length_is_no_key() {
        let kek = Kek::copy_of(&[5; 32]);
        let aad = aad(USER, Method::Session, 1);
        let short = envelope::seal(kek.expose(), b"short", &aad, &mut Seeded::new(1)).unwrap();
        let refused = unwrap_key(&kek, &short, USER, Method::Session, 1);
        assert_eq!(refused.unwrap_err(), Error::Malformed);
    }

    #[test]
    fn methods_are_read_as_written() {
        for method in [
            Method::Session,
            Method::Password,
            Method::Recovery,
            Method::Passkey,
            Method::Challenge,
        ] {
            assert_eq!(method.to_string().parse(), Ok(method));
        }
        assert_eq!("wallet".parse::<Method>(), Err(Error::Malformed));
    }
}
