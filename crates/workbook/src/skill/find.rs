//! The person's skills as they are kept.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId, Verdict, review::ReviewStatus};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::{
    Skill,
    counted::{counts_as, fold},
};
use crate::{CustomSkillId, Error, UserSkillId, tool::skills::retired_names};

#[derive(FromQueryResult)]
struct Row {
    id: UserSkillId,
    skill_id: Option<SkillId>,
    custom_skill_id: Option<CustomSkillId>,
    name: Option<String>,
    category: Option<String>,
    mastery: Option<i32>,
    evidence: Option<String>,
    rank: Option<i32>,
    revision: i32,
    created_at: Instant,
    updated_at: Instant,
}

const FIND: &str = "SELECT s.id, s.skill_id, s.custom_skill_id, c.name, s.category, s.mastery, \
    s.evidence, s.rank, s.revision, s.created_at, s.updated_at FROM user_skills s \
    LEFT JOIN user_custom_skills c ON c.user_id = s.user_id AND c.id = s.custom_skill_id \
    WHERE s.user_id = $1";

/// The person's skills, the best first: ranked ones by rank, then by mastery, then in the order of their coming.
/// One statement; a second one when one of them is no longer in the master list.
pub async fn all(scope: &Scope, library: &Library) -> Result<Vec<Skill>, Error> {
    let backend = scope.connection().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, FIND, [scope.user().into()]);
    let mut skills = read(scope, library, statement).await?;
    if library.has_decisions() {
        // Adopting will keep the entry that stands under the listed skill already.
        skills.sort_by_key(|(is_moved, skill)| (*is_moved, skill.id));
    }
    let mut skills = fold(skills.into_iter().map(|(_, skill)| skill));
    skills.sort_by_key(|skill| {
        let mastery = skill.mastery.unwrap_or_default();
        (skill.rank.unwrap_or(i32::MAX), -mastery, skill.id)
    });
    Ok(skills)
}

/// The person's skill with this id.
pub(crate) async fn one(scope: &Scope, library: &Library, id: UserSkillId) -> Result<Skill, Error> {
    let backend = scope.connection().get_database_backend();
    let sql = format!("{FIND} AND s.id = $2");
    let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into(), id.into()]);
    let skills = read(scope, library, statement).await?;
    let first = skills.into_iter().next();
    first
        .map(|(_, skill)| skill)
        .ok_or_else(|| Error::missing("input.id"))
}

/// Each skill, and whether it counts as another one than it is kept as.
async fn read(
    scope: &Scope,
    library: &Library,
    statement: Statement,
) -> Result<Vec<(bool, Skill)>, Error> {
    let rows = Row::find_by_statement(statement)
        .all(scope.connection())
        .await?;
    let left = rows.iter().filter_map(|row| row.skill_id);
    let left = retired_names(scope, left.filter(|id| library.skill(*id).is_none())).await?;
    rows.into_iter()
        .map(|row| skill(library, &left, row))
        .collect()
}

fn skill(
    library: &Library,
    left: &HashMap<SkillId, String>,
    row: Row,
) -> Result<(bool, Skill), Error> {
    let own = row.category.as_deref().and_then(SkillCategory::parse);
    let heir = counts_as(
        library,
        row.skill_id,
        row.name.as_deref().map(|name| (name, own)),
    );
    let listed = heir.or_else(|| library.skill(row.skill_id?));
    let former = row.skill_id.and_then(|id| left.get(&id)).cloned();
    let review = || match library.verdict(row.name.as_deref()?, own) {
        Some(Verdict::Rejected) => Some(ReviewStatus::Rejected),
        _ => Some(ReviewStatus::Pending),
    };
    let skill = Skill {
        id: row.id,
        listed: listed.map(|skill| skill.id).or(row.skill_id),
        custom: row.custom_skill_id,
        review: listed.is_none().then(review).flatten(),
        name: listed
            .map(|skill| skill.name.clone())
            .or(former)
            .or(row.name)
            .ok_or(Error::Corrupt("a skill without a name"))?,
        category: listed.map_or(own, |skill| skill.category),
        mastery: row.mastery,
        evidence: row.evidence,
        rank: row.rank,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok((heir.is_some(), skill))
}
