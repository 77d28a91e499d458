//! How a person likes things; one row, made with defaults at the first visit.

mod change;
mod lent;

use dreamtree_database::Scope;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, sea_query::Expr,
};

pub use change::Change;
pub use lent::names_of;

use crate::{Error, entity::user_settings};

/// A person's settings.
pub type Settings = user_settings::Model;

/// Writes the settings that everybody begins with.
pub(crate) async fn insert_defaults(scope: &Scope) -> Result<(), DbErr> {
    let row = user_settings::ActiveModel {
        user_id: Set(scope.user()),
        background_color: Set("cream".to_owned()),
        text_color: Set("charcoal".to_owned()),
        font: Set("sans".to_owned()),
        text_size: Set("medium".to_owned()),
        reduced_motion: Set(None),
        display_name: Set(None),
        time_zone: Set("UTC".to_owned()),
        language: Set("en".to_owned()),
        personality_type: Set(None),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    user_settings::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The person's settings.
pub async fn get(scope: &Scope) -> Result<Settings, Error> {
    let mine = user_settings::Entity::find().filter(user_settings::Column::UserId.eq(scope.user()));
    scope.gather_one(mine).await?.ok_or(Error::Gone)
}

/// Writes the person's settings, as this transaction has read them, with a change. The caller checks the
/// personality type, which identity has no list of.
pub async fn update(
    scope: &Scope,
    mut settings: Settings,
    change: Change,
) -> Result<Settings, Error> {
    change.apply(&mut settings)?;
    settings.revision += 1;
    settings.updated_at = scope.now();
    let all_set = settings.clone().into_active_model().reset_all();
    all_set.update(scope.connection()).await?;
    Ok(settings)
}

/// Keeps the person's type; `None` for somebody who would rather not say. The caller checks the code.
pub async fn set_personality_type(scope: &Scope, code: Option<String>) -> Result<(), DbErr> {
    use user_settings::Column;
    user_settings::Entity::update_many()
        .col_expr(Column::PersonalityType, Expr::value(code))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}
