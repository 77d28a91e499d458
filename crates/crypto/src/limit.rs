//! Names for what is counted: an address or a network is never kept, only a keyed hash of it.

use crate::{aad::associated, derive, hex, server_keys::ServerKeys};

/// The name under which tries are counted: HMAC-SHA-256 of the parts, under a key of its own (HKDF(pepper,
/// "dt/limit/v1")), in 64 hexadecimal digits. Nobody without the key can tell whose tries they were.
pub fn limit_bucket(keys: &ServerKeys, parts: &[&[u8]]) -> String {
    let key = keys.current().derived("dt/limit/v1");
    hex::encode(&derive::hmac(&key, &associated("limit", parts)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn names_are_steady_and_differ_by_every_part_and_key() {
        let keys = |seed| ServerKeys::generate(&mut Seeded::new(seed)).unwrap();
        let name = limit_bucket(&keys(1), &[b"sign_in", b"who"]);
        assert_eq!(name, limit_bucket(&keys(1), &[b"sign_in", b"who"]));
        for other in [
            limit_bucket(&keys(2), &[b"sign_in", b"who"]),
            limit_bucket(&keys(1), &[b"sign_in", b"her"]),
            limit_bucket(&keys(1), &[b"sign_inw", b"ho"]),
        ] {
            assert_ne!(name, other);
        }
    }
}
