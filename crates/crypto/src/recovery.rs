//! Recovery codes: a key on paper, for the day the password is forgotten.

use crate::{
    derive,
    entropy::Entropy,
    error::{Error, Result},
    key::Kek,
};
use std::fmt;
use zeroize::Zeroizing;

const SECRET_BYTES: usize = 20;
const SYMBOLS: usize = SECRET_BYTES * 8 / 5;
/// Crockford's base32, and behind it the five symbols that occur only as the check symbol.
const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

/// A 160-bit secret, shown as eight groups of four symbols and a check symbol:
/// `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-C` (Crockford's base32, <https://www.crockford.com/base32.html>).
pub struct RecoveryCode(Zeroizing<[u8; SECRET_BYTES]>);

impl RecoveryCode {
    /// Makes a fresh code. Fails with [`Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// Reads a code as people type it: any case, blanks and hyphens anywhere, O for 0, I and L for 1.
    /// [`Error::Malformed`] also when the check symbol tells of a slip; a wrong code of good form fails at the wrap.
    pub fn parse(text: &str) -> Result<Self> {
        let mut symbols = Zeroizing::new([0; SYMBOLS + 1]);
        let mut count = 0;
        for character in text.chars().filter(|&character| !is_separator(character)) {
            let place = symbols.get_mut(count).ok_or(Error::Malformed)?;
            *place = value(character).ok_or(Error::Malformed)?;
            count += 1;
        }
        let (body, check) = symbols.split_at(SYMBOLS);
        let is_whole = count == SYMBOLS + 1 && body.iter().all(|&symbol| symbol < 32);
        if !is_whole || check != [check_value(body)] {
            return Err(Error::Malformed);
        }
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        for (eight, five) in body.chunks_exact(8).zip(bytes.chunks_exact_mut(5)) {
            let group = eight
                .iter()
                .fold(0, |group, &symbol| group << 5 | u64::from(symbol));
            five.copy_from_slice(&group.to_be_bytes()[3..]);
        }
        Ok(Self(bytes))
    }

    /// The key that wraps the data key: HKDF(secret, info = "dt/kek/recovery/v1").
    pub fn kek(&self) -> Kek {
        Kek::copy_of(&derive::hkdf(None, self.0.as_slice(), "dt/kek/recovery/v1"))
    }

    /// The text to show once and never store.
    pub fn reveal(&self) -> String {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        for (five, eight) in self.0.chunks_exact(5).zip(symbols.chunks_exact_mut(8)) {
            let group = five
                .iter()
                .fold(0, |group, &byte| group << 8 | u64::from(byte));
            for (place, symbol) in eight.iter_mut().enumerate() {
                *symbol = (group >> (35 - 5 * place) & 31).to_be_bytes()[7];
            }
        }
        let mut text = String::with_capacity(SYMBOLS + SYMBOLS / 4 + 1);
        for group in symbols.chunks_exact(4) {
            text.extend(group.iter().map(|&symbol| character(symbol)));
            text.push('-');
        }
        text.push(character(check_value(symbols.as_slice())));
        text
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode([REDACTED])")
    }
}

/// The number the symbols form, modulo 37: finds every wrong symbol and every swapped pair of neighbours.
fn check_value(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |rest: u8, &symbol| {
        let next = (u16::from(rest) * 32 + u16::from(symbol)) % 37;
        next.to_be_bytes()[1]
    })
}

/// The symbol of a number below 37.
pub(crate) fn character(symbol: u8) -> char {
    char::from(ALPHABET[usize::from(symbol)])
}

/// The number of a symbol as people type it.
pub(crate) fn value(character: char) -> Option<u8> {
    let wanted = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    (0..37).find(|&symbol| char::from(ALPHABET[usize::from(symbol)]) == wanted)
}

/// Blanks, the hyphen, and the dashes a word processor makes of it.
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn code() -> RecoveryCode {
        RecoveryCode::generate(&mut Seeded::new(1)).unwrap()
    }

    #[test]
    fn a_code_is_read_as_shown() {
        for seed in 0..200 {
            let code = RecoveryCode::generate(&mut Seeded::new(seed)).unwrap();
            let text = code.reveal();
            assert_eq!((text.len(), text.split('-').count()), (41, 9));
            assert_eq!(RecoveryCode::parse(&text).unwrap().0, code.0);
        }
    }

    #[test]
    fn a_code_is_read_as_typed() {
        let zero = RecoveryCode(Zeroizing::new([0; 20]));
        assert_eq!(
            RecoveryCode::parse(&format!("{} o", "OOoo ".repeat(8)))
                .unwrap()
                .0,
            zero.0
        );
        let text = code().reveal();
        for typed in [
            text.to_lowercase(),
            text.replace('-', " "),
            text.replace('-', "\u{2013}"),
            text.replace('1', "l"),
        ] {
            assert_eq!(RecoveryCode::parse(&typed).unwrap().0, code().0, "{typed}");
        }
    }

    #[test]
    fn a_slip_is_noticed() {
        let text: Vec<char> = code().reveal().replace('-', "").chars().collect();
        let parse = |symbols: &[char]| RecoveryCode::parse(&symbols.iter().collect::<String>());
        for place in 0..text.len() {
            let mut slipped = text.clone();
            slipped[place] = if slipped[place] == 'Z' { 'Y' } else { 'Z' };
            assert_eq!(parse(&slipped).unwrap_err(), Error::Malformed);
        }
        for place in (1..text.len()).filter(|&place| text[place] != text[place - 1]) {
            let mut swapped = text.clone();
            swapped.swap(place, place - 1);
            assert_eq!(parse(&swapped).unwrap_err(), Error::Malformed);
        }
        assert_eq!(parse(&text[1..]).unwrap_err(), Error::Malformed);
        assert_eq!(
            parse(&[&text[..], &['0']].concat()).unwrap_err(),
            Error::Malformed
        );
        assert_eq!(RecoveryCode::parse("").unwrap_err(), Error::Malformed);
    }

    #[test]
    fn debug_prints_no_code() {
        assert_eq!(format!("{:?}", code()), "RecoveryCode([REDACTED])");
    }
}
