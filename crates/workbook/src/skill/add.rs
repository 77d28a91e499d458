//! Skills that a person names without a placement.

use dreamtree_content::{Library, SkillSettings};
use dreamtree_database::Scope;

use super::{
    Skill,
    adopt::adopt,
    find::{all, one},
};
use crate::{
    Error,
    tool::skills::{Skills, Tag, keep},
};

/// The most skills that a person may have before one is added.
const MOST: usize = 500;

/// Any one skill.
const ANY: SkillSettings = SkillSettings {
    category: None,
    min_items: 1,
    max_items: 1,
};

/// Adds a skill, or finds the one that the person has already; a rating or evidence takes the place of what
/// was there.
pub(crate) async fn add(scope: &Scope, library: &Library, tag: Tag) -> Result<Skill, Error> {
    adopt(scope, library).await?;
    if all(scope, library).await?.len() >= MOST {
        let rule = format!("has room for {MOST} skills; take one away first");
        return Err(Error::invalid("input", rule));
    }
    let skills = Skills { skills: vec![tag] };
    let kept = keep(scope, library, &ANY, "input.skills", &skills).await;
    let ids = kept.map_err(|error| error.moved("input.skills[0]", "input"))?;
    let id = ids.first().ok_or(Error::Corrupt("a skill was not kept"))?;
    one(scope, library, *id).await
}
