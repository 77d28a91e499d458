//! The server's own keys, kept in a file beside the database and never inside it.

use crate::{derive, entropy::Entropy, error::Result, hex, key::Pepper, secret::Secret};
use zeroize::Zeroizing;

const NAMES: [&str; 4] = ["pepper", "email_index", "email_seal", "decoy"];

/// Four independent 32-byte keys. Losing them locks everybody out: passwords and addresses depend on them.
#[derive(Debug)]
pub struct ServerKeys {
    pepper: Pepper,
    email_index: Secret,
    email_seal: Secret,
    decoy: Secret,
}

/// What is wrong with a key file; names lines and keys, never values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileFault {
    /// The line (from 1) is neither blank, nor a comment, nor of the expected form.
    #[error("line {0} is not of the form: name = \"64 hexadecimal digits\"")]
    Line(usize),
    /// The line (from 1) names no key this server knows.
    #[error("line {0} names an unknown key")]
    Unknown(usize),
    /// The key stands there twice.
    #[error("the key {0} is given twice")]
    Repeated(&'static str),
    /// The key is not there.
    #[error("the key {0} is missing")]
    Missing(&'static str),
}

impl ServerKeys {
    /// Makes fresh keys. Fails with [`crate::Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        Ok(Self {
            pepper: Pepper::generate(entropy)?,
            email_index: Secret::generate(entropy)?,
            email_seal: Secret::generate(entropy)?,
            decoy: Secret::generate(entropy)?,
        })
    }

    /// The key file's text; write it with mode 0600.
    pub fn to_file_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        text.push_str("# Keys of this DreamTree server. Keep them secret, and keep a copy apart from the database's:\n");
        text.push_str("# without them nobody can log in and no address can be read.\n");
        let keys = [
            self.pepper.expose(),
            self.email_index(),
            self.email_seal(),
            self.decoy(),
        ];
        for (name, key) in NAMES.into_iter().zip(keys) {
            let digits = Zeroizing::new(hex::encode(key));
            for piece in [name, " = \"", &digits, "\"\n"] {
                text.push_str(piece);
            }
        }
        text
    }

    /// Reads a key file's text: `name = "hex"` lines in any order, blank lines, `#` comments; all four keys once.
    pub fn parse_file_text(text: &str) -> std::result::Result<Self, KeyFileFault> {
        let mut found: [Option<Secret>; 4] = [const { None }; 4];
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, key) = entry(line).ok_or(KeyFileFault::Line(number))?;
            let place = NAMES.iter().position(|known| *known == name);
            let place = place.ok_or(KeyFileFault::Unknown(number))?;
            if found[place].replace(key).is_some() {
                return Err(KeyFileFault::Repeated(NAMES[place]));
            }
        }
        let mut take = |place: usize| {
            found[place]
                .take()
                .ok_or(KeyFileFault::Missing(NAMES[place]))
        };
        Ok(Self {
            pepper: Pepper::copy_of(take(0)?.expose()),
            email_index: take(1)?,
            email_seal: take(2)?,
            decoy: take(3)?,
        })
    }

    /// The server's share in every password.
    pub fn pepper(&self) -> &Pepper {
        &self.pepper
    }

    /// A key for one more purpose: HKDF(pepper, info). The pepper itself only ever salts, so nothing else is derived
    /// like this.
    pub(crate) fn derived(&self, info: &str) -> Zeroizing<[u8; 32]> {
        derive::hkdf(None, self.pepper.expose(), info)
    }

    pub(crate) fn email_index(&self) -> &[u8; 32] {
        self.email_index.expose()
    }

    pub(crate) fn email_seal(&self) -> &[u8; 32] {
        self.email_seal.expose()
    }

    pub(crate) fn decoy(&self) -> &[u8; 32] {
        self.decoy.expose()
    }
}

fn entry(line: &str) -> Option<(&str, Secret)> {
    let (name, value) = line.split_once('=')?;
    let digits = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut bytes = Zeroizing::new([0; 32]);
    hex::decode_into(digits, bytes.as_mut_slice()).then(|| (name.trim(), Secret::copy_of(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn text() -> String {
        let keys = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        keys.to_file_text().to_string()
    }

    fn fault(text: &str) -> KeyFileFault {
        ServerKeys::parse_file_text(text).unwrap_err()
    }

    #[test]
    fn keys_are_read_as_written_in_any_order() {
        assert_eq!(
            *ServerKeys::parse_file_text(&text()).unwrap().to_file_text(),
            text()
        );
        let turned: Vec<_> = text()
            .lines()
            .rev()
            .map(|line| format!("\n {line}\r\n"))
            .collect();
        assert_eq!(
            *ServerKeys::parse_file_text(&turned.concat())
                .unwrap()
                .to_file_text(),
            text()
        );
    }

    #[test]
    fn the_four_keys_differ() {
        let keys = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        let all = [
            keys.pepper.expose(),
            keys.email_index(),
            keys.email_seal(),
            keys.decoy(),
        ];
        for (place, key) in all.iter().enumerate() {
            assert!(!all[..place].contains(key));
        }
    }

    #[test]
    fn faults_are_told_apart_without_values() {
        assert_eq!(fault(""), KeyFileFault::Missing("pepper"));
        assert_eq!(
            fault(&text().replace("decoy", "decoys")),
            KeyFileFault::Unknown(6)
        );
        assert_eq!(
            fault(&text().replace("decoy", "pepper")),
            KeyFileFault::Repeated("pepper")
        );
        assert_eq!(
            fault(&text().replace("decoy = \"", "decoy = \"0")),
            KeyFileFault::Line(6)
        );
        assert_eq!(fault("pepper"), KeyFileFault::Line(1));
        let without: Vec<_> = text()
            .lines()
            .filter(|line| !line.starts_with("email_seal"))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(
            fault(&without.concat()),
            KeyFileFault::Missing("email_seal")
        );
    }

    #[test]
    fn debug_prints_no_key() {
        let keys = ServerKeys::parse_file_text(&text()).unwrap();
        let printed = format!("{keys:?} {keys:#?}");
        let first = keys.pepper.expose()[0].to_string();
        assert!(printed.contains("REDACTED") && !printed.contains(&first));
    }
}
