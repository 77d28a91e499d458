//! Secret addresses under which others see a picture of a person's results. Such an address is no session: it opens no
//! vault and shows nothing but the picture.

use dreamtree_assessments::get_attempt;
use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{ShareToken, System, hex};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use time::{Date, Duration};

use crate::{
    Error, ShareId,
    entity::user_shares::{Column, Entity, Model},
    picture::{Kind, Subject},
};

/// The most addresses that a person may have, ended ones included.
const MOST: usize = 20;

/// The most days for which an address may show something.
const MOST_DAYS: i32 = 365;

/// An address, without its secret.
pub type Share = Model;

/// What an address opens.
#[derive(Debug)]
pub struct Opened {
    /// What it shows.
    pub subject: Subject,
    /// The person's rows as of one moment. Private values are locked.
    pub scope: Scope,
}

/// The person's addresses in the order of their making, ended ones too; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<Share>, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id);
    scope.gather(mine).await
}

/// Makes an address that shows something for so many days, 1 to 365; the token is shown once and kept nowhere. An attempt
/// has to be the person's own and completed.
pub async fn create(
    scope: &Scope,
    subject: Subject,
    days: i32,
) -> Result<(Share, ShareToken), Error> {
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Error::Days { most: MOST_DAYS });
    }
    if all(scope).await?.len() >= MOST {
        return Err(Error::TooMany { most: MOST });
    }
    if let Subject::Bars(attempt) = subject {
        let attempt = get_attempt(scope, attempt).await?;
        if attempt.completed().is_none() {
            return Err(dreamtree_assessments::Error::NotCompleted.into());
        }
    }
    let token = ShareToken::generate(scope.user().uuid(), &mut System)?;
    let share = Model {
        user_id: scope.user(),
        id: ShareId::new(),
        token_hash: hex(&token.id_hash()),
        kind: subject.kind().as_str().to_owned(),
        attempt_id: subject.attempt(),
        expires_at: scope.now() + Duration::days(days.into()),
        opened_on: None,
        created_at: scope.now(),
    };
    let row = share.clone().into_active_model().reset_all();
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    audit::record(scope, Event::ResultsShared).await?;
    Ok((share, token))
}

impl Model {
    /// What it shows.
    pub fn subject(&self) -> Result<Subject, Error> {
        let subject = Kind::parse(&self.kind).and_then(|kind| Subject::of(kind, self.attempt_id));
        subject.ok_or(Error::Corrupt("what a share shows"))
    }
}

/// Revokes an address.
pub async fn revoke(scope: &Scope, id: ShareId) -> Result<(), Error> {
    let gone = Entity::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    if gone.rows_affected == 0 {
        return Err(Error::Missing);
    }
    audit::record(scope, Event::SharingEnded).await?;
    Ok(())
}

/// What the address with this token opens; `None` when it was revoked, has ended or never was. Notes the first time on
/// a day that somebody looks.
pub async fn open(database: &Database, token: &str) -> Result<Option<Opened>, Error> {
    let Ok(token) = ShareToken::parse(token) else {
        return Ok(None);
    };
    let user = UserId::from(token.user());
    let mut scope = Scope::read(database, user).await?;
    let Some(share) = find(&scope, &token).await? else {
        return Ok(None);
    };
    let subject = share.subject()?;
    let today = scope.now().date();
    if share.opened_on != Some(today) {
        // A write beside an open snapshot would hold two connections of one pool.
        drop(scope);
        note(database, &share, today).await?;
        scope = Scope::read(database, user).await?;
        // Revoked meanwhile, perhaps.
        if find(&scope, &token).await?.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(Opened { subject, scope }))
}

/// Notes the first look of a day; not at what was revoked meanwhile, nor twice.
async fn note(database: &Database, share: &Model, today: Date) -> Result<(), Error> {
    let scope = Scope::write(database, share.user_id).await?;
    let not_today = Column::OpenedOn.is_null().or(Column::OpenedOn.ne(today));
    let noted = Entity::update_many()
        .col_expr(Column::OpenedOn, Expr::value(today))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(share.id))
        .filter(not_today)
        .exec(scope.connection())
        .await?;
    if noted.rows_affected > 0 {
        audit::record(&scope, Event::SharedResultsSeen).await?;
    }
    Ok(scope.commit().await?)
}

/// The share of a token, unless it has ended.
async fn find(scope: &Scope, token: &ShareToken) -> Result<Option<Model>, DbErr> {
    let found = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::TokenHash.eq(hex(&token.id_hash())))
        .one(scope.connection())
        .await?;
    Ok(found.filter(|share| scope.now() < share.expires_at))
}
