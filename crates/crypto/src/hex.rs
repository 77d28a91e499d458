//! Lower-case hexadecimal for the key file and for stored hashes, which people read and compare.

/// Two lower-case digits per byte; also the form in which hashes stand in rows and logs.
pub fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Fills `bytes` from exactly twice as many digits, either case; false when the text is anything else.
pub(crate) fn decode_into(text: &str, bytes: &mut [u8]) -> bool {
    let digits = text.as_bytes();
    if digits.len() != bytes.len() * 2 {
        return false;
    }
    for (pair, byte) in digits.chunks_exact(2).zip(bytes) {
        let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
            return false;
        };
        *byte = high << 4 | low;
    }
    true
}

fn digit(symbol: u8) -> Option<u8> {
    match symbol {
        b'0'..=b'9' => Some(symbol - b'0'),
        b'a'..=b'f' => Some(symbol - b'a' + 10),
        b'A'..=b'F' => Some(symbol - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        let mut bytes = [0; 4];
        assert!(decode_into("00FFa01b", &mut bytes));
        assert_eq!(encode(&bytes), "00ffa01b");
    }

    #[test]
    fn other_text_is_refused() {
        let mut bytes = [0; 2];
        for text in ["", "00f", "00fg", "00ff0", "é0f"] {
            assert!(!decode_into(text, &mut bytes), "{text}");
        }
    }
}
