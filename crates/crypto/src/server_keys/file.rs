//! The key file: what it looks like, and what can be wrong with it.

use super::Generation;
use crate::{hex, secret::Secret};
use zeroize::Zeroizing;

const NAMES: [&str; 4] = ["pepper", "email_index", "email_seal", "decoy"];

/// The most generations at a time.
const MOST: usize = 2;

/// What is wrong with a key file; names lines and keys, never values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileFault {
    /// The line (from 1) is neither blank, nor a comment, nor of one of the expected forms.
    #[error("line {0} is not of the form: name = \"64 hexadecimal digits\"")]
    Line(usize),
    /// The line (from 1) names no key this server knows.
    #[error("line {0} names an unknown key")]
    Unknown(usize),
    /// The line (from 1) begins a generation that is there already, is 0, or is one too many.
    #[error("line {0} begins a generation that is there already, is 0, or is the third")]
    Generation(usize),
    /// The key stands there twice.
    #[error("the key {0} is given twice")]
    Repeated(&'static str),
    /// The key is not there.
    #[error("the key {0} is missing")]
    Missing(&'static str),
}

/// A first generation alone is written without a heading.
pub(super) fn write<'a>(generations: impl Iterator<Item = &'a Generation>) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(2048));
    text.push_str("# Keys of this DreamTree server. Keep them secret, and keep a copy apart from the database's:\n");
    text.push_str("# without them nobody can log in and no address can be read.\n");
    let mut generations = generations.peekable();
    let mut headed = false;
    while let Some(one) = generations.next() {
        headed |= one.number != 1 || generations.peek().is_some();
        if headed {
            for piece in ["[generation ", &one.number.to_string(), "]\n"] {
                text.push_str(piece);
            }
        }
        for (name, key) in NAMES.into_iter().zip(one.keys()) {
            let digits = Zeroizing::new(hex::encode(key));
            for piece in [name, " = \"", &digits, "\"\n"] {
                text.push_str(piece);
            }
        }
    }
    text
}

/// The older generation and the newer one.
pub(super) fn read(text: &str) -> Result<(Generation, Option<Generation>), KeyFileFault> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') {
            let generation = heading(line).ok_or(KeyFileFault::Line(number))?;
            let known = drafts.iter().any(|draft| draft.number == generation);
            if generation == 0 || known || drafts.len() == MOST {
                return Err(KeyFileFault::Generation(number));
            }
            drafts.push(Draft::new(generation));
            continue;
        }
        let (name, key) = entry(line).ok_or(KeyFileFault::Line(number))?;
        let place = NAMES.iter().position(|known| *known == name);
        let place = place.ok_or(KeyFileFault::Unknown(number))?;
        if drafts.is_empty() {
            drafts.push(Draft::new(1));
        }
        let draft = drafts.last_mut().ok_or(KeyFileFault::Line(number))?;
        if draft.keys[place].replace(key).is_some() {
            return Err(KeyFileFault::Repeated(NAMES[place]));
        }
    }
    drafts.sort_by_key(|draft| draft.number);
    let mut drafts = drafts.into_iter().map(Draft::finish);
    let older = drafts.next().ok_or(KeyFileFault::Missing(NAMES[0]))??;
    Ok((older, drafts.next().transpose()?))
}

struct Draft {
    number: u32,
    keys: [Option<Secret>; 4],
}

impl Draft {
    const fn new(number: u32) -> Self {
        let keys = [const { None }; 4];
        Self { number, keys }
    }

    fn finish(self) -> Result<Generation, KeyFileFault> {
        let named = |(key, name): (Option<Secret>, _)| key.ok_or(KeyFileFault::Missing(name));
        let mut keys = self.keys.into_iter().zip(NAMES).map(named);
        let mut next = || keys.next().unwrap_or(Err(KeyFileFault::Missing(NAMES[0])));
        let all = [next()?, next()?, next()?, next()?];
        Ok(Generation::from_keys(self.number, all))
    }
}

fn heading(line: &str) -> Option<u32> {
    let inner = line.strip_prefix("[generation ")?.strip_suffix(']')?;
    inner.trim().parse().ok()
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
    use crate::{ServerKeys, entropy::Seeded};

    fn text() -> String {
        let keys = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        keys.to_file_text().to_string()
    }

    fn fault(text: &str) -> KeyFileFault {
        ServerKeys::parse_file_text(text).unwrap_err()
    }

    fn again(text: &str) -> String {
        let keys = ServerKeys::parse_file_text(text).unwrap();
        keys.to_file_text().to_string()
    }

    #[test]
    fn keys_are_read_as_written_in_any_order() {
        assert_eq!(again(&text()), text());
        let turned: Vec<_> = text()
            .lines()
            .rev()
            .map(|line| format!("\n {line}\r\n"))
            .collect();
        assert_eq!(again(&turned.concat()), text());
    }

    #[test]
    fn two_generations_are_read_as_written_and_one_of_them_too() {
        let first = ServerKeys::parse_file_text(&text()).unwrap();
        let two = first.with_next(&mut Seeded::new(2)).unwrap().unwrap();
        let written = two.to_file_text().to_string();
        assert_eq!(again(&written), written);
        let (head, second) = written.split_once("[generation 2]").unwrap();
        let turned = format!("[generation 2]{second}{head}");
        assert_eq!(again(&turned), written, "the order does not matter");
        let alone = two.without_older().unwrap().to_file_text().to_string();
        assert!(alone.contains("[generation 2]") && !alone.contains("[generation 1]"));
        assert_eq!(again(&alone), alone);
        let bare = head.replace("[generation 1]\n", "");
        assert_eq!(again(&format!("{bare}[generation 2]{second}")), written);
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
        assert_eq!(fault("[generation x]"), KeyFileFault::Line(1));
        assert_eq!(fault("[generation 0]"), KeyFileFault::Generation(1));
        let twice = format!("{}[generation 1]\n", text());
        assert_eq!(fault(&twice), KeyFileFault::Generation(7));
        let third = "[generation 1]\n[generation 2]\n[generation 3]\n";
        assert_eq!(fault(third), KeyFileFault::Generation(3));
        let half = format!("{}[generation 2]\n", text());
        assert_eq!(fault(&half), KeyFileFault::Missing("pepper"));
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
}
