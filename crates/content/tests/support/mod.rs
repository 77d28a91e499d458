//! Sets of files to read, and copies of them with one thing changed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use dreamtree_content::{Edition, Fault, read_folder};
use uuid::Uuid;

/// A copy of a fixture that a test may change; gone when it is dropped.
pub struct Copy(PathBuf);

impl Drop for Copy {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the copy goes");
    }
}

impl Copy {
    /// A copy of `tests/fixtures/<name>`.
    pub fn of(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dreamtree-content-{}", Uuid::now_v7()));
        copy(&fixture(name), &folder);
        Self(folder)
    }

    /// Replaces a text that must be there.
    pub fn replace(self, file: &str, from: &str, to: &str) -> Self {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).expect("the file is there");
        assert!(text.contains(from), "{file} holds {from:?}");
        fs::write(path, text.replacen(from, to, 1)).expect("the file is written");
        self
    }

    /// Adds to the end of a file.
    pub fn append(self, file: &str, more: &str) -> Self {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is there");
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, text + more).expect("the file is written");
        self
    }

    /// Adds bytes that need not be a text.
    pub fn append_bytes(self, file: &str, more: &[u8]) -> Self {
        let path = self.path(file);
        let bytes = fs::read(&path).expect("the file is there");
        fs::write(path, [&bytes, more].concat()).expect("the file is written");
        self
    }

    /// Where a file of the copy is.
    pub fn path(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }

    /// The edition that the copy holds.
    pub fn edition(&self) -> Edition {
        read_folder(&self.0).unwrap_or_else(|faults| panic!("{faults:#?}"))
    }

    /// The faults that the copy holds.
    pub fn faults(&self) -> Vec<Fault> {
        read_folder(&self.0).expect_err("the copy is broken")
    }
}

/// `tests/fixtures/<name>`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder is made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("the entry is there").path();
        let target = to.join(path.file_name().expect("the entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the file is copied");
        }
    }
}
