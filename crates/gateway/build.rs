//! Lists the example operations of `docs/operations`, so that a new file there is a new tab in `GraphiQL`.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = root.join("../../docs/operations");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .map(|entry| entry.map(|file| file.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "graphql")
    });
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let variables = file.with_extension("json");
        let variables = if variables.exists() {
            format!("Some({})", include(&variables)?)
        } else {
            "None".to_owned()
        };
        list.push_str(&["(", &include(&file)?, ", ", &variables, "),\n"].concat());
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("operations.rs"), list)
}

fn include(file: &Path) -> io::Result<String> {
    Ok(format!(
        "include_str!(r#\"{}\"#)",
        file.canonicalize()?.display()
    ))
}
