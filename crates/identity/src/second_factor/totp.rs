//! Codes that a phone makes: enrolled in two steps, and each taken once.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{BackupCode, ServerKeys, System, TotpSecret};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use time::Duration;

use super::{Pending, backup, code, open};
use crate::{
    Error,
    entity::user_totp::{Column, Entity, Model},
    login,
};

/// A new secret waits so long for the code that proves it.
const PATIENCE: Duration = Duration::minutes(15);

/// The person's row; one statement.
pub(super) async fn find(scope: &Scope) -> Result<Option<Model>, DbErr> {
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    scope.gather_one(mine).await
}

/// Makes a secret. What was there before goes on until a code has proved that the phone has the new one.
pub(crate) async fn begin(scope: &Scope, keys: &ServerKeys) -> Result<Pending, Error> {
    let email = login::active(scope, keys).await?.ok_or(Error::NotClaimed)?;
    let secret = TotpSecret::generate(&mut System)?;
    let row = Model {
        user_id: scope.user(),
        secret: None,
        last_step: 0,
        confirmed_at: None,
        pending_secret: Some(secret.seal(keys, scope.user().uuid(), &mut System)?),
        pending_at: Some(scope.now()),
    };
    let again = OnConflict::column(Column::UserId)
        .update_columns([Column::PendingSecret, Column::PendingAt])
        .to_owned();
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(Pending {
        secret: secret.to_base32(),
        uri: secret.to_uri(email.as_str())?,
    })
}

/// Takes the new secret into use, with the first code that a phone has made of it; the backup codes are made anew.
pub(crate) async fn confirm(
    scope: &Scope,
    keys: &ServerKeys,
    code: &str,
) -> Result<Vec<BackupCode>, Error> {
    let digits = code::digits(code)?;
    let row = find(scope).await?.ok_or(Error::ChallengeExpired)?;
    let (Some(sealed), Some(since)) = (row.pending_secret, row.pending_at) else {
        return Err(Error::ChallengeExpired);
    };
    if scope.now() >= since + PATIENCE {
        return Err(Error::ChallengeExpired);
    }
    let step = step(&open(scope, keys, &sealed)?, &digits, scope.now());
    let step = step.ok_or(Error::Code)?;
    Entity::update_many()
        .col_expr(Column::Secret, Expr::value(sealed))
        .col_expr(Column::ConfirmedAt, Expr::value(scope.now()))
        .col_expr(Column::LastStep, Expr::value(step))
        .col_expr(Column::PendingSecret, Expr::value(None::<String>))
        .col_expr(Column::PendingAt, Expr::value(None::<Instant>))
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    audit::record(scope, Event::SecondFactorAdded).await?;
    backup::replace(scope, keys).await
}

/// Whether these are the digits of now; a step counts once, and none before it counts after it. The person's lock is
/// held, so no two requests take the same.
pub(super) async fn take(scope: &Scope, keys: &ServerKeys, digits: &str) -> Result<bool, Error> {
    let row = find(scope).await?;
    let Some((sealed, last_step)) = row.and_then(|row| Some((row.secret?, row.last_step))) else {
        return Ok(false);
    };
    let step = step(&open(scope, keys, &sealed)?, digits, scope.now());
    let Some(step) = step.filter(|step| *step > last_step) else {
        return Ok(false);
    };
    Entity::update_many()
        .col_expr(Column::LastStep, Expr::value(step))
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(true)
}

/// Takes everything of the second factor away; false when there was nothing.
pub(crate) async fn remove(scope: &Scope) -> Result<bool, Error> {
    let Some(row) = find(scope).await? else {
        return Ok(false);
    };
    backup::remove(scope).await?;
    Entity::delete_by_id(scope.user())
        .exec(scope.connection())
        .await?;
    // A secret that no code was seen of was none yet.
    if row.confirmed_at.is_some() {
        audit::record(scope, Event::SecondFactorRemoved).await?;
    }
    Ok(true)
}

fn step(secret: &TotpSecret, digits: &str, now: Instant) -> Option<i64> {
    let seconds = u64::try_from(now.unix_timestamp()).ok()?;
    i64::try_from(secret.step_of(digits, seconds)?).ok()
}
