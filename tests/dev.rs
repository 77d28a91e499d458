//! `dev fill` from the command line: what it makes, and when it refuses.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const PRODUCTION: [(&str, &str); 4] = [
    ("DREAMTREE_SERVER_MODE", "production"),
    ("DREAMTREE_SERVER_PUBLIC_URL", "https://dreamtree.example"),
    ("DREAMTREE_MAIL_HOST", "localhost"),
    ("DREAMTREE_MAIL_FROM", "hello@dreamtree.example"),
];

/// A folder with a database that holds the workbook and nobody.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let name = format!("dreamtree-dev-{}", uuid::Uuid::now_v7());
        let place = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&place.0).expect("a folder");
        place.run(&["migrate"], &[]).expect("migrated");
        place.run(&["seed"], &[]).expect("seeded");
        place
    }

    /// What the program prints; where it fails, what it complains of.
    fn run(&self, arguments: &[&str], more: &[(&str, &str)]) -> Result<String, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let url = format!("sqlite:{}", self.0.join("test.db").display());
        let output = Command::new(env!("CARGO_BIN_EXE_dreamtree"))
            .args(arguments)
            .current_dir(root)
            .env("DATABASE_URL", url)
            .envs(more.iter().copied())
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        if output.status.success() {
            Ok(text(output.stdout))
        } else {
            Err(text(output.stderr))
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the folder goes");
    }
}

#[test]
fn tokens_go_into_a_new_file_that_nobody_else_can_read() {
    let place = Place::new();
    let tokens = place.0.join("tokens");
    let name = tokens.to_str().expect("UTF-8");
    let fill = [
        "dev", "fill", "--users", "3", "--tokens", name, "--first", "2",
    ];
    let said = place.run(&fill, &[]).expect("filled");
    assert!(said.starts_with("3 people with "), "{said}");
    assert_eq!(
        fs::read_to_string(&tokens).expect("tokens").lines().count(),
        2
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&tokens).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = place.run(&[&fill[..], &["--more"]].concat(), &[]);
    assert!(again.expect_err("refused").contains("is there already"));
}

#[test]
fn people_join_others_only_where_somebody_says_so() {
    let place = Place::new();
    let fill = ["dev", "fill", "--users", "1"];
    place.run(&fill, &[]).expect("filled");
    let refused = place.run(&fill, &[]).expect_err("refused");
    assert!(refused.contains("has 1 people already"), "{refused}");
    let more = [&fill[..], &["--more"]].concat();
    place.run(&more, &[]).expect("filled");
}

#[test]
fn production_is_filled_only_where_somebody_means_it() {
    let place = Place::new();
    let fill = ["dev", "fill", "--users", "1"];
    let refused = place.run(&fill, &PRODUCTION).expect_err("refused");
    assert!(refused.contains("--yes"), "{refused}");
    let meant = [&fill[..], &["--yes"]].concat();
    place.run(&meant, &PRODUCTION).expect("filled");
}
