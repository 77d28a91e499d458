//! The keys that credentials are signed with: from the environment or a file of this server's own, made where there is
//! none. Others find the public halves in the database, so other keys may take their place at any time.

use std::{fs, io::ErrorKind, path::Path};

use dreamtree_credentials::SigningKeys;
use dreamtree_crypto::System;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::{config::Keys, failure::Failure, secret_file};

/// The keys of this server.
pub(crate) fn read(keys: &Keys) -> Result<SigningKeys, Failure> {
    if let Some(text) = &keys.inline_signing {
        let read = SigningKeys::parse_file_text(text.expose_secret());
        return read.map_err(Failure::during("DREAMTREE_SIGNING_KEYS"));
    }
    let file = keys.signing_file.as_path();
    match load(file)? {
        Some(found) => Ok(found),
        None => make(file),
    }
}

/// The text of a new file.
pub(crate) fn fresh() -> Result<Zeroizing<String>, Failure> {
    Ok(SigningKeys::generate(&mut System)?.to_file_text())
}

fn load(file: &Path) -> Result<Option<SigningKeys>, Failure> {
    match fs::read_to_string(file).map(Zeroizing::new) {
        Ok(text) => SigningKeys::parse_file_text(&text)
            .map(Some)
            .map_err(Failure::during(file.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::during(file.display())(error)),
    }
}

fn make(file: &Path) -> Result<SigningKeys, Failure> {
    let text = fresh()?;
    match secret_file::write(file, text.as_bytes()) {
        Ok(()) => {
            tracing::info!(file = %file.display(), "made keys to sign credentials with");
            SigningKeys::parse_file_text(&text).map_err(Failure::during(file.display()))
        }
        // Another process on the same folder was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let found = load(file)?;
            found.ok_or_else(|| Failure::new(format!("{}: has gone", file.display())))
        }
        Err(error) => Err(Failure::during(file.display())(error)),
    }
}
