//! The server's own keys: from the environment or a file, made at first start where that is safe.

use std::{fs, io::ErrorKind, path::Path};

use dreamtree_crypto::{ServerKeys, System};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::{config::Keys, failure::Failure, secret_file};

/// What to do about a key file that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Make keys: nothing depends on any yet.
    Make,
    /// Refuse: there are passwords and addresses already, or other servers, and new keys would not fit.
    Refuse,
}

/// The keys of this server.
pub(crate) fn read(keys: &Keys, absent: Absent) -> Result<ServerKeys, Failure> {
    match (find(keys)?, absent) {
        (Some(found), _) => Ok(found),
        (None, Absent::Make) => make(&keys.file),
        (None, Absent::Refuse) => Err(Failure::new(format!(
            "{}: there is no key file; passwords and addresses need the keys that they were \
             stored with, from a file (keys.file) or from DREAMTREE_KEYS",
            keys.file.display()
        ))),
    }
}

/// The keys of this server, if there are any.
pub(crate) fn find(keys: &Keys) -> Result<Option<ServerKeys>, Failure> {
    if let Some(text) = &keys.inline {
        let read = ServerKeys::parse_file_text(text.expose_secret());
        return read.map(Some).map_err(Failure::during("DREAMTREE_KEYS"));
    }
    match fs::read_to_string(&keys.file) {
        Ok(text) => ServerKeys::parse_file_text(&text)
            .map(Some)
            .map_err(during(&keys.file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(during(&keys.file)(error)),
    }
}

fn during<E: Into<Failure>>(file: &Path) -> impl FnOnce(E) -> Failure + use<'_, E> {
    Failure::during(file.display())
}

/// The text of a new key file.
pub(crate) fn fresh() -> Result<Zeroizing<String>, Failure> {
    Ok(ServerKeys::generate(&mut System)?.to_file_text())
}

/// Puts these keys in the place of those that there are. What came from `DREAMTREE_KEYS` is printed, to be put there.
pub(crate) fn replace(keys: &Keys, new: &ServerKeys) -> Result<(), Failure> {
    let text = new.to_file_text();
    if keys.inline.is_some() {
        print!("{}", text.as_str());
        return Ok(());
    }
    secret_file::replace(&keys.file, text.as_bytes()).map_err(during(&keys.file))
}

fn make(file: &Path) -> Result<ServerKeys, Failure> {
    let text = fresh()?;
    secret_file::write(file, text.as_bytes()).map_err(during(file))?;
    tracing::info!(file = %file.display(), "made the keys of this server; keep a copy apart from the database");
    ServerKeys::parse_file_text(&text).map_err(during(file))
}
