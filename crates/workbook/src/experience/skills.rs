//! The skills that an experience took.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId};
use dreamtree_database::{Scope, ids};
use dreamtree_types::{Instant, Patch};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    Statement,
};
use uuid::Uuid;

use crate::{
    Error, ExperienceId,
    entity::user_experience_skills::{ActiveModel, Column, Entity},
    skill::counts_as,
    tool::skills::{Choice, Resolved, Subject, resolve},
};

/// The input field.
const LIST: &str = "input.skills";
const MOST: u32 = 50;

/// A skill that an experience took.
#[derive(Clone, Debug)]
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

#[derive(FromQueryResult)]
struct Row {
    experience_id: ExperienceId,
    skill_id: Option<SkillId>,
    name: Option<String>,
    category: Option<String>,
    created_at: Instant,
}

/// The skills of these experiences, in one statement. A skill that has left the master list keeps its name.
pub(super) async fn of(
    scope: &Scope,
    library: &Library,
    experiences: &[ExperienceId],
) -> Result<HashMap<ExperienceId, Vec<Skill>>, Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let wanted: Vec<_> = experiences.iter().map(|id| id.uuid()).collect();
    let (among, wanted) = ids(backend, 2, &wanted);
    let sql = format!(
        "SELECT e.experience_id, e.skill_id, coalesce(s.name, c.name) AS name, \
         coalesce(s.category, c.category) AS category, e.created_at \
         FROM user_experience_skills e \
         LEFT JOIN skills s ON s.id = e.skill_id \
         LEFT JOIN user_custom_skills c ON c.user_id = e.user_id AND c.id = e.custom_skill_id \
         WHERE e.user_id = $1 AND e.experience_id {among} ORDER BY e.id"
    );
    let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into(), wanted]);
    let mut found: HashMap<ExperienceId, Vec<Skill>> = HashMap::new();
    for row in Row::find_by_statement(statement).all(connection).await? {
        let mut category = row.category.as_deref().and_then(SkillCategory::parse);
        let mut name = row.name.ok_or(Error::Corrupt("a skill without a name"))?;
        let own = row.skill_id.is_none().then_some((name.as_str(), category));
        let heir = counts_as(library, row.skill_id, own);
        if let Some(heir) = heir {
            (name, category) = (heir.name.clone(), heir.category);
        }
        let skill = Skill {
            listed: heir.map(|skill| skill.id).or(row.skill_id),
            name,
            category,
            created_at: row.created_at,
        };
        let skills = found.entry(row.experience_id).or_default();
        // Two that operators have made one are named once.
        if skill.listed.is_none() || !skills.iter().any(|one| one.listed == skill.listed) {
            skills.push(skill);
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
