//! Messages: what they say, which ones there are, and how one that was given up is sent again.

use dreamtree_api::Cursor;
use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{hex, plain_hash};
use dreamtree_database::{Database, Scope};
use dreamtree_types::{GrantId, Instant, PartnerId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use time::{Duration, format_description::well_known::Rfc3339};
use uuid::Uuid;

use super::{TEST, endpoint};
use crate::{
    Error, WebhookDeliveryId, WebhookDeliveryKind,
    entity::webhook_deliveries::{ActiveModel, Column, Entity, Model},
};

/// The most messages of one page.
const LARGEST_PAGE: i32 = 100;

/// A message that has arrived is remembered for so long.
const REMEMBERED: Duration = Duration::days(30);

/// A message that has not arrived is kept for so long.
const KEPT: Duration = Duration::days(90);

/// A message to a partner.
pub type Delivery = Model;

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is tried, or tried again.
    Waiting,
    /// It has arrived.
    Delivered,
    /// It was given up: a dead letter.
    Dead,
}

impl Model {
    /// How far it has come.
    #[must_use]
    pub const fn state(&self) -> DeliveryState {
        match (self.delivered_at, self.failed_at) {
            (Some(_), _) => DeliveryState::Delivered,
            (None, Some(_)) => DeliveryState::Dead,
            (None, None) => DeliveryState::Waiting,
        }
    }

    /// What `webhook-id` says: the same at every attempt, also of one that was sent again by hand. Ids that are made one after
    /// the other are alike, and their hashes are not: two partners who compare these find nothing.
    #[must_use]
    pub fn message_id(&self) -> String {
        let ids = [self.partner_id.uuid(), self.id.uuid()].map(Uuid::into_bytes);
        format!("msg_{}", hex(&plain_hash(&ids.concat())[..16]))
    }

    /// Its place in the list.
    #[must_use]
    pub const fn cursor(&self) -> Cursor<WebhookDeliveryKind> {
        Cursor {
            key: String::new(),
            id: self.id,
        }
    }
}

/// What a message says: names of things, and nothing of what they hold.
pub(super) struct Body<'a> {
    pub(super) event: &'a str,
    pub(super) timestamp: String,
    pub(super) subject: Option<&'a str>,
    pub(super) grant: Option<Uuid>,
}

/// A moment as messages have it: a fraction of the second would tell partners which of their messages come of one change.
/// An error for a year of five digits.
pub(super) fn written_at(now: Instant) -> Result<String, DbErr> {
    let written = now.truncate_to_second().format(&Rfc3339);
    written.map_err(|error| DbErr::Custom(error.to_string()))
}

impl Body<'_> {
    /// The row of a message that is due at once.
    pub(super) fn row(
        &self,
        partner: PartnerId,
        grant: Option<GrantId>,
        now: Instant,
    ) -> Result<ActiveModel, DbErr> {
        let body = serde_json::to_string(self).map_err(|error| DbErr::Json(error.to_string()))?;
        Ok(ActiveModel {
            partner_id: Set(partner),
            id: Set(WebhookDeliveryId::new()),
            event: Set(self.event.to_owned()),
            grant_id: Set(grant),
            body: Set(Some(body)),
            attempts: Set(0),
            next_attempt_at: Set(now),
            last_status: Set(None),
            last_fault: Set(None),
            // `SQLite` compares times as text, and texts with and without a fraction do not sort by time.
            created_at: Set(now.truncate_to_second()),
            delivered_at: Set(None),
            failed_at: Set(None),
        })
    }
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Data<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            subject: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            grant: Option<Uuid>,
        }
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("type", self.event)?;
        map.serialize_entry("timestamp", &self.timestamp)?;
        let data = Data {
            subject: self.subject,
            grant: self.grant,
        };
        map.serialize_entry("data", &data)?;
        map.end()
    }
}

/// Puts messages on their way; one statement, or none for none.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    rows: Vec<ActiveModel>,
) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Which messages are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of this partner only.
    pub partner: Option<PartnerId>,
    /// That have come so far only.
    pub state: Option<DeliveryState>,
    /// How many at most; 1 to 100.
    pub first: i32,
    /// The place that the page comes after.
    pub after: Option<Cursor<WebhookDeliveryKind>>,
}

/// Some messages, the newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// The messages.
    pub deliveries: Vec<Delivery>,
    /// True when there are older ones.
    pub has_next: bool,
}

/// Some messages, the newest first; one statement.
pub async fn page(connection: &impl ConnectionTrait, wanted: Wanted) -> Result<Page, Error> {
    let first = u64::try_from(wanted.first)
        .ok()
        .filter(|_| (1..=LARGEST_PAGE).contains(&wanted.first));
    let first = first.ok_or_else(|| Error::Input {
        field: "first",
        rule: format!("must be 1 to {LARGEST_PAGE}"),
    })?;
    let state = wanted.state.map(|state| match state {
        DeliveryState::Waiting => waiting(),
        DeliveryState::Delivered => Column::DeliveredAt.is_not_null().into(),
        DeliveryState::Dead => Column::FailedAt.is_not_null().into(),
    });
    let partner = wanted.partner.map(|partner| Column::PartnerId.eq(partner));
    let after = wanted.after.map(|after| Column::Id.lt(after.id));
    let filter = Condition::all()
        .add_option(state)
        .add_option(partner)
        .add_option(after);
    let mut deliveries = Entity::find()
        .filter(filter)
        .order_by_desc(Column::Id)
        .limit(first + 1)
        .all(connection)
        .await?;
    let kept = usize::try_from(first).unwrap_or(usize::MAX);
    let has_next = deliveries.len() > kept;
    deliveries.truncate(kept);
    Ok(Page {
        deliveries,
        has_next,
    })
}

/// Neither arrived nor given up.
pub(super) fn waiting() -> Condition {
    Condition::all()
        .add(Column::DeliveredAt.is_null())
        .add(Column::FailedAt.is_null())
}

/// Which dead letters are sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// One.
    One(WebhookDeliveryId),
    /// All that were written at this time or later.
    Since(Instant),
}

impl Replay {
    /// One, or all since a time, whichever is named; an error for both and for neither.
    pub fn of(one: Option<WebhookDeliveryId>, since: Option<Instant>) -> Result<Self, Error> {
        match (one, since) {
            (Some(id), None) => Ok(Self::One(id)),
            (None, Some(since)) => Ok(Self::Since(since)),
            _ => Err(Error::Input {
                field: "input.since",
                rule: "must be there, or else a single message, and not both".to_owned(),
            }),
        }
    }
}

/// Sends dead letters of a partner again, from their first attempt on and under the ids that they had; how many. An error
/// for one that is none.
pub async fn replay(
    connection: &impl ConnectionTrait,
    partner: PartnerId,
    which: Replay,
    now: Instant,
) -> Result<u64, Error> {
    let these = match which {
        Replay::One(id) => Column::Id.eq(id),
        Replay::Since(since) => Column::CreatedAt.gte(since.truncate_to_second()),
    };
    let again = Entity::update_many()
        .col_expr(Column::FailedAt, Expr::value(None::<Instant>))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .filter(Column::PartnerId.eq(partner))
        .filter(Column::FailedAt.is_not_null())
        .filter(these)
        .exec(connection)
        .await?;
    match (which, again.rows_affected) {
        (Replay::One(_), 0) => Err(Error::NoDelivery),
        (_, count) => Ok(count),
    }
}

/// Sends a message that only tries the partner's place out, whatever it wants to be told of; two statements.
pub async fn test(
    connection: &impl ConnectionTrait,
    partner: PartnerId,
    now: Instant,
) -> Result<WebhookDeliveryId, Error> {
    let known = endpoint::find(connection, partner).await?;
    let webhook = known.ok_or(Error::NoWebhook)?;
    let body = Body {
        event: TEST,
        timestamp: written_at(now)?,
        subject: None,
        grant: None,
    };
    let row = body.row(webhook.partner_id, None, now)?;
    let id = row.id.clone().unwrap();
    insert(connection, vec![row]).await?;
    Ok(id)
}

/// Takes away what is old; how much.
pub(crate) async fn sweep(database: &Database) -> Result<u64, DbErr> {
    let now = database.clock().now();
    let arrived = Column::DeliveredAt
        .is_not_null()
        .and(Column::CreatedAt.lte(now - REMEMBERED));
    let gone = Entity::delete_many()
        .filter(arrived.or(Column::CreatedAt.lte(now - KEPT)))
        .exec(database.counters())
        .await?;
    Ok(gone.rows_affected)
}

/// What [`page`] returns, as of the scope's moment.
pub(crate) async fn page_by(scope: &Scope, wanted: Wanted) -> Result<Page, Error> {
    page(scope.connection(), wanted).await
}

/// [`replay`] by the scope's person, who is an operator; it stands in their diary.
pub(crate) async fn replay_by(
    scope: &Scope,
    partner: PartnerId,
    which: Replay,
) -> Result<u64, Error> {
    let count = replay(scope.connection(), partner, which, scope.now()).await?;
    audit::record(scope, Event::WebhooksReplayed(partner.uuid())).await?;
    Ok(count)
}

/// [`test`] by the scope's person, who is an operator; it stands in their diary.
pub(crate) async fn test_by(scope: &Scope, partner: PartnerId) -> Result<WebhookDeliveryId, Error> {
    let id = test(scope.connection(), partner, scope.now()).await?;
    audit::record(scope, Event::WebhookTested(partner.uuid())).await?;
    Ok(id)
}
