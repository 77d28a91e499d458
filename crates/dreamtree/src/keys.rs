//! The server's own keys: from the environment or a file, made at first start where that is safe.

use std::{
    fs,
    io::{self, ErrorKind, Write},
    path::Path,
};

use dreamtree_crypto::{ServerKeys, System};
use secrecy::ExposeSecret;

use crate::{config::Keys, failure::Failure};

/// What to do about a key file that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Make keys: the database is a file beside them and as new as they are.
    Make,
    /// Refuse: other servers may have keys already, and these would not fit theirs.
    Refuse,
}

/// The keys of this server.
pub(crate) fn read(keys: &Keys, absent: Absent) -> Result<ServerKeys, Failure> {
    if let Some(text) = &keys.inline {
        return ServerKeys::parse_file_text(text.expose_secret())
            .map_err(Failure::during("DREAMTREE_KEYS"));
    }
    let file = keys.file.as_path();
    match fs::read_to_string(file) {
        Ok(text) => ServerKeys::parse_file_text(&text).map_err(during(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => match absent {
            Absent::Make => make(file),
            Absent::Refuse => Err(Failure::new(format!(
                "{}: there is no key file; all servers of one database need the same keys, \
                 from a file (keys.file) or from DREAMTREE_KEYS",
                file.display()
            ))),
        },
        Err(error) => Err(during(file)(error)),
    }
}

fn during<E: Into<Failure>>(file: &Path) -> impl FnOnce(E) -> Failure + use<'_, E> {
    Failure::during(file.display())
}

fn make(file: &Path) -> Result<ServerKeys, Failure> {
    let keys = ServerKeys::generate(&mut System)?;
    write(file, keys.to_file_text().as_bytes()).map_err(during(file))?;
    tracing::info!(file = %file.display(), "made the keys of this server; keep a copy apart from the database");
    Ok(keys)
}

/// Writes a file that only we can read, and never over another.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    opened.write_all(bytes)?;
    opened.sync_all()
}
