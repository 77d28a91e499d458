//! The floors stay apart: who may import whom, where SQL and GraphQL may be named, how long a file may get.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Each crate and the crates it may see; nothing beside it, nothing above it.
const FLOORS: &[(&str, &[&str])] = &[
    ("dreamtree-types", &[]),
    ("dreamtree-crypto", &[]),
    ("dreamtree-migration", &[]),
    ("dreamtree-privacy", &[]),
    ("dreamtree-courier", &[]),
    ("dreamtree-database", &["types", "crypto", "migration"]),
    ("dreamtree-audit", &["types", "crypto", "database"]),
    ("dreamtree-api-derive", &[]),
    ("dreamtree-api", &["types", "database", "api-derive"]),
    ("dreamtree-mail", &["types", "crypto", "database"]),
    ("dreamtree-schedule", &["types", "database"]),
    (
        "dreamtree-identity",
        &[
            "types", "crypto", "database", "audit", "mail", "schedule", "privacy", "api",
        ],
    ),
    ("dreamtree-content", &["types", "database", "audit", "api"]),
    ("dreamtree-attribution", &["types", "api", "content"]),
    (
        "dreamtree-assessments",
        &["types", "database", "api", "content"],
    ),
    (
        "dreamtree-partners",
        &[
            "types",
            "crypto",
            "database",
            "audit",
            "api",
            "identity",
            "content",
            "assessments",
            "courier",
        ],
    ),
    (
        "dreamtree-workbook",
        &[
            "types",
            "database",
            "audit",
            "api",
            "identity",
            "content",
            "assessments",
            "partners",
        ],
    ),
    ("dreamtree-credentials", &["crypto"]),
    ("dreamtree-pictures", &[]),
    (
        "dreamtree-portability",
        &[
            "types",
            "crypto",
            "database",
            "audit",
            "api",
            "identity",
            "content",
            "assessments",
            "partners",
            "workbook",
            "credentials",
            "pictures",
            "privacy",
        ],
    ),
    (
        "dreamtree-gateway",
        &[
            "types",
            "database",
            "api",
            "identity",
            "content",
            "attribution",
            "assessments",
            "partners",
            "workbook",
            "portability",
            "privacy",
        ],
    ),
    (
        "dreamtree-fill",
        &[
            "types",
            "crypto",
            "migration",
            "identity",
            "content",
            "assessments",
            "workbook",
        ],
    ),
    (
        "dreamtree-bench",
        &["types", "crypto", "database", "content", "assessments"],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the project's root")
}

fn packages() -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

#[test]
fn no_crate_sees_beside_or_above_itself() {
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for package in packages() {
        let name = package["name"].as_str().expect("a name").to_owned();
        let Some(allowed) = floors.get(name.as_str()) else {
            assert_eq!(
                name, "dreamtree",
                "a crate without a floor: add it to this picture"
            );
            continue;
        };
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let other = dependency["name"].as_str().expect("a name");
            let test_only = dependency["kind"] == "dev";
            if let Some(other) = other.strip_prefix("dreamtree-").filter(|_| !test_only) {
                assert!(allowed.contains(&other), "{name} must not see {other}");
            }
        }
        seen.insert(name);
    }
    assert_eq!(
        seen.len(),
        FLOORS.len(),
        "a crate of the picture is gone: {seen:?}"
    );
}

/// All Rust files below `src` of each crate, with their text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for folder in ["crates", "migration", "tests"] {
        collect(&root().join(folder), &mut files);
    }
    assert!(files.len() > 100, "the sources are where they are expected");
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("UTF-8");
            files.push((
                path.strip_prefix(root())
                    .expect("below the root")
                    .to_owned(),
                text,
            ));
        }
    }
}

/// True when code names the word, and not only something that ends like it (`dreamtree_identity::`).
fn names(text: &str, word: &str) -> bool {
    let goes_on = |before: char| before.is_alphanumeric() || before == '_';
    let begins = |line: &str| {
        line.match_indices(word)
            .any(|(at, _)| !line[..at].ends_with(goes_on))
    };
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(begins)
}

#[test]
fn the_gateway_knows_no_sql() {
    for (path, text) in sources() {
        if path.starts_with("crates/gateway/src") {
            for word in ["sea_orm", "sqlx", "SELECT "] {
                assert!(!names(&text, word), "{} names {word}", path.display());
            }
        }
    }
}

#[test]
fn inside_a_domain_only_graphql_knows_graphql() {
    let domains = [
        "identity",
        "content",
        "attribution",
        "assessments",
        "partners",
        "workbook",
        "portability",
    ];
    for (path, text) in sources() {
        let domain = domains
            .iter()
            .any(|name| path.starts_with(format!("crates/{name}/src")));
        let edge = path.components().any(|part| part.as_os_str() == "graphql");
        if domain && !edge {
            assert!(
                !names(&text, "async_graphql"),
                "{} knows GraphQL",
                path.display()
            );
        }
        if domain && edge {
            for word in ["sea_orm", "entity::", "connection()"] {
                assert!(
                    !names(&text, word),
                    "{} names {word}: SQL belongs to the nouns",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn what_only_computes_does_no_io() {
    for (path, text) in sources() {
        let pure = ["types", "crypto", "credentials", "pictures"];
        let pure = pure
            .iter()
            .any(|name| path.starts_with(format!("crates/{name}/src")));
        if pure {
            let test = path
                .components()
                .any(|part| part.as_os_str() == "vectors" || part.as_os_str() == "vectors.rs");
            for word in ["std::fs", "std::net", "tokio", "async fn"] {
                assert!(
                    test || !names(&text, word),
                    "{} names {word}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn files_stay_small() {
    let mut lengths: Vec<(usize, PathBuf)> = sources()
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path))
        .collect();
    lengths.sort();
    let (longest, path) = lengths.last().expect("files");
    assert!(
        *longest <= 500,
        "{} has {longest} lines: which noun hides in there?",
        path.display()
    );
    let at = |share: usize| lengths[lengths.len() * share / 100].0;
    assert!(at(50) <= 110, "the median file has {} lines", at(50));
    assert!(
        at(90) <= 350,
        "a tenth of the files has more than {} lines",
        at(90)
    );
}
