//! What the folder has already: imported rows name it in the words of elsewhere.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
    sync::Arc,
};

use uuid::Uuid;

use crate::{
    coaching::Framework,
    csv_set::{Cells, Reading, Unfit},
    edition::Draft,
    tables,
};

/// Framework and level.
pub(super) type Stage = (Framework, i32);

/// What the folder has.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The keys of assessments by stage.
    assessments: HashMap<(String, i32), String>,
    /// Key and name of each competency, with the key of its assessment.
    competencies: Vec<(String, String, String)>,
    /// Key and name of each tag, with framework and level.
    tags: Vec<(String, String, String, i32)>,
    /// Key and title of each category, with framework and level.
    categories: Vec<(String, String, String, i32)>,
    /// All keys of questions, tags and resources.
    keys: HashSet<(&'static str, String)>,
}

impl Known {
    /// Reads the files about coaching; what is wrong with them is a fault.
    pub(super) fn read(draft: &mut Draft, folder: &Path) -> Self {
        let folder = folder.join(tables::COACHING);
        let mut paths: Vec<_> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|one| one == "toml"))
            .collect();
        paths.sort();
        for path in paths {
            if let Some(text) = super::read(draft, &path) {
                let name = Arc::from(path.display().to_string());
                tables::read_coaching(draft, &name, &text);
            }
        }
        Self::of(draft)
    }

    fn of(draft: &Draft) -> Self {
        let coaching = &draft.coaching;
        let keys: HashMap<Uuid, &String> = coaching
            .assessments
            .iter()
            .map(|row| (row.id, &row.key))
            .collect();
        let assessments = coaching.assessments.iter();
        let competencies = coaching.competencies.iter();
        let tags = coaching.tags.iter();
        let categories = coaching.categories.iter();
        let questions = coaching.questions.iter().map(|row| ("question", &row.key));
        let resources = coaching.resources.iter().map(|row| ("resource", &row.key));
        let tag_keys = coaching.tags.iter().map(|row| ("skill_tag", &row.key));
        let all = questions.chain(resources).chain(tag_keys);
        Self {
            assessments: assessments
                .map(|row| ((row.framework.clone(), row.level), row.key.clone()))
                .collect(),
            competencies: competencies
                .filter_map(|row| {
                    let of = keys.get(&row.assessment_id)?;
                    let (key, name) = (&row.competency_key, &row.display_name);
                    Some((key.clone(), name.clone(), (*of).clone()))
                })
                .collect(),
            tags: tags
                .map(|row| {
                    (
                        row.key.clone(),
                        row.name.clone(),
                        row.framework.clone(),
                        row.level,
                    )
                })
                .collect(),
            categories: categories
                .map(|row| {
                    (
                        row.key.clone(),
                        row.title.clone(),
                        row.framework.clone(),
                        row.level,
                    )
                })
                .collect(),
            keys: all.map(|(kind, key)| (kind, key.clone())).collect(),
        }
    }

    /// True when there is such an entry.
    pub(super) fn has(&self, kind: &'static str, key: &str) -> bool {
        self.keys.contains(&(kind, key.to_owned()))
    }

    /// Framework and level out of a word such as `core-ii`.
    pub(super) fn stage(cells: &mut Cells<'_>) -> Reading<Stage> {
        let word = cells.text("assessment_level")?;
        let stage = word.trim().split_once('-').and_then(|(framework, level)| {
            let level = match level {
                "i" => 1,
                "ii" => 2,
                "iii" => 3,
                _ => return None,
            };
            Some((Framework::parse(framework)?, level))
        });
        let message = || format!("{word:?} is no level such as core-i, icf-ii or ac-iii");
        stage.ok_or_else(|| refuse(cells, "unknown-level", message()))
    }

    /// The key of the assessment of a stage.
    pub(super) fn assessment(&self, cells: &mut Cells<'_>, stage: Stage) -> Reading<&str> {
        let (framework, level) = stage;
        let found = self
            .assessments
            .get(&(framework.as_str().to_owned(), level));
        found.map(String::as_str).ok_or_else(|| {
            let message = format!(
                "there is no assessment of level {level} of {}: write its file with [assessment] and [[competency]] first",
                framework.as_str()
            );
            refuse(cells, "no-assessment", message)
        })
    }

    /// The key of a competency of an assessment, by its key or name, however it is spelled.
    pub(super) fn competency(
        &self,
        cells: &mut Cells<'_>,
        assessment: &str,
        word: &str,
    ) -> Reading<&str> {
        let mut own = self.competencies.iter().filter(|one| one.2 == assessment);
        let found = own.find(|(key, name, _)| [slug(key), slug(name)].contains(&slug(word)));
        found.map(|one| one.0.as_str()).ok_or_else(|| {
            let message = format!("{word:?} is no competency of {assessment}");
            refuse(cells, "unknown-competency", message)
        })
    }

    /// The key of a tag of a stage, by its key or name.
    pub(super) fn tag(&self, stage: Stage, word: &str) -> Option<&str> {
        find(&self.tags, stage, word)
    }

    /// The key of a category of a stage, by its key or title.
    pub(super) fn category(&self, stage: Stage, word: &str) -> Option<&str> {
        find(&self.categories, stage, word)
    }
}

fn find<'a>(
    all: &'a [(String, String, String, i32)],
    (framework, level): Stage,
    word: &str,
) -> Option<&'a str> {
    let own = |one: &&(String, String, String, i32)| {
        (one.2.as_str(), one.3) == (framework.as_str(), level)
    };
    let mut own = all.iter().filter(own);
    let found = own.find(|one| [slug(&one.0), slug(&one.1)].contains(&slug(word)));
    found.map(|one| one.0.as_str())
}

/// Notes a fault of a row.
pub(super) fn refuse(cells: &mut Cells<'_>, rule: &'static str, message: String) -> Unfit {
    cells.fault(rule, message);
    Unfit
}

/// Lower case with hyphens: `Active listening`, `active_listening` and `active-listening` are the same.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') && !slug.is_empty() && !matches!(letter, '\'' | '’') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The key of a row: its id, or else the first words of what it says, which are the same each time.
pub(super) fn key(cells: &Cells<'_>, text: &str) -> String {
    const WORDS: usize = 8;
    let given = cells.optional("key").or_else(|| cells.optional("id"));
    given.map_or_else(
        || {
            let words: Vec<&str> = text.split_whitespace().take(WORDS).collect();
            slug(&words.join(" "))
        },
        |id| id.trim().to_lowercase(),
    )
}

/// The parts of a list: `{a,b}`, `["a","b"]` or `a; b`.
pub(super) fn list(text: &str) -> Vec<String> {
    let trimmed = text.trim();
    if let Ok(list) = serde_json::from_str::<Vec<String>>(trimmed) {
        return list;
    }
    let inner = trimmed
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let (inner, by) = inner.map_or((trimmed, ';'), |inner| (inner, ','));
    inner
        .split(by)
        .map(|part| part.trim().trim_matches('"').to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_the_same() {
        for text in [
            "Active Listening",
            "active_listening",
            "active-listening",
            " active  listening! ",
        ] {
            assert_eq!(slug(text), "active-listening", "{text}");
        }
        assert_eq!(slug("Don’t rush"), "dont-rush");
    }

    #[test]
    fn lists_come_in_three_spellings() {
        for text in ["{a,\"b c\"}", "[\"a\", \"b c\"]", "a; b c;"] {
            assert_eq!(list(text), ["a", "b c"], "{text}");
        }
        assert!(list("{}").is_empty());
    }
}
