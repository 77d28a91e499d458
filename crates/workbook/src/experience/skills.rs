//! The skills that an experience took.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use tokio::try_join;
use uuid::Uuid;

use crate::{
    Error, ExperienceId,
    entity::user_experience_skills::{ActiveModel, Column, Entity},
    skill::{Names, own},
    tool::skills::{Choice, Resolved, Subject, resolve},
};

/// The input field.
const LIST: &str = "input.skills";
const MOST: u32 = 50;

/// A skill that an experience took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    /// The skill of the master list; `None` for one's own.
    pub listed: Option<SkillId>,
    /// What it is called.
    pub name: String,
    /// Its group, if it has one.
    pub category: Option<SkillCategory>,
    /// When it was first named for this experience.
    pub created_at: Instant,
}

/// The skills of the experiences that fulfil a condition, in one statement; a second one when one of them is no longer
/// in the master list.
pub(super) async fn of(
    scope: &Scope,
    library: &Library,
    which: Condition,
) -> Result<HashMap<ExperienceId, Vec<Skill>>, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(which)
        .order_by_asc(Column::Id);
    let rows = async { Ok(scope.gather(mine).await?) };
    let (rows, own) = try_join!(rows, own(scope))?;
    let names = Names::of(
        scope,
        library,
        own,
        rows.iter().filter_map(|row| row.skill_id),
    )
    .await?;
    let mut found: HashMap<ExperienceId, Vec<Skill>> = HashMap::new();
    for row in rows {
        let skills = found.entry(row.experience_id).or_default();
        let called = names.name((row.skill_id, row.custom_skill_id))?;
        // Two that operators have made one are named once.
        if called.listed.is_none() || !skills.iter().any(|one| one.listed == called.listed) {
            skills.push(Skill {
                listed: called.listed,
                name: called.name,
                category: called.category,
                created_at: row.created_at,
            });
        }
    }
    Ok(found)
}

/// Puts these skills in the place of those that are there.
pub(super) async fn patch(
    scope: &Scope,
    library: &Library,
    experience: ExperienceId,
    change: Patch<Vec<Choice>>,
) -> Result<(), Error> {
    let choices = match change {
        Patch::Keep => return Ok(()),
        Patch::Clear => Vec::new(),
        Patch::Set(choices) => choices,
    };
    let wanted = resolve(scope, library, LIST, MOST, choices).await?;
    let known = known(scope, experience).await?;
    refuse_unknown(&wanted, &known)?;
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::ExperienceId.eq(experience))
        .exec(scope.connection())
        .await?;
    if wanted.is_empty() {
        return Ok(());
    }
    let rows = wanted.iter().map(|one| ActiveModel {
        user_id: Set(scope.user()),
        id: Set(Uuid::now_v7()),
        experience_id: Set(experience),
        skill_id: Set(one.subject.0),
        custom_skill_id: Set(one.subject.1),
        created_at: Set(known.get(&one.subject).copied().unwrap_or(scope.now())),
    });
    Entity::insert_many(rows)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// A skill that is not in the master list stays where it was named when it still was, but comes to no other place.
fn refuse_unknown(wanted: &[Resolved], known: &HashMap<Subject, Instant>) -> Result<(), Error> {
    let is_strange = |one: &Resolved| !one.is_known && !known.contains_key(&one.subject);
    match wanted.iter().position(is_strange) {
        Some(index) => Err(Error::missing(format!("{LIST}[{index}].skill"))),
        None => Ok(()),
    }
}

/// The skills that are there, and since when.
async fn known(
    scope: &Scope,
    experience: ExperienceId,
) -> Result<HashMap<Subject, Instant>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::ExperienceId.eq(experience))
        .all(scope.connection())
        .await?;
    let known = rows.into_iter();
    Ok(known
        .map(|row| ((row.skill_id, row.custom_skill_id), row.created_at))
        .collect())
}
