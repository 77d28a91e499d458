//! Writes rows by id: new ones are inserted, known ones replaced.

use dreamtree_types::Instant;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, PrimaryKeyToColumn, sea_query::OnConflict,
};

use crate::{
    edition::{Draft, Row},
    entity::{
        competency, competency_level, connection, consent, content_block, content_source,
        data_object, ongoing_practice, personality_type, prompt, reference, skill, stem, terms,
        tool,
    },
};

/// What a row keeps when an edition brings it again: when it came, and what operators decided.
const KEPT: [&str; 2] = ["created_at", "merged_into"];

/// Rows per statement: `SQLite` takes 32766 variables, and no table has more than twenty columns.
const BATCH: usize = 500;

/// Writes all tables, parents before children.
pub(super) async fn all(
    transaction: &DatabaseTransaction,
    draft: &Draft,
    now: Instant,
) -> Result<(), DbErr> {
    upsert::<content_block::Entity, _>(transaction, cloned(&draft.content_blocks)).await?;
    upsert::<prompt::Entity, _>(transaction, cloned(&draft.prompts)).await?;
    upsert::<tool::Entity, _>(transaction, cloned(&draft.tools)).await?;
    upsert::<stem::Entity, _>(transaction, cloned(&draft.stem)).await?;
    upsert::<connection::Entity, _>(transaction, cloned(&draft.connections)).await?;
    upsert::<data_object::Entity, _>(transaction, cloned(&draft.data_objects)).await?;
    upsert::<ongoing_practice::Entity, _>(transaction, cloned(&draft.ongoing_practices)).await?;
    upsert::<personality_type::Entity, _>(transaction, cloned(&draft.personality_types)).await?;
    upsert::<competency::Entity, _>(transaction, cloned(&draft.competencies)).await?;
    upsert::<competency_level::Entity, _>(transaction, cloned(&draft.competency_levels)).await?;
    let skills = draft.skills.iter().map(|row| skill::Model {
        created_at: Some(row.created_at.unwrap_or(now)),
        ..row.row.clone()
    });
    upsert::<skill::Entity, _>(transaction, skills.collect()).await?;
    let references = draft.references.iter().map(|row| reference::Model {
        created_at: Some(row.created_at.unwrap_or(now)),
        ..row.row.clone()
    });
    upsert::<reference::Entity, _>(transaction, references.collect()).await?;
    upsert::<content_source::Entity, _>(transaction, cloned(&draft.content_sources)).await?;
    upsert::<terms::Entity, _>(transaction, cloned(&draft.terms)).await?;
    upsert::<consent::Entity, _>(transaction, cloned(&draft.consents)).await
}

pub(super) fn cloned<T: Clone>(rows: &[Row<T>]) -> Vec<T> {
    rows.iter().map(|row| row.row.clone()).collect()
}

pub(super) async fn upsert<E, A>(
    transaction: &DatabaseTransaction,
    rows: Vec<E::Model>,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let keys: Vec<&str> = E::PrimaryKey::iter()
        .map(|key| key.into_column().as_str())
        .collect();
    let mut rows = rows
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .peekable();
    while rows.peek().is_some() {
        let batch: Vec<A> = rows.by_ref().take(BATCH).collect();
        let replaced = E::Column::iter().filter(|column| {
            let name = column.as_str();
            !KEPT.contains(&name) && !keys.contains(&name)
        });
        let replace =
            OnConflict::columns(E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column))
                .update_columns(replaced)
                .to_owned();
        E::insert_many(batch)
            .on_conflict(replace)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
