//! Associated data: binds a sealed value to the place it was sealed for.

/// The ASCII label, then each part as its length (4 bytes, big-endian) and its bytes.
///
/// The lengths keep neighbours apart: ("ab", "c") and ("a", "bc") differ. A part beyond 4 GiB would be
/// announced as 4 GiB; no caller comes near.
pub fn associated(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let length = label.len() + parts.iter().map(|part| 4 + part.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(label.as_bytes());
    for part in parts {
        let announced = u32::try_from(part.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&announced.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_label_then_length_and_part() {
        let bytes = associated("auth", &[b"ab", b""]);
        assert_eq!(bytes, b"auth\0\0\0\x02ab\0\0\0\0");
    }

    #[test]
    fn a_moved_boundary_changes_the_bytes() {
        assert_ne!(
            associated("x", &[b"ab", b"c"]),
            associated("x", &[b"a", b"bc"])
        );
        assert_ne!(associated("x", &[b"a"]), associated("x", &[b"a", b""]));
    }
}
