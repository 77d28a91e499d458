//! A folder of authors' files, read as what it is: a Markdown set or a set of CSV files.

use std::{ffi::OsStr, fs, io::ErrorKind, path::Path, sync::Arc};

use crate::{
    csv_set,
    edition::{Draft, Edition, Fault, Origin},
    markdown::{ModuleFile, number_references, read_modules},
    tables,
};

/// Reads a folder and checks what it holds; the error holds every fault, by file and line. A folder
/// with a `stem.csv` is a set of CSV files.
pub fn read_folder(folder: &Path) -> Result<Edition, Vec<Fault>> {
    let mut draft = Draft::default();
    if folder.join("stem.csv").exists() {
        for (name, read) in csv_set::FILES {
            if let Some(text) = read_file(&mut draft, folder, name, Need::Optional) {
                read(&mut draft, &Arc::from(*name), &text);
            }
        }
        csv_set::finish(&mut draft);
    } else {
        for (name, read) in tables::FILES {
            if let Some(text) = read_file(&mut draft, folder, name, Need::Optional) {
                read(&mut draft, &Arc::from(*name), &text);
            }
        }
        draft
            .sixteen
            .get_or_insert_with(|| Origin::file("personality-types.toml"));
        let modules = module_files(&mut draft, folder);
        read_modules(&mut draft, &modules);
        number_references(&mut draft);
    }
    for name in coaching_files(&mut draft, folder) {
        if let Some(text) = read_file(&mut draft, folder, &name, Need::Required) {
            tables::read_coaching(&mut draft, &Arc::from(name), &text);
        }
    }
    Edition::of(draft)
}

/// Whether a file may be left out of a set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
}

/// The modules of the workbook, by name.
fn module_files(draft: &mut Draft, folder: &Path) -> Vec<ModuleFile> {
    let mut names = Vec::new();
    match fs::read_dir(folder.join("workbook")) {
        Ok(entries) => {
            for entry in entries.flatten() {
                let path = entry.path();
                if path.extension() == Some(OsStr::new("md")) {
                    names.push(format!("workbook/{}", entry.file_name().to_string_lossy()));
                }
            }
        }
        Err(error) => {
            draft.fault(&Origin::file("workbook"), "unreadable", error.to_string());
        }
    }
    if names.is_empty() {
        let message = "there is neither a stem.csv nor a module in workbook/";
        draft.fault(&Origin::file("workbook"), "no-modules", message);
    }
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let text = read_file(draft, folder, &name, Need::Required)?;
            Some(ModuleFile {
                file: Arc::from(name),
                text,
            })
        })
        .collect()
}

/// The files about coaching, by name; either kind of set may have them.
fn coaching_files(draft: &mut Draft, folder: &Path) -> Vec<String> {
    let entries = match fs::read_dir(folder.join(tables::COACHING)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let at = Origin::file(tables::COACHING);
            draft.fault(&at, "unreadable", error.to_string());
            return Vec::new();
        }
    };
    let toml = entries
        .flatten()
        .filter(|entry| entry.path().extension() == Some(OsStr::new("toml")));
    let mut names: Vec<String> = toml
        .map(|entry| {
            format!(
                "{}/{}",
                tables::COACHING,
                entry.file_name().to_string_lossy()
            )
        })
        .collect();
    names.sort();
    names
}

/// The text of a file without a byte order mark.
fn read_file(draft: &mut Draft, folder: &Path, name: &str, need: Need) -> Option<String> {
    let at = Origin::file(name);
    match fs::read(folder.join(name)).map(String::from_utf8) {
        Ok(Ok(text)) => Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()),
        Ok(Err(error)) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.split(|byte| *byte == b'\n').count();
            let at = Origin::new(&Arc::from(name), line);
            draft.fault(&at, "unreadable", "this line is not UTF-8");
            None
        }
        Err(error) if error.kind() == ErrorKind::NotFound && need == Need::Optional => None,
        Err(error) => {
            draft.fault(&at, "unreadable", error.to_string());
            None
        }
    }
}
