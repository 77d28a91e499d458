//! The master list by name, typing mistakes allowed. It is searched in memory, so that both databases find
//! the same and no statement is spent.

use std::collections::HashMap;

use super::{Skill, SkillCategory};
use crate::likeness::{SUGGESTED, likeness, likeness_so_far};

/// Shorter texts are only looked for as they are: one mistake would be most of them.
const SHORTEST_TYPO: usize = 4;

/// Which skills have which three letters in a row.
#[derive(Clone, Debug, Default)]
pub(super) struct SkillSearch(HashMap<[char; 3], Vec<usize>>);

impl SkillSearch {
    /// An index over the names of these skills.
    pub(super) fn new(skills: &[Skill]) -> Self {
        let mut index: HashMap<[char; 3], Vec<usize>> = HashMap::new();
        for (place, skill) in skills.iter().enumerate() {
            for gram in grams(&skill.folded) {
                let places = index.entry(gram).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        Self(index)
    }

    /// Skills whose name contains what was typed, those that begin with it first; then those that are like
    /// it, the most alike first. `skills` are those of the index.
    pub(super) fn find<'a>(
        &self,
        skills: &'a [Skill],
        typed: &str,
        category: Option<SkillCategory>,
    ) -> Vec<&'a Skill> {
        let typed = typed.trim().to_lowercase();
        let wanted = |skill: &&Skill| category.is_none() || skill.category == category;
        let contains = |skill: &&Skill| skill.folded.contains(&typed);
        let mut found: Vec<&Skill> = skills.iter().filter(wanted).filter(contains).collect();
        found.sort_by_key(|skill| !skill.folded.starts_with(&typed));
        let like = self.like(skills, &typed, |skill| {
            likeness_so_far(&typed, &skill.folded)
        });
        let more = like.into_iter().map(|(skill, _)| skill);
        found.extend(more.filter(wanted).filter(|skill| !contains(skill)));
        found
    }

    /// Skills whose whole name is like this one, the most alike first.
    pub(super) fn similar<'a>(&self, skills: &'a [Skill], name: &str) -> Vec<(&'a Skill, f64)> {
        let folded = name.trim().to_lowercase();
        self.like(skills, &folded, |skill| likeness(&folded, &skill.folded))
    }

    fn like<'a>(
        &self,
        skills: &'a [Skill],
        folded: &str,
        score: impl Fn(&Skill) -> f64,
    ) -> Vec<(&'a Skill, f64)> {
        if folded.chars().count() < SHORTEST_TYPO {
            let same = skills.iter().filter(|skill| skill.folded == folded);
            return same.map(|skill| (skill, 1.0)).collect();
        }
        let mut like: Vec<(&Skill, f64)> = self
            .candidates(folded)
            .into_iter()
            .map(|place| (&skills[place], score(&skills[place])))
            .filter(|(_, score)| *score >= SUGGESTED)
            .collect();
        like.sort_by(|one, other| other.1.total_cmp(&one.1));
        like
    }

    /// Skills that share a third of the text's letters in a row: enough to be worth a closer look, in the order
    /// of the list.
    fn candidates(&self, folded: &str) -> Vec<usize> {
        let grams = grams(folded);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for place in grams.iter().filter_map(|gram| self.0.get(gram)).flatten() {
            *shared.entry(*place).or_default() += 1;
        }
        let mut places: Vec<usize> = shared
            .into_iter()
            .filter(|(_, count)| count * 3 >= grams.len())
            .map(|(place, _)| place)
            .collect();
        places.sort_unstable();
        places
    }
}

/// Three letters in a row, of each word with two blanks before it.
fn grams(folded: &str) -> Vec<[char; 3]> {
    let mut grams = Vec::new();
    for word in folded.split_whitespace() {
        let mut last = [' ', ' '];
        for letter in word.chars() {
            grams.push([last[0], last[1], letter]);
            last = [last[1], letter];
        }
    }
    grams
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::SkillId;

    fn skills(names: &[&str]) -> Vec<Skill> {
        let skill = |(number, name): (usize, &&str)| Skill {
            id: SkillId::from(Uuid::from_u128(number as u128)),
            name: (*name).to_owned(),
            category: None,
            folded: name.to_lowercase(),
        };
        names.iter().enumerate().map(skill).collect()
    }

    fn found(typed: &str) -> Vec<String> {
        let skills = skills(&["Communication", "Coaching", "Public speaking", "Go"]);
        let search = SkillSearch::new(&skills);
        let found = search.find(&skills, typed, None);
        found.into_iter().map(|skill| skill.name.clone()).collect()
    }

    #[test]
    fn mistakes_are_forgiven_and_short_texts_taken_at_their_word() {
        for typed in ["comunication", "comunic", "Cmmunication", "ocmmunication"] {
            assert_eq!(found(typed), ["Communication"], "{typed}");
        }
        assert_eq!(found("speeking"), ["Public speaking"]);
        assert_eq!(found("co"), ["Communication", "Coaching"]);
        assert_eq!(found("oaching"), ["Coaching"]);
        assert_eq!(found("go"), ["Go"]);
        assert!(found("weaving").is_empty() && found("gi").is_empty());
    }

    #[test]
    fn whole_names_are_compared_for_similarity() {
        let skills = skills(&["Mentoring", "Monitoring"]);
        let similar = SkillSearch::new(&skills);
        let similar = similar.similar(&skills, "Mentorng");
        let names: Vec<_> = similar
            .iter()
            .map(|(skill, _)| skill.name.as_str())
            .collect();
        assert_eq!(names, ["Mentoring"]);
        assert!((similar[0].1 - 8.0 / 9.0).abs() < 1e-9);
    }
}
