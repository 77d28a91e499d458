//! Reading the shared tables.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, QueryFilter,
    QuerySelect, TransactionTrait,
};
use uuid::Uuid;

use crate::{
    Library,
    entity::{
        assessment, assessment_question, assessment_question_version, assessment_tier, competency,
        competency_display_name, competency_level, competency_leverage_strength, connection,
        consent, content_block, content_source, content_version, data_object,
        learning_path_category, learning_resource, ongoing_practice, personality_type, prompt,
        reference, skill, skill_proposal, skill_tag, stem, tag_action, tag_insight, terms, tool,
    },
    error::ContentError,
    library::{Parts, coaching::CoachingParts},
};

/// The version that is loaded; 0 when none ever was.
pub(crate) async fn read_version(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let version = content_version::Entity::find_by_id(1)
        .select_only()
        .column(content_version::Column::Version)
        .into_tuple::<i64>()
        .one(connection)
        .await?;
    Ok(version.unwrap_or(0))
}

/// All content as of one moment.
pub(crate) async fn read_library(database: &DatabaseConnection) -> Result<Library, ContentError> {
    let snapshot = database.begin().await?;
    if snapshot.get_database_backend() == DbBackend::Postgres {
        let sql = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        snapshot.execute_unprepared(sql).await?;
    }
    let edition = content_version::Entity::find_by_id(1)
        .one(&snapshot)
        .await?;
    let parts = read_parts(&snapshot).await?;
    snapshot.commit().await?;
    let library = Library::build(edition.as_ref().map_or(0, |row| row.version), parts)?;
    Ok(library.loaded(edition.map(|row| row.loaded_at)))
}

async fn read_parts(connection: &impl ConnectionTrait) -> Result<Parts, DbErr> {
    Ok(Parts {
        stem: active::<stem::Entity>(connection, stem::Column::IsActive).await?,
        content_blocks: active::<content_block::Entity>(
            connection,
            content_block::Column::IsActive,
        )
        .await?,
        prompts: active::<prompt::Entity>(connection, prompt::Column::IsActive).await?,
        tools: active::<tool::Entity>(connection, tool::Column::IsActive).await?,
        connections: active::<connection::Entity>(connection, connection::Column::IsActive).await?,
        data_objects: active::<data_object::Entity>(connection, data_object::Column::IsActive)
            .await?,
        ongoing_practices: active::<ongoing_practice::Entity>(
            connection,
            ongoing_practice::Column::IsActive,
        )
        .await?,
        personality_types: active::<personality_type::Entity>(
            connection,
            personality_type::Column::IsActive,
        )
        .await?,
        competencies: active::<competency::Entity>(connection, competency::Column::IsActive)
            .await?,
        competency_levels: active::<competency_level::Entity>(
            connection,
            competency_level::Column::IsActive,
        )
        .await?,
        skills: active::<skill::Entity>(connection, skill::Column::IsActive).await?,
        references: active::<reference::Entity>(connection, reference::Column::IsActive).await?,
        content_sources: active::<content_source::Entity>(
            connection,
            content_source::Column::IsActive,
        )
        .await?,
        terms: active::<terms::Entity>(connection, terms::Column::IsActive).await?,
        consents: active::<consent::Entity>(connection, consent::Column::IsActive).await?,
        merged_skills: merged_skills(connection).await?,
        proposals: decided(connection).await?,
        coaching: coaching(connection).await?,
    })
}

/// What attempts hang on is read whether it is retired or not.
async fn coaching(connection: &impl ConnectionTrait) -> Result<CoachingParts, DbErr> {
    use competency_leverage_strength as leverage;
    Ok(CoachingParts {
        assessments: assessment::Entity::find().all(connection).await?,
        tiers: assessment_tier::Entity::find().all(connection).await?,
        competencies: competency_display_name::Entity::find()
            .all(connection)
            .await?,
        leverage: active::<leverage::Entity>(connection, leverage::Column::IsActive).await?,
        questions: active::<assessment_question::Entity>(
            connection,
            assessment_question::Column::IsActive,
        )
        .await?,
        versions: assessment_question_version::Entity::find()
            .all(connection)
            .await?,
        tags: skill_tag::Entity::find().all(connection).await?,
        insights: tag_insight::Entity::find().all(connection).await?,
        actions: tag_action::Entity::find().all(connection).await?,
        categories: active::<learning_path_category::Entity>(
            connection,
            learning_path_category::Column::IsActive,
        )
        .await?,
        resources: active::<learning_resource::Entity>(
            connection,
            learning_resource::Column::IsActive,
        )
        .await?,
    })
}

/// Which skill counts in the place of which.
async fn merged_skills(connection: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    skill::Entity::find()
        .select_only()
        .columns([skill::Column::Id, skill::Column::MergedInto])
        .filter(skill::Column::MergedInto.is_not_null())
        .into_tuple()
        .all(connection)
        .await
}

async fn decided(connection: &impl ConnectionTrait) -> Result<Vec<skill_proposal::Model>, DbErr> {
    skill_proposal::Entity::find()
        .filter(skill_proposal::Column::DecidedAt.is_not_null())
        .all(connection)
        .await
}

async fn active<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    is_active: E::Column,
) -> Result<Vec<E::Model>, DbErr> {
    E::find().filter(is_active.eq(true)).all(connection).await
}
