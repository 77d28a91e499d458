//! The time between the password and the code: no session yet, and the data key wrapped under a token that only the
//! client has.

use dreamtree_crypto::{ChallengeToken, DataKey, Method, System, hex, unwrap_key, wrap};
use dreamtree_database::{Database, Scope};
use dreamtree_types::{Instant, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, ModelTrait, QueryFilter, sea_query::Expr,
};
use time::Duration;
use uuid::Uuid;

use super::{code::Code, take};
use crate::{
    Client, Error, Identity,
    entity::sign_in_challenges::{ActiveModel, Column, Entity, Model},
    housekeeping,
    limit::{self, Account, Act},
    sign_in::{Entry, enter},
};

/// A challenge waits so long.
const PATIENCE: Duration = Duration::minutes(5);

/// So many wrong codes end it.
const MOST_ATTEMPTS: i32 = 5;

/// A sign-in that waits for its second factor.
#[derive(Debug)]
pub struct Challenge {
    /// What `completeSignIn` takes beside the code; kept nowhere.
    pub token: ChallengeToken,
    /// When it is too late.
    pub expires_at: Instant,
}

/// Begins to wait for a code.
pub(crate) async fn challenge(
    scope: &Scope,
    key: &DataKey,
    generation: i32,
) -> Result<Challenge, Error> {
    let user = scope.user().uuid();
    let token = ChallengeToken::generate(user, &mut System)?;
    let method = Method::Challenge;
    let wrapped_key = wrap(&token.kek(), key, user, method, generation, &mut System)?;
    let expires_at = scope.now() + PATIENCE;
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(Uuid::now_v7()),
        token_hash: Set(hex(&token.id_hash())),
        wrapped_key: Set(wrapped_key),
        generation: Set(generation),
        attempts: Set(0),
        created_at: Set(scope.now()),
        expires_at: Set(expires_at),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    housekeeping::look_again(scope, expires_at).await?;
    Ok(Challenge { token, expires_at })
}

/// Signs in with the code that a challenge waits for. A wrong code is counted, for the challenge and for the account.
pub async fn complete(
    database: &Database,
    identity: &Identity,
    client: &Client,
    challenge: &str,
    code: &str,
) -> Result<Entry, Error> {
    let code = Code::parse(code)?;
    let token = ChallengeToken::parse(challenge).map_err(|_| Error::ChallengeExpired)?;
    let user = UserId::from(token.user());
    // Only whoever had the password gets as far as the account's counter.
    find(&Scope::read(database, user).await?, &token).await?;
    let account = Account::Person(user);
    limit::check(database, identity, Act::SecondFactor, account, client).await?;
    let scope = Scope::write(database, user).await?;
    let waiting = find(&scope, &token).await?;
    if !take(&scope, &identity.keys, &code).await? {
        note_wrong(&scope, &waiting).await?;
        scope.commit().await?;
        return Err(Error::Code);
    }
    let generation = waiting.generation;
    let wrapped = &waiting.wrapped_key;
    let method = Method::Challenge;
    let key = unwrap_key(&token.kek(), wrapped, user.uuid(), method, generation)?;
    waiting.delete(scope.connection()).await?;
    enter(scope, identity, client, &key, generation).await
}

/// Ends all challenges of the scope's person: what they wait with is of a password or a key that is another now.
pub(crate) async fn end_all(scope: &Scope) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// The challenge of this token, while it waits.
async fn find(scope: &Scope, token: &ChallengeToken) -> Result<Model, Error> {
    let row = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::TokenHash.eq(hex(&token.id_hash())))
        .one(scope.connection())
        .await?;
    row.filter(|row| scope.now() < row.expires_at && row.attempts < MOST_ATTEMPTS)
        .ok_or(Error::ChallengeExpired)
}

async fn note_wrong(scope: &Scope, waiting: &Model) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Attempts, Expr::value(waiting.attempts + 1))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(waiting.id))
        .exec(scope.connection())
        .await?;
    Ok(())
}
