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
    read_texts(&mut draft, folder);
    for name in files(
        &mut draft,
        folder,
        (tables::COACHING, "toml"),
        Need::Optional,
    ) {
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

/// Reads what people accept and agree to, where there is any of it.
fn read_texts(draft: &mut Draft, folder: &Path) {
    let (name, read) = tables::TERMS;
    if let Some(text) = read_file(draft, folder, name, Need::Optional) {
        read(draft, &Arc::from(name), &text);
    }
    let (name, read) = tables::CONSENTS;
    for file in files(draft, folder, (name, "md"), Need::Optional) {
        if let Some(text) = read_file(draft, folder, &file, Need::Required) {
            read(draft, &Arc::from(file), &text);
        }
    }
}

/// The modules of the workbook, by name.
fn module_files(draft: &mut Draft, folder: &Path) -> Vec<ModuleFile> {
    let names = files(draft, folder, ("workbook", "md"), Need::Required);
    if names.is_empty() {
        let message = "there is neither a stem.csv nor a module in workbook/";
        draft.fault(&Origin::file("workbook"), "no-modules", message);
    }
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

/// The files with this ending in a folder below the set's own, by name.
fn files(
    draft: &mut Draft,
    folder: &Path,
    (below, ending): (&str, &str),
    need: Need,
) -> Vec<String> {
    let mut names = Vec::new();
    match fs::read_dir(folder.join(below)) {
        Ok(entries) => {
            for entry in entries.flatten() {
                let path = entry.path();
                if path.extension() == Some(OsStr::new(ending)) {
                    names.push(format!("{below}/{}", entry.file_name().to_string_lossy()));
                }
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound && need == Need::Optional => {}
        Err(error) => {
            draft.fault(&Origin::file(below), "unreadable", error.to_string());
        }
    }
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
