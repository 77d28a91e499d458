//! Tagged skills, read many instances at a time.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId, entity::skill};
use dreamtree_database::{Scope, ids};
use dreamtree_types::Private;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};

use super::{super::ToolData, Choice, Skills, Tag};
use crate::{Error, InstanceId, UserSkillId, skill::counts_as};

/// A tag with its skill.
#[derive(FromQueryResult)]
struct Row {
    instance_id: InstanceId,
    id: UserSkillId,
    skill_id: Option<SkillId>,
    category: Option<String>,
    mastery: Option<i32>,
    evidence: Option<String>,
    rank: Option<i32>,
    own_name: Option<String>,
}

/// The skills tagged at these instances, in one statement; a second one when one of them is no longer in the
/// master list.
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let wanted: Vec<_> = instances.iter().map(|id| id.uuid()).collect();
    let (among, wanted) = ids(backend, 2, &wanted);
    let sql = format!(
        "SELECT t.instance_id, s.id, s.skill_id, s.category, s.mastery, s.evidence, s.rank, \
         c.name AS own_name FROM user_skill_tags t \
         JOIN user_skills s ON s.user_id = t.user_id AND s.id = t.user_skill_id \
         LEFT JOIN user_custom_skills c ON c.user_id = s.user_id AND c.id = s.custom_skill_id \
         WHERE t.user_id = $1 AND t.instance_id {among} ORDER BY t.position"
    );
    let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into(), wanted]);
    let rows = Row::find_by_statement(statement).all(connection).await?;
    let left = rows
        .iter()
        .filter_map(|row| row.skill_id)
        .filter(|id| library.skill(*id).is_none());
    let left = retired_names(scope, left).await?;
    let mut tagged: HashMap<InstanceId, Skills> = instances
        .iter()
        .map(|instance| (*instance, Skills::default()))
        .collect();
    for row in rows {
        if let Some(skills) = tagged.get_mut(&row.instance_id) {
            let tag = tag(library, &left, row)?;
            // Two that operators have made one are tagged once.
            if !skills.skills.iter().any(|one| one.choice == tag.choice) {
                skills.skills.push(tag);
            }
        }
    }
    Ok(tagged
        .into_iter()
        .map(|(instance, skills)| (instance, Private::Open(ToolData::Skills(skills))))
        .collect())
}

fn tag(library: &Library, left: &HashMap<SkillId, String>, row: Row) -> Result<Tag, Error> {
    let mut category = row.category.as_deref().and_then(SkillCategory::parse);
    let own = row.own_name.as_deref().map(|name| (name, category));
    let heir = counts_as(library, row.skill_id, own);
    let (choice, name) = if let Some(id) = heir.map(|skill| skill.id).or(row.skill_id) {
        let listed = library.skill(id);
        category = listed.map_or(category, |skill| skill.category);
        let name = listed.map(|skill| &skill.name).or_else(|| left.get(&id));
        (Choice::Master(id), name.cloned())
    } else {
        (
            Choice::Custom(row.own_name.clone().unwrap_or_default()),
            row.own_name,
        )
    };
    Ok(Tag {
        id: Some(row.id),
        choice,
        name: name.ok_or(Error::Corrupt("a skill without a name"))?,
        category,
        mastery: row.mastery,
        evidence: row.evidence,
        rank: row.rank,
    })
}

/// The names of skills that are no longer in the master list; a shared table, nobody's rows.
pub(crate) async fn retired_names(
    scope: &Scope,
    ids: impl Iterator<Item = SkillId>,
) -> Result<HashMap<SkillId, String>, Error> {
    let ids: Vec<_> = ids.map(SkillId::uuid).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = skill::Entity::find()
        .filter(skill::Column::Id.is_in(ids))
        .all(scope.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (SkillId::from(row.id), row.name))
        .collect())
}
