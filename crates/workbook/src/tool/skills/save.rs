//! Skills into `user_custom_skills`, `user_skills` and `user_skill_tags`.

use std::collections::HashMap;

use dreamtree_content::{
    Library, SkillCategory, SkillId, SkillSettings, ToolSettings,
    review::{folded as folded_name, propose},
};
use dreamtree_database::Scope;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    super::Site,
    Skills,
    rules::{self, Pick, Wanted, check_category, field},
};
use crate::{
    CustomSkillId, Error, UserSkillId,
    entity::{user_custom_skills, user_skill_tags, user_skills},
    skill::adopt,
    tag::Target,
};

/// What the input calls the tagged skills.
const LIST: &str = "value.skillTagger.skills";

/// The most skills of their own that a person may have.
const MOST_OWN: usize = 500;

/// Which skill a row is about: a listed one, or one's own.
pub(crate) type Subject = (Option<SkillId>, Option<CustomSkillId>);

/// Puts the tags in the place of what was there. A skill is the same at all places: its rating,
/// evidence and rank stay with it.
pub(crate) async fn save(
    scope: &Scope,
    library: &Library,
    site: Site<'_>,
    data: &Skills,
) -> Result<(), Error> {
    let ToolSettings::SkillTagger(settings) = &site.tool.settings else {
        return Err(Error::Corrupt("a skill tagger without limits"));
    };
    adopt(scope, library).await?;
    let ids = keep(scope, library, settings, LIST, data).await?;
    replace_tags(scope, Target::Instance(site.instance), ids).await
}

/// Keeps the skills among the person's, without a tag; returns them in the same order. `list` is where the input
/// has them.
pub(crate) async fn keep(
    scope: &Scope,
    library: &Library,
    settings: &SkillSettings,
    list: &str,
    data: &Skills,
) -> Result<Vec<UserSkillId>, Error> {
    let wanted = rules::check(library, settings, list, data)?;
    let own = upsert_own(scope, settings, list, &wanted).await?;
    let subjects = subjects(&wanted, &own)?;
    upsert(scope, settings, list, &wanted, &subjects).await
}

/// One's own skills among the wanted, by their name as names are compared.
pub(super) type Own = HashMap<String, user_custom_skills::Model>;

/// Keeps the skills of one's own that are among the wanted.
pub(super) async fn upsert_own(
    scope: &Scope,
    settings: &SkillSettings,
    list: &str,
    wanted: &[Wanted],
) -> Result<Own, Error> {
    use user_custom_skills::{Column, Entity, Model};
    if !wanted.iter().any(|one| matches!(one.skill, Pick::Own(..))) {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id)
        .all(scope.connection())
        .await?;
    let mut count = rows.len();
    let mut known: Own = HashMap::new();
    for row in rows {
        known.entry(folded_name(&row.name)).or_insert(row);
    }
    let mut own = Own::new();
    let mut unheard = Vec::new();
    for (index, one) in wanted.iter().enumerate() {
        let Pick::Own(name, folded) = &one.skill else {
            continue;
        };
        let old = known.remove(folded);
        count += usize::from(old.is_none());
        if old.is_none() && count > MOST_OWN {
            let rule = format!("goes beyond {MOST_OWN} skills of one's own; take one away first");
            return Err(Error::invalid(field(list, index), rule));
        }
        let before = old.as_ref().map(|old| old.category.clone());
        let mut row = old.unwrap_or_else(|| Model {
            user_id: scope.user(),
            id: CustomSkillId::new(),
            name: name.clone(),
            category: None,
            created_at: scope.now(),
            updated_at: scope.now(),
        });
        if row.category.is_some() {
            check_category(settings, category(row.category.as_deref()), list, index)?;
        }
        row.category = one
            .category
            .map(|category| category.as_str().to_owned())
            .or(row.category);
        row.updated_at = scope.now();
        if before.as_ref() != Some(&row.category) {
            unheard.push((name.as_str(), category(row.category.as_deref())));
        }
        own.insert(folded.clone(), row);
    }
    propose(scope, unheard.into_iter()).await?;
    let again = OnConflict::columns([Column::UserId, Column::Id])
        .update_columns([Column::Category, Column::UpdatedAt])
        .to_owned();
    let rows = own.values().cloned().map(all_set);
    Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(own)
}

fn all_set(row: user_custom_skills::Model) -> user_custom_skills::ActiveModel {
    user_custom_skills::ActiveModel {
        user_id: Set(row.user_id),
        id: Set(row.id),
        name: Set(row.name),
        category: Set(row.category),
        created_at: Set(row.created_at),
        updated_at: Set(row.updated_at),
    }
}

/// What each of the wanted is about, and its group.
pub(super) fn subjects(
    wanted: &[Wanted],
    own: &Own,
) -> Result<Vec<(Subject, Option<String>)>, Error> {
    let subject = |one: &Wanted| match &one.skill {
        Pick::Listed(id) | Pick::Unlisted(id) => Ok((
            (Some(*id), None),
            one.category.map(|category| category.as_str().to_owned()),
        )),
        Pick::Own(_, folded) => {
            let row = own
                .get(folded)
                .ok_or(Error::Corrupt("an own skill was not kept"))?;
            Ok(((None, Some(row.id)), row.category.clone()))
        }
    };
    wanted.iter().map(subject).collect()
}

async fn upsert(
    scope: &Scope,
    settings: &SkillSettings,
    list: &str,
    wanted: &[Wanted],
    subjects: &[(Subject, Option<String>)],
) -> Result<Vec<UserSkillId>, Error> {
    use user_skills::{ActiveModel, Column, Entity};
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut known = known(scope, subjects).await?;
    let mut ids = Vec::with_capacity(wanted.len());
    let mut rows = Vec::with_capacity(wanted.len());
    for (index, (one, (subject, group))) in wanted.iter().zip(subjects).enumerate() {
        let old = known.remove(subject);
        let mut group = group.clone();
        if let Pick::Unlisted(_) = one.skill {
            // A skill that left the master list stays with those who have it.
            let old = old
                .as_ref()
                .ok_or_else(|| Error::missing(format!("{}.skill", field(list, index))))?;
            check_category(settings, category(old.category.as_deref()), list, index)?;
            group.clone_from(&old.category);
        }
        let id = old.as_ref().map_or_else(UserSkillId::new, |old| old.id);
        ids.push(id);
        rows.push(ActiveModel {
            user_id: Set(scope.user()),
            id: Set(id),
            skill_id: Set(subject.0),
            custom_skill_id: Set(subject.1),
            category: Set(group),
            mastery: Set(one.mastery.or(old.as_ref().and_then(|old| old.mastery))),
            rank: Set(old.as_ref().and_then(|old| old.rank)),
            revision: Set(1),
            created_at: Set(old.as_ref().map_or(scope.now(), |old| old.created_at)),
            evidence: Set(match &one.evidence {
                Some(text) => (!text.is_empty()).then(|| text.clone()),
                None => old.and_then(|old| old.evidence),
            }),
            updated_at: Set(scope.now()),
        });
    }
    let again = OnConflict::columns([Column::UserId, Column::Id])
        .update_columns([
            Column::Category,
            Column::Mastery,
            Column::Evidence,
            Column::UpdatedAt,
        ])
        .value(
            Column::Revision,
            Expr::col((Entity, Column::Revision)).add(1),
        )
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(ids)
}

async fn known(
    scope: &Scope,
    subjects: &[(Subject, Option<String>)],
) -> Result<HashMap<Subject, user_skills::Model>, Error> {
    use user_skills::{Column, Entity};
    let listed = subjects.iter().filter_map(|((listed, _), _)| *listed);
    let own = subjects.iter().filter_map(|((_, own), _)| *own);
    let either = Condition::any()
        .add(Column::SkillId.is_in(listed))
        .add(Column::CustomSkillId.is_in(own));
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(either)
        .all(scope.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.skill_id, row.custom_skill_id), row))
        .collect())
}

/// Puts these tags in the place of what was there.
pub(crate) async fn replace_tags(
    scope: &Scope,
    target: Target,
    skills: Vec<UserSkillId>,
) -> Result<(), Error> {
    use user_skill_tags::{ActiveModel, Column, Entity};
    let (instance, response) = (target.instance(), target.response());
    let there = Condition::any()
        .add_option(instance.map(|id| Column::InstanceId.eq(id)))
        .add_option(response.map(|id| Column::ResponseId.eq(id)));
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(there)
        .exec(scope.connection())
        .await?;
    if skills.is_empty() {
        return Ok(());
    }
    let rows = (0..).zip(skills).map(|(position, skill)| ActiveModel {
        user_id: Set(scope.user()),
        id: Set(Uuid::now_v7()),
        instance_id: Set(instance),
        response_id: Set(response),
        user_skill_id: Set(skill),
        position: Set(position),
        created_at: Set(scope.now()),
    });
    Entity::insert_many(rows)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

fn category(word: Option<&str>) -> Option<SkillCategory> {
    word.and_then(SkillCategory::parse)
}
