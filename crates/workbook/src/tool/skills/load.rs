//! Tagged skills, read many instances at a time.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId, entity::skill};
use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use tokio::try_join;

use super::{super::ToolData, Choice, Skills, Tag};
use crate::{
    Error, InstanceId, ResponseId, UserSkillId,
    entity::{user_skill_tags, user_skills},
    skill::{Own, counts_as, own},
    tag::Target,
};

/// The skills tagged at these instances; the statements of [`tagged`].
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let targets: Vec<Target> = instances.iter().copied().map(Target::Instance).collect();
    let tagged = tagged(scope, library, &targets).await?;
    let open = |(target, skills)| {
        let data = ToolData::Skills(Skills { skills });
        Some((Target::instance(target)?, Private::Open(data)))
    };
    Ok(tagged.into_iter().filter_map(open).collect())
}

/// The skills tagged on these, in their order there; one statement, and a second one when one of them is no longer in
/// the master list.
pub(crate) async fn tagged(
    scope: &Scope,
    library: &Library,
    targets: &[Target],
) -> Result<HashMap<Target, Vec<Tag>>, Error> {
    if targets.is_empty() {
        return Ok(HashMap::new());
    }
    let tags = user_skill_tags::Entity::find()
        .filter(user_skill_tags::Column::UserId.eq(scope.user()))
        .filter(on(scope, targets));
    let ids = tags.clone().select_only();
    let ids = ids
        .column(user_skill_tags::Column::UserSkillId)
        .into_query();
    let skills = user_skills::Entity::find()
        .filter(user_skills::Column::UserId.eq(scope.user()))
        .filter(user_skills::Column::Id.in_subquery(ids));
    let tags = tags.order_by_asc(user_skill_tags::Column::Position);
    let rows = async { Ok(try_join!(scope.gather(tags), scope.gather(skills))?) };
    let ((tags, skills), own) = try_join!(rows, own(scope))?;
    let left = skills.iter().filter_map(|row| row.skill_id);
    let left = retired_names(scope, left.filter(|id| library.skill(*id).is_none())).await?;
    let skills: HashMap<UserSkillId, user_skills::Model> =
        skills.into_iter().map(|row| (row.id, row)).collect();
    let mut tagged: HashMap<Target, Vec<Tag>> =
        targets.iter().map(|target| (*target, Vec::new())).collect();
    for row in tags {
        let skill = skills.get(&row.user_skill_id);
        let skill = skill.ok_or(Error::Corrupt("a tag without a skill"))?;
        let target = row.instance_id.map(Target::Instance);
        let target = target.or_else(|| row.response_id.map(Target::Response));
        if let Some(tags) = target.and_then(|target| tagged.get_mut(&target)) {
            let tag = tag(library, &left, &own, skill)?;
            // Two that operators have made one are tagged once.
            if !tags.iter().any(|one| one.choice == tag.choice) {
                tags.push(tag);
            }
        }
    }
    Ok(tagged)
}

/// True for a tag on one of these, of which there is one at least.
fn on(scope: &Scope, targets: &[Target]) -> Condition {
    use user_skill_tags::Column;
    let instances: Vec<InstanceId> = targets.iter().filter_map(|one| one.instance()).collect();
    let responses: Vec<ResponseId> = targets.iter().filter_map(|one| one.response()).collect();
    let instances = Some(instances).filter(|ids| !ids.is_empty());
    let responses = Some(responses).filter(|ids| !ids.is_empty());
    Condition::any()
        .add_option(instances.map(|ids| scope.among(Column::InstanceId, &ids)))
        .add_option(responses.map(|ids| scope.among(Column::ResponseId, &ids)))
}

fn tag(
    library: &Library,
    left: &HashMap<SkillId, String>,
    own: &Own,
    row: &user_skills::Model,
) -> Result<Tag, Error> {
    let mut category = row.category.as_deref().and_then(SkillCategory::parse);
    let custom = row.custom_skill_id.and_then(|id| own.get(id));
    let named = custom.map(|custom| (custom.name.as_str(), category));
    let heir = counts_as(library, row.skill_id, named);
    let (choice, name) = if let Some(id) = heir.map(|skill| skill.id).or(row.skill_id) {
        let listed = library.skill(id);
        category = listed.map_or(category, |skill| skill.category);
        let name = listed.map(|skill| &skill.name).or_else(|| left.get(&id));
        (Choice::Master(id), name.cloned())
    } else {
        let name = custom.map(|custom| custom.name.clone());
        (Choice::Custom(name.clone().unwrap_or_default()), name)
    };
    Ok(Tag {
        id: Some(row.id),
        choice,
        name: name.ok_or(Error::Corrupt("a skill without a name"))?,
        category,
        mastery: row.mastery,
        evidence: row.evidence.clone(),
        rank: row.rank,
    })
}

/// Skills that are no longer in the master list, where they still are: a shared table, nobody's rows.
pub(crate) async fn retired(
    scope: &Scope,
    ids: impl Iterator<Item = SkillId>,
) -> Result<HashMap<SkillId, skill::Model>, Error> {
    let ids: Vec<_> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let among = skill::Entity::find().filter(scope.among(skill::Column::Id, &ids));
    let rows = scope.gather(among).await?;
    Ok(rows
        .into_iter()
        .map(|row| (SkillId::from(row.id), row))
        .collect())
}

/// The names of skills that are no longer in the master list.
pub(crate) async fn retired_names(
    scope: &Scope,
    ids: impl Iterator<Item = SkillId>,
) -> Result<HashMap<SkillId, String>, Error> {
    let rows = retired(scope, ids).await?;
    Ok(rows.into_iter().map(|(id, row)| (id, row.name)).collect())
}
