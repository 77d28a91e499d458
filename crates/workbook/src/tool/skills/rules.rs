//! What may be tagged, decided without a database.

use std::collections::HashSet;

use dreamtree_content::{
    Library, Skill, SkillCategory, SkillId, SkillSettings, Verdict, likeness::SAME, review::folded,
};
use dreamtree_types::clean;

use super::{Choice, Skills, Tag};
use crate::Error;

const LONGEST_NAME: usize = 100;
const LONGEST_EVIDENCE: usize = 1_000;

/// A tag that was checked as far as that goes without knowing the person's skills.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) skill: Pick,
    /// Set for a listed skill from the list, for one's own from the settings or the input.
    pub(super) category: Option<SkillCategory>,
    pub(super) mastery: Option<i32>,
    /// Empty to take the evidence away.
    pub(super) evidence: Option<String>,
}

/// Which skill is meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// A skill of the master list.
    Listed(SkillId),
    /// A skill that was listed once, or never.
    Unlisted(SkillId),
    /// A skill of one's own; the second text is the first as names are compared.
    Own(String, String),
}

/// The tags, cleaned; a skill of one's own that the master list holds became the listed one. `list` is where the
/// input has them.
pub(super) fn check(
    library: &Library,
    settings: &SkillSettings,
    list: &str,
    data: &Skills,
) -> Result<Vec<Wanted>, Error> {
    let (min, max) = (settings.min_items as usize, settings.max_items as usize);
    if !(min..=max).contains(&data.skills.len()) {
        let rule = format!("needs {min} to {max} skills");
        return Err(Error::invalid(list, rule));
    }
    let mut seen = HashSet::new();
    let mut wanted = Vec::with_capacity(data.skills.len());
    for (index, tag) in data.skills.iter().enumerate() {
        let one = check_one(library, settings, tag, &field(list, index))?;
        let key = match &one.skill {
            Pick::Listed(id) | Pick::Unlisted(id) => id.to_string(),
            Pick::Own(_, folded) => format!("own {folded}"),
        };
        if !seen.insert(key) {
            return Err(Error::twice(field(list, index)));
        }
        wanted.push(one);
    }
    Ok(wanted)
}

/// Refuses a skill of another group than the author asks for.
pub(super) fn check_category(
    settings: &SkillSettings,
    category: Option<SkillCategory>,
    list: &str,
    index: usize,
) -> Result<(), Error> {
    fits(settings, category, &field(list, index))
}

/// The input field of the tag at this index.
pub(super) fn field(list: &str, index: usize) -> String {
    format!("{list}[{index}]")
}

fn check_one(
    library: &Library,
    settings: &SkillSettings,
    tag: &Tag,
    field: &str,
) -> Result<Wanted, Error> {
    if tag
        .mastery
        .is_some_and(|mastery| !(1..=5).contains(&mastery))
    {
        return Err(Error::invalid(format!("{field}.mastery"), "must be 1 to 5"));
    }
    let (skill, category) = pick(library, settings, tag, field)?;
    if matches!(skill, Pick::Listed(_)) {
        fits(settings, category, field)?;
    }
    Ok(Wanted {
        skill,
        category,
        mastery: tag.mastery,
        evidence: evidence(tag, field)?,
    })
}

fn pick(
    library: &Library,
    settings: &SkillSettings,
    tag: &Tag,
    field: &str,
) -> Result<(Pick, Option<SkillCategory>), Error> {
    let name = match &tag.choice {
        Choice::Master(id) => {
            return Ok(match library.skill(*id).or_else(|| library.heir(*id)) {
                Some(skill) => (Pick::Listed(skill.id), skill.category),
                None => (Pick::Unlisted(*id), None),
            });
        }
        Choice::Custom(name) => clean(name, LONGEST_NAME)
            .map_err(|fault| Error::invalid(format!("{field}.customName"), fault.to_string()))?,
    };
    let folded = folded(&name);
    let category = settings.category.or(tag.category);
    let decided = || match library.verdict(&name, category)? {
        Verdict::Listed(skill) => Some(skill),
        Verdict::Rejected => None,
    };
    Ok(match listed(library, settings, &folded).or_else(decided) {
        Some(skill) => (Pick::Listed(skill.id), skill.category),
        None => (Pick::Own(name, folded), category),
    })
}

/// The listed skill that this name is taken for: the most alike; of several, one that the author asks for.
fn listed<'a>(library: &'a Library, settings: &SkillSettings, folded: &str) -> Option<&'a Skill> {
    let similar = library.similar_skills(folded).into_iter();
    similar
        .filter(|(_, likeness)| *likeness >= SAME)
        .max_by(|(one, likeness), (other, more)| {
            let asked = |skill: &Skill| skill.category == settings.category;
            likeness.total_cmp(more).then(asked(one).cmp(&asked(other)))
        })
        .map(|(skill, _)| skill)
}

fn fits(
    settings: &SkillSettings,
    category: Option<SkillCategory>,
    field: &str,
) -> Result<(), Error> {
    match settings.category {
        Some(asked) if category != Some(asked) => {
            let rule = format!("must be one of the {} skills", asked.as_str());
            Err(Error::invalid(format!("{field}.skill"), rule))
        }
        _ => Ok(()),
    }
}

fn evidence(tag: &Tag, field: &str) -> Result<Option<String>, Error> {
    match tag.evidence.as_deref() {
        None => Ok(None),
        Some(text) if text.trim().is_empty() => Ok(Some(String::new())),
        Some(text) => match clean(text, LONGEST_EVIDENCE) {
            Ok(text) => Ok(Some(text)),
            Err(fault) => Err(Error::invalid(
                format!("{field}.evidence"),
                fault.to_string(),
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: SkillSettings = SkillSettings {
        category: Some(SkillCategory::Knowledge),
        min_items: 1,
        max_items: 3,
    };

    fn own(name: &str) -> Tag {
        Tag {
            id: None,
            choice: Choice::Custom(name.to_owned()),
            name: String::new(),
            category: Some(SkillCategory::Transferable),
            mastery: None,
            evidence: None,
            rank: None,
        }
    }

    fn checked(skills: Vec<Tag>) -> Result<Vec<Wanted>, Error> {
        check(&Library::default(), &SETTINGS, "skills", &Skills { skills })
    }

    #[test]
    fn an_own_skill_takes_the_category_of_the_place() {
        let wanted = checked(vec![own(" Beekeeping ")]).unwrap();
        assert_eq!(
            wanted[0].skill,
            Pick::Own("Beekeeping".to_owned(), "beekeeping".to_owned())
        );
        assert_eq!(wanted[0].category, Some(SkillCategory::Knowledge));
    }

    #[test]
    fn the_same_name_in_another_case_is_a_twin() {
        let error = checked(vec![own("Écoute"), own("éCOUTE")]).unwrap_err();
        assert!(matches!(error, Error::Duplicate { field } if field.ends_with("[1]")));
    }

    #[test]
    fn too_many_skills_and_wrong_ratings_are_refused() {
        assert!(matches!(checked(vec![]), Err(Error::Invalid { .. })));
        assert!(matches!(
            checked(vec![own("a"); 4]),
            Err(Error::Invalid { .. })
        ));
        let rated = Tag {
            mastery: Some(6),
            ..own("a")
        };
        assert!(matches!(checked(vec![rated]), Err(Error::Invalid { .. })));
    }

    #[test]
    fn blank_evidence_takes_the_evidence_away() {
        let tag = Tag {
            evidence: Some("  ".to_owned()),
            ..own("a")
        };
        assert_eq!(checked(vec![tag]).unwrap()[0].evidence.as_deref(), Some(""));
    }
}
