//! The skills that a person has named themselves.

use std::{collections::HashMap, sync::Arc};

use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    CustomSkillId, Error,
    entity::user_custom_skills::{Column, Entity, Model},
};

/// Skills of a person's own.
#[derive(Debug)]
pub(crate) struct Own(HashMap<CustomSkillId, Model>);

impl Own {
    /// The skill with this id.
    pub(crate) fn get(&self, id: CustomSkillId) -> Option<&Model> {
        self.0.get(&id)
    }
}

/// The person's own skills, in one statement; a snapshot is asked once.
pub(crate) async fn own(scope: &Scope) -> Result<Arc<Own>, Error> {
    let read = async {
        let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
        let rows = scope.gather(mine).await?;
        Ok(Own(rows.into_iter().map(|row| (row.id, row)).collect()))
    };
    scope.once(read).await
}
