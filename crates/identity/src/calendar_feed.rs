//! Secret addresses under which a calendar program reads what a person has before them. Such an address is no session:
//! it opens no vault and shows nothing but the calendar.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{FeedToken, System, hex};
use dreamtree_database::{Database, Scope};
use dreamtree_types::{CalendarFeedId, UserId, clean};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};

use crate::{
    Error,
    entity::user_calendar_feeds::{Column, Entity, Model},
};

/// The most addresses that a person may have.
const MOST: usize = 20;

const LONGEST_LABEL: usize = 100;

/// An address, without its secret.
pub type CalendarFeed = Model;

/// What an address opens.
#[derive(Debug)]
pub struct Opened {
    /// Which address it was.
    pub feed: CalendarFeedId,
    /// The person's rows as of one moment. Private values are locked.
    pub scope: Scope,
}

/// The person's addresses in the order of their making; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<CalendarFeed>, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id);
    scope.gather(mine).await
}

/// Makes an address; the token is shown once and kept nowhere. `label` has 1 to 100 characters.
pub async fn create(
    scope: &Scope,
    label: Option<String>,
) -> Result<(CalendarFeed, FeedToken), Error> {
    let label = label.map(|label| clean(&label, LONGEST_LABEL)).transpose();
    let label = label.map_err(|fault| refused("input.label", fault.to_string()))?;
    if all(scope).await?.len() >= MOST {
        let rule = format!("There are {MOST} of these already; delete one first.");
        return Err(refused("input", rule));
    }
    let token = FeedToken::generate(scope.user().uuid(), &mut System)?;
    let feed = Model {
        user_id: scope.user(),
        id: CalendarFeedId::new(),
        token_hash: hex(&token.id_hash()),
        label,
        fetched_on: None,
        created_at: scope.now(),
    };
    let row = feed.clone().into_active_model().reset_all();
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    audit::record(scope, Event::CalendarOpened).await?;
    Ok((feed, token))
}

/// Revokes an address; false when the person has none of this id.
pub async fn revoke(scope: &Scope, id: CalendarFeedId) -> Result<bool, DbErr> {
    let gone = Entity::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    if gone.rows_affected > 0 {
        audit::record(scope, Event::CalendarClosed).await?;
    }
    Ok(gone.rows_affected > 0)
}

/// What the address with this token opens; `None` when it was revoked or never was. Notes the first time on a day that
/// it is asked.
pub async fn open(database: &Database, token: &str) -> Result<Option<Opened>, Error> {
    let Ok(token) = FeedToken::parse(token) else {
        return Ok(None);
    };
    let user = UserId::from(token.user());
    let mut scope = Scope::read(database, user).await?;
    let Some(feed) = find(&scope, &token).await? else {
        return Ok(None);
    };
    let today = scope.now().date();
    if feed.fetched_on != Some(today) {
        // A write beside an open snapshot would hold two connections of one pool.
        drop(scope);
        scope = Scope::write(database, user).await?;
        Entity::update_many()
            .col_expr(Column::FetchedOn, Expr::value(today))
            .filter(Column::UserId.eq(user))
            .filter(Column::Id.eq(feed.id))
            .exec(scope.connection())
            .await?;
        audit::record(&scope, Event::CalendarRead).await?;
        scope.commit().await?;
        scope = Scope::read(database, user).await?;
    }
    Ok(Some(Opened {
        feed: feed.id,
        scope,
    }))
}

async fn find(scope: &Scope, token: &FeedToken) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::TokenHash.eq(hex(&token.id_hash())))
        .one(scope.connection())
        .await
}

const fn refused(field: &'static str, rule: String) -> Error {
    Error::Setting { field, rule }
}
