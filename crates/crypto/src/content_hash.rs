//! Content hashes, for telling "unchanged" from "changed": keyed ones for what is sealed, without opening it.

use crate::{derive, key::DataKey};

/// HMAC-SHA-256 of `bytes` under HKDF(data key, info = "dt/content-hash/v1").
///
/// Keyed, because a bare hash of a short answer would let anyone with the database try all likely answers.
pub fn keyed_hash(key: &DataKey, bytes: &[u8]) -> [u8; 32] {
    derive::hmac(
        &derive::hkdf(None, key.expose(), "dt/content-hash/v1"),
        bytes,
    )
}

/// SHA-256 of `bytes`, for what anyone with the database can read anyway.
pub fn plain_hash(bytes: &[u8]) -> [u8; 32] {
    derive::sha256(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_hash_is_sha_256() {
        let hash = crate::hex(&plain_hash(b"abc"));
        assert_eq!(
            hash,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn equal_content_is_equal_only_under_one_key() {
        let (mine, yours) = (DataKey::copy_of(&[1; 32]), DataKey::copy_of(&[2; 32]));
        assert_eq!(keyed_hash(&mine, b"yes"), keyed_hash(&mine, b"yes"));
        assert_ne!(keyed_hash(&mine, b"yes"), keyed_hash(&mine, b"no"));
        assert_ne!(keyed_hash(&mine, b"yes"), keyed_hash(&yours, b"yes"));
    }
}
