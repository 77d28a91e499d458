//! Which credentials were revoked: Bitstring Status List 1.0.
//!
//! A bit is clear only for a credential that is in force. Revoked ones, and positions that nobody has, look alike; so a
//! credential also ends when the account goes that it was issued to.

use std::io::Write;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, write::GzEncoder};
use time::OffsetDateTime;

use crate::{
    Claims, Error, Issuer, Result, instant,
    node::Node,
    term::{
        ENCODED_LIST, ISSUER, STATUS_CREDENTIAL, STATUS_INDEX, STATUS_LIST, STATUS_LIST_CREDENTIAL,
        STATUS_LIST_ENTRY, STATUS_PURPOSE, SUBJECT, VALID_FROM, VALID_UNTIL, VC,
        VERIFIABLE_CREDENTIAL,
    },
};

/// How many credentials a list has room for: as few as the standard allows, which hides one among many.
pub const LIST_SIZE: u32 = 131_072;

const PURPOSE: &str = "revocation";

/// Where the status of a credential stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusEntry {
    /// The number of the list.
    pub list: u32,
    /// The place in it; below [`LIST_SIZE`].
    pub position: u32,
}

impl StatusEntry {
    pub(crate) fn node(self, issuer: &Issuer) -> Result<Node> {
        if self.position >= LIST_SIZE {
            return Err(Error::Position);
        }
        let list = address(issuer, self.list);
        let id = format!("{list}#{}", self.position);
        Ok(Node::new(id, &[STATUS_LIST_ENTRY])
            .text(STATUS_PURPOSE, PURPOSE)
            .text(STATUS_INDEX, self.position.to_string())
            .text(STATUS_CREDENTIAL, list))
    }
}

fn address(issuer: &Issuer, list: u32) -> String {
    issuer.address(&format!("/credentials/status/{list}"))
}

/// A list of revoked credentials.
#[derive(Clone, Debug)]
pub struct StatusList {
    number: u32,
    bits: Vec<u8>,
}

impl StatusList {
    /// The list of a number with these positions in force. Fails with [`Error::Position`].
    pub fn new(number: u32, in_force: impl IntoIterator<Item = u32>) -> Result<Self> {
        let mut bits = vec![0xff; LIST_SIZE as usize / 8];
        for position in in_force {
            let byte = bits.get_mut(position as usize / 8);
            *byte.ok_or(Error::Position)? &= !(0x80 >> (position % 8));
        }
        Ok(Self { number, bits })
    }

    /// What the list says as a credential of its own, from one instant to another.
    pub fn claims(
        &self,
        issuer: &Issuer,
        from: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<Claims> {
        let id = address(issuer, self.number);
        let list = Node::new(format!("{id}#list"), &[STATUS_LIST])
            .text(STATUS_PURPOSE, PURPOSE)
            .text(ENCODED_LIST, self.encoded()?);
        let node = Node::new(id, &[VERIFIABLE_CREDENTIAL, STATUS_LIST_CREDENTIAL])
            .text(ISSUER, issuer.did())
            .text(VALID_FROM, instant::text(from)?)
            .text(VALID_UNTIL, instant::text(until)?)
            .node(SUBJECT, list);
        Ok(Claims::new(node, &[VC]))
    }

    /// Compressed, and written as multibase.
    fn encoded(&self) -> Result<String> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let written = encoder.write_all(&self.bits);
        let bytes = written.and_then(|()| encoder.finish());
        let bytes = bytes.map_err(|_| Error::Compression)?;
        Ok(format!("u{}", URL_SAFE_NO_PAD.encode(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn only_what_is_in_force_is_clear() {
        let list = StatusList::new(1, [0, 9, LIST_SIZE - 1]).unwrap();
        let encoded = list.encoded().unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&encoded[1..]).unwrap();
        let mut bits = Vec::new();
        GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut bits)
            .unwrap();
        assert_eq!(bits.len(), 16_384);
        assert_eq!(bits[..3], [0b0111_1111, 0b1011_1111, 0xff]);
        assert_eq!(bits[16_383], 0b1111_1110);
        let clear: u32 = bits.iter().map(|byte| byte.count_zeros()).sum();
        assert_eq!(clear, 3);
        assert!(encoded.starts_with('u') && encoded.len() < 120, "{encoded}");
    }

    #[test]
    fn a_list_ends() {
        let beyond = StatusList::new(1, [LIST_SIZE]);
        assert_eq!(beyond.unwrap_err(), Error::Position);
    }
}
