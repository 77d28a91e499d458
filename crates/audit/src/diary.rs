//! A person's own events, to read.

use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::audit_events::{Column, Entity, Model};

/// Something that happened.
pub type Entry = Model;

/// Some events, newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// The events.
    pub entries: Vec<Entry>,
    /// True when there are older ones.
    pub has_next: bool,
}

/// The `first` events of the scope's person that are older than the one with the number `before`, newest first; one
/// statement.
pub async fn page(scope: &Scope, first: u64, before: Option<i32>) -> Result<Page, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Condition::all().add_option(before.map(|before| Column::Sequence.lt(before))))
        .order_by_desc(Column::Sequence)
        .limit(first + 1);
    let mut entries = scope.gather(mine).await?;
    let kept = usize::try_from(first).unwrap_or(usize::MAX);
    let has_next = entries.len() > kept;
    entries.truncate(kept);
    Ok(Page { entries, has_next })
}
