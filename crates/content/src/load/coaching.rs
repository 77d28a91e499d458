//! Coaching in the database: what the edition no longer has stays, retired, because attempts hang on it.

use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    clear::retire,
    upsert::{cloned, upsert},
};
use crate::{
    edition::Coaching,
    entity::{
        assessment, assessment_question, assessment_question_version, assessment_tier,
        competency_display_name, competency_leverage_strength, learning_path_category,
        learning_resource, skill_tag, tag_action, tag_insight,
    },
};

/// Retires everything and writes the edition's rows, parents before children. A wording that was there before is the
/// same row again, since its id follows from its words.
pub(super) async fn replace(
    transaction: &DatabaseTransaction,
    coaching: &Coaching,
) -> Result<(), DbErr> {
    clear(transaction).await?;
    upsert::<assessment::Entity, _>(transaction, cloned(&coaching.assessments)).await?;
    upsert::<assessment_tier::Entity, _>(transaction, cloned(&coaching.tiers)).await?;
    upsert::<competency_display_name::Entity, _>(transaction, cloned(&coaching.competencies))
        .await?;
    upsert::<competency_leverage_strength::Entity, _>(transaction, cloned(&coaching.leverage))
        .await?;
    upsert::<assessment_question::Entity, _>(transaction, cloned(&coaching.questions)).await?;
    upsert::<assessment_question_version::Entity, _>(transaction, cloned(&coaching.versions))
        .await?;
    upsert::<skill_tag::Entity, _>(transaction, cloned(&coaching.tags)).await?;
    upsert::<tag_insight::Entity, _>(transaction, cloned(&coaching.insights)).await?;
    upsert::<tag_action::Entity, _>(transaction, cloned(&coaching.actions)).await?;
    upsert::<learning_path_category::Entity, _>(transaction, cloned(&coaching.categories)).await?;
    upsert::<learning_resource::Entity, _>(transaction, cloned(&coaching.resources)).await
}

async fn clear(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    retire::<assessment::Entity>(transaction, assessment::Column::IsActive).await?;
    retire::<assessment_tier::Entity>(transaction, assessment_tier::Column::IsActive).await?;
    retire::<competency_display_name::Entity>(
        transaction,
        competency_display_name::Column::IsActive,
    )
    .await?;
    retire::<competency_leverage_strength::Entity>(
        transaction,
        competency_leverage_strength::Column::IsActive,
    )
    .await?;
    retire::<assessment_question::Entity>(transaction, assessment_question::Column::IsActive)
        .await?;
    retire::<assessment_question_version::Entity>(
        transaction,
        assessment_question_version::Column::IsActive,
    )
    .await?;
    retire::<skill_tag::Entity>(transaction, skill_tag::Column::IsActive).await?;
    retire::<tag_insight::Entity>(transaction, tag_insight::Column::IsActive).await?;
    retire::<tag_action::Entity>(transaction, tag_action::Column::IsActive).await?;
    retire::<learning_path_category::Entity>(transaction, learning_path_category::Column::IsActive)
        .await?;
    retire::<learning_resource::Entity>(transaction, learning_resource::Column::IsActive).await
}
