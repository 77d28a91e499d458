//! Which code does more with a column than to set it, as far as its text tells.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The code of the project, but for its tests and the row types themselves.
pub(crate) struct Readers {
    /// The module of each table's row type, such as `skill` for `skills`.
    modules: BTreeMap<String, String>,
    /// Lines that are no comments and set no column, by file.
    files: Vec<Vec<String>>,
}

impl Readers {
    pub(crate) fn of_the_project() -> Self {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut paths = Vec::new();
        for one in fs::read_dir(crates).expect("the crates") {
            sources(&one.expect("a crate").path().join("src"), &mut paths);
        }
        let (mut modules, mut files) = (BTreeMap::new(), Vec::new());
        for path in paths {
            let text = fs::read_to_string(&path).expect("a text");
            let is_entity = path
                .parent()
                .is_some_and(|folder| folder.ends_with("entity"));
            if is_entity {
                let name = text.split("table_name = \"").nth(1);
                let module = path.file_stem().and_then(|stem| stem.to_str());
                if let Some((name, module)) =
                    name.and_then(|rest| rest.split('"').next()).zip(module)
                {
                    modules.insert(name.to_owned(), module.to_owned());
                }
            } else {
                let code = text
                    .split("#[cfg(test)]\nmod tests")
                    .next()
                    .unwrap_or_default();
                let lines = code.lines().map(str::trim);
                let lines =
                    lines.filter(|line| !line.starts_with("//") && !line.contains(": Set("));
                files.push(lines.map(str::to_owned).collect());
            }
        }
        Self { modules, files }
    }

    /// True when a file that names the table, or the module of its row type, names the column as well.
    pub(crate) fn knows(&self, table: &str, column: &str) -> bool {
        let module = self.modules.get(table).map_or(table, String::as_str);
        let variant: String = column.split('_').map(capitalized).collect();
        self.files.iter().any(|lines| {
            let names = |word: &str| lines.iter().any(|line| has_word(line, word));
            (names(table) || names(module)) && (names(column) || names(&variant))
        })
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|one| one == "rs") {
            found.push(path);
        }
    }
}

fn capitalized(word: &str) -> String {
    let (initial, rest) = word.split_at(1);
    initial.to_uppercase() + rest
}

fn has_word(line: &str, word: &str) -> bool {
    let is_part = |one: Option<char>| one.is_some_and(|one| one.is_alphanumeric() || one == '_');
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        !is_part(before.chars().next_back()) && !is_part(after.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_only_set_is_not_known() {
        let readers = Readers {
            modules: BTreeMap::from([("skills".to_owned(), "skill".to_owned())]),
            files: vec![
                vec![
                    "use crate::entity::skill::{Column, Entity};".to_owned(),
                    "row.name".to_owned(),
                ],
                vec!["row.origin".to_owned()],
            ],
        };
        assert!(readers.knows("skills", "name"));
        assert!(
            !readers.knows("skills", "origin"),
            "the file knows nothing of skills"
        );
        assert!(!readers.knows("skills", "nam"));
        assert!(
            !has_word("merged_into_it", "merged_into")
                && has_word("row.merged_into,", "merged_into")
        );
    }
}
