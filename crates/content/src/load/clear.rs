//! Makes room: everything is retired, and what must be unique steps aside, so that rows can change
//! places.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    edition::Draft,
    entity::{
        competency, competency_level, connection, consent, content_block, content_source,
        data_object, ongoing_practice, personality_type, prompt, reference, skill, stem, terms,
        tool,
    },
    review::EDITION,
};

/// Retires all rows and frees sequences, citation numbers, tool names and levels.
pub(super) async fn clear(transaction: &DatabaseTransaction, draft: &Draft) -> Result<(), DbErr> {
    retire::<content_block::Entity>(transaction, content_block::Column::IsActive).await?;
    retire::<prompt::Entity>(transaction, prompt::Column::IsActive).await?;
    retire::<tool::Entity>(transaction, tool::Column::IsActive).await?;
    retire::<connection::Entity>(transaction, connection::Column::IsActive).await?;
    retire::<data_object::Entity>(transaction, data_object::Column::IsActive).await?;
    retire::<ongoing_practice::Entity>(transaction, ongoing_practice::Column::IsActive).await?;
    retire::<personality_type::Entity>(transaction, personality_type::Column::IsActive).await?;
    retire::<competency::Entity>(transaction, competency::Column::IsActive).await?;
    retire::<competency_level::Entity>(transaction, competency_level::Column::IsActive).await?;
    retire_skills(transaction).await?;
    retire::<terms::Entity>(transaction, terms::Column::IsActive).await?;
    retire::<consent::Entity>(transaction, consent::Column::IsActive).await?;
    retire::<reference::Entity>(transaction, reference::Column::IsActive).await?;
    retire::<content_source::Entity>(transaction, content_source::Column::IsActive).await?;
    free_sequences(transaction).await?;
    free_citation_numbers(transaction).await?;
    free_tool_names(transaction, draft).await?;
    free_levels(transaction, draft).await
}

pub(super) async fn retire<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    is_active: E::Column,
) -> Result<(), DbErr> {
    E::update_many()
        .col_expr(is_active, Expr::value(false))
        .exec(transaction)
        .await
        .map(drop)
}

/// What operators approved is no author's to take away.
async fn retire_skills(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    skill::Entity::update_many()
        .col_expr(skill::Column::IsActive, Expr::value(false))
        .filter(skill::Column::Origin.eq(EDITION))
        .exec(transaction)
        .await
        .map(drop)
}

/// A retired placement's sequence is the negative of its id.
async fn free_sequences(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    stem::Entity::update_many()
        .col_expr(stem::Column::IsActive, Expr::value(false))
        .col_expr(
            stem::Column::Sequence,
            Expr::value(0).sub(Expr::col(stem::Column::Id)),
        )
        .exec(transaction)
        .await
        .map(drop)
}

/// Numbers below all present ones, because references have no whole number of their own.
async fn free_citation_numbers(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let numbers: Vec<(Uuid, i32)> = reference::Entity::find()
        .select_only()
        .columns([reference::Column::Id, reference::Column::CitationNumber])
        .into_tuple()
        .all(transaction)
        .await?;
    let lowest = numbers
        .iter()
        .map(|(_, number)| *number)
        .chain([0])
        .min()
        .unwrap_or(0);
    for ((id, _), number) in numbers.into_iter().zip((i32::MIN..lowest).rev()) {
        reference::Entity::update_many()
            .col_expr(reference::Column::CitationNumber, Expr::value(number))
            .filter(reference::Column::Id.eq(id))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// A tool that goes by another id from now on leaves its name to the new one.
async fn free_tool_names(transaction: &DatabaseTransaction, draft: &Draft) -> Result<(), DbErr> {
    let ids: HashMap<&str, i32> = draft
        .tools
        .iter()
        .map(|tool| (tool.name.as_str(), tool.id))
        .collect();
    for tool in tool::Entity::find().all(transaction).await? {
        if ids.get(tool.name.as_str()).is_some_and(|id| *id != tool.id) {
            let name = format!("{}#{}", tool.name, tool.id);
            tool::Entity::update_many()
                .col_expr(tool::Column::Name, Expr::value(name))
                .filter(tool::Column::Id.eq(tool.id))
                .exec(transaction)
                .await?;
        }
    }
    Ok(())
}

/// A level whose text goes by another id from now on is deleted; nothing points at levels.
async fn free_levels(transaction: &DatabaseTransaction, draft: &Draft) -> Result<(), DbErr> {
    let ids: HashMap<(Uuid, i32), Uuid> = draft
        .competency_levels
        .iter()
        .map(|level| ((level.competency_id, level.level), level.id))
        .collect();
    let kept: HashSet<Uuid> = ids.values().copied().collect();
    let present = competency_level::Entity::find().all(transaction).await?;
    let stale: Vec<Uuid> = present
        .iter()
        .filter(|level| {
            let id = ids.get(&(level.competency_id, level.level));
            id != Some(&level.id) && (id.is_some() || kept.contains(&level.id))
        })
        .map(|level| level.id)
        .collect();
    competency_level::Entity::delete_many()
        .filter(competency_level::Column::Id.is_in(stale))
        .exec(transaction)
        .await
        .map(drop)
}
