//! Files with something in them that nobody else may read.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Puts a file that only we can read in the place of another: whoever reads it finds the one or the other, also after a
/// power cut.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = file.with_file_name(name);
    if let Err(error) = write(&new, bytes).and_then(|()| fs::rename(&new, file)) {
        // Part of it may be there; whether it goes says nothing about why it came to this.
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    let folder = file.parent().filter(|one| !one.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Writes a file that only we can read, and never over another.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
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
