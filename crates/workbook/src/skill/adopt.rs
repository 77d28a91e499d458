//! What operators have decided reaches the person's own rows: with their next change of skills, in their own
//! transaction, because nobody else may touch those rows.

use std::collections::HashMap;

use dreamtree_content::{Library, Skill as Listed, SkillCategory, SkillId};
use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement,
};

use super::{
    counted::counts_as,
    links::{forget_unused, move_links},
    merge::join,
    order::close_gaps,
};
use crate::{
    CustomSkillId, Error, UserSkillId,
    entity::user_skills::{Column, Entity, Model},
    owned,
    tool::skills::Subject,
};

/// Which entries became part of others.
#[derive(Debug, Default)]
pub(crate) struct Adopted(HashMap<UserSkillId, UserSkillId>);

impl Adopted {
    /// What an entry's id is by now.
    pub(crate) fn now(&self, id: UserSkillId) -> UserSkillId {
        self.0.get(&id).copied().unwrap_or(id)
    }
}

/// Every skill that the person names anywhere: their own by name, the listed ones by id.
const NAMED: &str = "SELECT NULL AS skill_id, id AS custom_skill_id, name, category \
    FROM user_custom_skills WHERE user_id = $1 \
    UNION SELECT skill_id, NULL, NULL, NULL FROM user_skills WHERE user_id = $1 AND skill_id IS NOT NULL \
    UNION SELECT skill_id, NULL, NULL, NULL FROM user_experience_skills \
    WHERE user_id = $1 AND skill_id IS NOT NULL \
    UNION SELECT skill_id, NULL, NULL, NULL FROM user_experience_tasks \
    WHERE user_id = $1 AND skill_id IS NOT NULL";

#[derive(FromQueryResult)]
struct Named {
    skill_id: Option<SkillId>,
    custom_skill_id: Option<CustomSkillId>,
    name: Option<String>,
    category: Option<String>,
}

/// Moves entries, tags, experiences and tasks of skills that count as others by now to those, with mastery, evidence
/// and rank. No statement while operators have decided nothing, one where nothing of the person's is concerned, else a
/// few for each decision, once.
pub(crate) async fn adopt(scope: &Scope, library: &Library) -> Result<Adopted, Error> {
    let mut adopted = Adopted::default();
    if !library.has_decisions() {
        return Ok(adopted);
    }
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, NAMED, [scope.user().into()]);
    let mut named = Named::find_by_statement(statement).all(connection).await?;
    named.sort_by_key(|one| (one.custom_skill_id, one.skill_id));
    let moved = named
        .iter()
        .filter_map(|one| Some((one.subject(), one.heir(library)?)));
    let moved: Vec<(Subject, &Listed)> = moved.collect();
    if moved.is_empty() {
        return Ok(adopted);
    }
    for (subject, heir) in moved {
        if let Some((gone, kept)) = move_to(scope, subject, heir).await? {
            adopted.0.insert(gone, kept);
        }
    }
    forget_unused(scope).await?;
    close_gaps(scope, library).await?;
    Ok(adopted)
}

/// Moves one skill; returns the entry that is gone, if there was one, and the one that took it in.
async fn move_to(
    scope: &Scope,
    from: Subject,
    heir: &Listed,
) -> Result<Option<(UserSkillId, UserSkillId)>, Error> {
    let either = Condition::any()
        .add(Column::SkillId.eq(heir.id))
        .add(Column::SkillId.eq(from.0))
        .add(Column::CustomSkillId.eq(from.1));
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(either)
        .all(scope.connection())
        .await?;
    let (kept, gone): (Vec<Model>, Vec<Model>) = rows
        .into_iter()
        .partition(|row| row.skill_id == Some(heir.id));
    let into = (Some(heir.id), None);
    match (kept.into_iter().next(), gone.into_iter().next()) {
        (Some(kept), Some(gone)) => {
            let ids = (gone.id, kept.id);
            join(scope, gone, kept).await?;
            Ok(Some(ids))
        }
        (_, gone) => {
            move_links(scope, from, into).await?;
            if let Some(mut row) = gone {
                row.skill_id = Some(heir.id);
                row.custom_skill_id = None;
                let category = heir.category.map(|category| category.as_str().to_owned());
                if row.category != category {
                    row.rank = None;
                }
                row.category = category;
                owned::replace::<Entity>(scope, &mut row).await?;
            }
            Ok(None)
        }
    }
}

impl Named {
    const fn subject(&self) -> Subject {
        (self.skill_id, self.custom_skill_id)
    }

    fn heir<'a>(&self, library: &'a Library) -> Option<&'a Listed> {
        let category = self.category.as_deref().and_then(SkillCategory::parse);
        let own = self.name.as_deref().map(|name| (name, category));
        counts_as(library, self.skill_id, own)
    }
}
