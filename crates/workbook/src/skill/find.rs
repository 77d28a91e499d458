//! The person's skills as they are kept.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::Skill;
use crate::{CustomSkillId, Error, UserSkillId, tool::skills::retired_names};

#[derive(FromQueryResult)]
struct Row {
    id: UserSkillId,
    skill_id: Option<SkillId>,
    custom_skill_id: Option<CustomSkillId>,
    name: Option<String>,
    review_status: Option<String>,
    category: Option<String>,
    mastery: Option<i32>,
    evidence: Option<String>,
    rank: Option<i32>,
    revision: i32,
    created_at: Instant,
    updated_at: Instant,
}

const FIND: &str = "SELECT s.id, s.skill_id, s.custom_skill_id, c.name, c.review_status, s.category, s.mastery, \
    s.evidence, s.rank, s.revision, s.created_at, s.updated_at FROM user_skills s \
    LEFT JOIN user_custom_skills c ON c.user_id = s.user_id AND c.id = s.custom_skill_id \
    WHERE s.user_id = $1";

/// The person's skills, the best first: ranked ones by rank, then by mastery, then in the order of their coming.
/// One statement; a second one when one of them is no longer in the master list.
pub async fn all(scope: &Scope, library: &Library) -> Result<Vec<Skill>, Error> {
    let backend = scope.connection().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, FIND, [scope.user().into()]);
    let mut skills = read(scope, library, statement).await?;
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
    skills
        .into_iter()
        .next()
        .ok_or_else(|| Error::missing("input.id"))
}

async fn read(scope: &Scope, library: &Library, statement: Statement) -> Result<Vec<Skill>, Error> {
    let rows = Row::find_by_statement(statement)
        .all(scope.connection())
        .await?;
    let left = rows.iter().filter_map(|row| row.skill_id);
    let left = retired_names(scope, left.filter(|id| library.skill(*id).is_none())).await?;
    rows.into_iter()
        .map(|row| skill(library, &left, row))
        .collect()
}

fn skill(library: &Library, left: &HashMap<SkillId, String>, row: Row) -> Result<Skill, Error> {
    let listed = row.skill_id.and_then(|id| library.skill(id));
    let name = match row.skill_id {
        Some(id) => listed
            .map(|skill| &skill.name)
            .or_else(|| left.get(&id))
            .cloned(),
        None => row.name,
    };
    let own = row.category.as_deref().and_then(SkillCategory::parse);
    Ok(Skill {
        id: row.id,
        listed: row.skill_id,
        custom: row.custom_skill_id,
        name: name.ok_or(Error::Corrupt("a skill without a name"))?,
        category: listed.map_or(own, |skill| skill.category),
        mastery: row.mastery,
        evidence: row.evidence,
        rank: row.rank,
        review: row.review_status,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
