//! Which skills are meant, where they are named but not rated.

use dreamtree_content::{Library, SkillSettings};
use dreamtree_database::Scope;

use super::{
    Choice, Skills, Tag,
    rules::{self, Pick},
    save::{self, Subject},
};
use crate::Error;

/// A skill that was named.
pub(crate) struct Resolved {
    /// Which one it is.
    pub(crate) subject: Subject,
    /// False for a skill that is not in the master list, or no longer.
    pub(crate) is_known: bool,
}

/// The skills that are meant, at most `most` and each once, by the rules of the tagger: a name stands for the
/// listed skill that has it, else for a skill of one's own, which is kept if it is new. `list` is where the
/// input has them.
pub(crate) async fn resolve(
    scope: &Scope,
    library: &Library,
    list: &str,
    most: u32,
    choices: Vec<Choice>,
) -> Result<Vec<Resolved>, Error> {
    let settings = SkillSettings {
        category: None,
        min_items: 0,
        max_items: most,
    };
    let skills = choices.into_iter().map(unrated).collect();
    let wanted = rules::check(library, &settings, list, &Skills { skills })?;
    let own = save::upsert_own(scope, &settings, list, &wanted).await?;
    let subjects = save::subjects(&wanted, &own)?.into_iter();
    let resolved = subjects.zip(&wanted).map(|((subject, _), one)| Resolved {
        subject,
        is_known: !matches!(one.skill, Pick::Unlisted(_)),
    });
    Ok(resolved.collect())
}

const fn unrated(choice: Choice) -> Tag {
    Tag {
        id: None,
        choice,
        name: String::new(),
        category: None,
        mastery: None,
        evidence: None,
        rank: None,
    }
}
