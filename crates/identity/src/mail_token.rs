//! Tokens that mails carry: each works once, for one purpose, for a while. Only its hash is kept.

use dreamtree_crypto::{MailPurpose, MailToken, System, hex};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Statement};
use time::Duration;
use uuid::Uuid;

use crate::{
    Error,
    entity::user_mail_tokens::{Column, Entity},
};

/// Hangs the token on the person's address with one of these hashes. Where they have none, the same statement adds
/// nothing.
const ISSUE: &str = "INSERT INTO user_mail_tokens \
    (user_id, id, email_id, purpose, token_hash, created_at, expires_at) \
    SELECT e.user_id, $2, e.id, $3, $4, $5, $6 FROM emails e \
    WHERE e.user_id = $1 AND e.email_hash IN ($7, $8)";

/// Whatever is wrong with a token, it looks the same: it is not there.
const TAKE: &str = "DELETE FROM user_mail_tokens WHERE user_id = $1 AND token_hash = $2 \
    AND purpose = $3 AND expires_at > $4 RETURNING email_id";

const fn lifetime(purpose: MailPurpose) -> Duration {
    match purpose {
        MailPurpose::Confirm => Duration::days(3),
        MailPurpose::Reset => Duration::minutes(30),
    }
}

/// Makes a token for the person's address with one of these hashes, and takes away those that have ended; `None` where
/// the person has no such address, at the same cost.
pub(crate) async fn issue(
    scope: &Scope,
    purpose: MailPurpose,
    hashes: &[String; 2],
) -> Result<Option<MailToken>, Error> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::ExpiresAt.lte(scope.now()))
        .exec(scope.connection())
        .await?;
    let token = MailToken::generate(scope.user().uuid(), &mut System)?;
    let values = [
        scope.user().into(),
        Uuid::now_v7().into(),
        purpose.as_str().into(),
        hex(&token.id_hash(purpose)).into(),
        scope.now().into(),
        (scope.now() + lifetime(purpose)).into(),
        hashes[0].as_str().into(),
        hashes[1].as_str().into(),
    ];
    let backend = scope.connection().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, ISSUE, values);
    let done = scope.connection().execute_raw(statement).await?;
    Ok((done.rows_affected() == 1).then_some(token))
}

/// Reads a token, and looks whether it would be taken now. A stranger who makes one up never waits in the line of the
/// person whose id they put into it.
pub(crate) async fn read(
    database: &Database,
    purpose: MailPurpose,
    text: &str,
) -> Result<MailToken, Error> {
    let token = MailToken::parse(text).map_err(|_| Error::Token)?;
    let scope = Scope::read(database, UserId::from(token.user())).await?;
    let row = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::TokenHash.eq(hex(&token.id_hash(purpose))))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::ExpiresAt.gt(scope.now()))
        .one(scope.connection())
        .await?;
    row.map(|_| token).ok_or(Error::Token)
}

/// Uses a token up; the address that it went to.
pub(crate) async fn take(
    scope: &Scope,
    purpose: MailPurpose,
    token: &MailToken,
) -> Result<Uuid, Error> {
    let values = [
        scope.user().into(),
        hex(&token.id_hash(purpose)).into(),
        purpose.as_str().into(),
        scope.now().into(),
    ];
    let backend = scope.connection().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, TAKE, values);
    let gone = scope.connection().query_one_raw(statement).await?;
    let row = gone.ok_or(Error::Token)?;
    Ok(row.try_get("", "email_id")?)
}

/// Ends all tokens of a person.
pub(crate) async fn end_all(scope: &Scope) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}
