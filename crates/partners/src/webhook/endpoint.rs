//! Where a partner is told: set up, changed and switched off by operators, one place for each partner.

use dreamtree_audit::{self as audit, Event};
use dreamtree_courier::{Reach, Target};
use dreamtree_crypto::{ServerKeys, System, WebhookSecret};
use dreamtree_database::{Database, Scope};
use dreamtree_types::{Instant, PartnerId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use time::Duration;

use super::{
    WebhookEvent,
    event::{stored, written},
};
use crate::{
    Error,
    entity::{
        partner_webhooks::{Column, Entity, Model},
        webhook_deliveries,
    },
    partner,
};

/// After a rotation messages are signed with the secret before as well, for so long.
pub const FORMER: Duration = Duration::hours(24);

/// A place that fails for so long is more than a passing trouble.
const FAILING: Duration = Duration::days(2);

/// Where a partner is told.
pub type Webhook = Model;

/// Whether a place is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It is.
    On,
    /// What waits goes on waiting, and what happens meanwhile is not told.
    Off,
}

/// How it stands with a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookState {
    /// It is told.
    On,
    /// It is told, and nothing has arrived for two days or longer.
    Failing,
    /// An operator has switched it off.
    Off,
    /// It has answered that it is gone (410), and was switched off.
    Gone,
}

/// A place to set up, or what it is to be from now on.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// Whose.
    pub partner: PartnerId,
    /// Where; a whole address that [`Target::parse`] takes.
    pub url: String,
    /// Of what; at least one.
    pub events: Vec<WebhookEvent>,
    /// Whether it is told.
    pub switch: Switch,
}

/// A place as it is now.
#[derive(Debug)]
pub struct Placed {
    /// The place.
    pub webhook: Webhook,
    /// What messages are signed with, shown once; none where the place was there already.
    pub secret: Option<WebhookSecret>,
}

impl Model {
    /// What it is told of.
    #[must_use]
    pub fn events(&self) -> Vec<WebhookEvent> {
        stored(&self.events)
    }

    /// How it stands with it.
    #[must_use]
    pub fn state(&self, now: Instant) -> WebhookState {
        let failing = self.failing_since.is_some_and(|at| at + FAILING <= now);
        match self.state.as_str() {
            ON if failing => WebhookState::Failing,
            ON => WebhookState::On,
            OFF => WebhookState::Off,
            _ => WebhookState::Gone,
        }
    }

    /// What messages are signed with at this time, the newest first.
    pub(super) fn secrets(
        &self,
        keys: &ServerKeys,
        now: Instant,
    ) -> Result<Vec<WebhookSecret>, dreamtree_crypto::Error> {
        let lasts = self.former_until.is_some_and(|until| now < until);
        let former = self.former_secret.iter().filter(|_| lasts);
        let all = std::iter::once(&self.secret).chain(former);
        all.map(|sealed| WebhookSecret::open(keys, self.partner_id.uuid(), sealed))
            .collect()
    }
}

/// What `state` says of a place that is told.
pub(super) const ON: &str = "on";
const OFF: &str = "off";
const GONE: &str = "gone";

/// Sets a partner's place up, or changes it; three statements. Its secret stays as it is, which [`rotate`] changes.
pub async fn set(
    connection: &impl ConnectionTrait,
    keys: &ServerKeys,
    reach: Reach,
    new: NewWebhook,
    now: Instant,
) -> Result<Placed, Error> {
    let refused = |field, rule: String| Error::Input { field, rule };
    Target::parse(&new.url, reach).map_err(|fault| refused("input.url", fault.to_string()))?;
    if new.events.is_empty() {
        return Err(refused("input.events", "must name at least one".to_owned()));
    }
    let partner = partner::open(connection, &new.partner.to_string()).await?;
    let partner = partner.ok_or(Error::NoPartner)?.id;
    let secret = WebhookSecret::generate(&mut System)?;
    let state = match new.switch {
        Switch::On => ON,
        Switch::Off => OFF,
    };
    let webhook = Model {
        partner_id: partner,
        url: new.url,
        events: written(&new.events),
        state: state.to_owned(),
        secret: secret.seal(keys, partner.uuid(), &mut System)?,
        former_secret: None,
        former_until: None,
        failing_since: None,
        created_at: now,
        updated_at: now,
    };
    let first = OnConflict::column(Column::PartnerId)
        .do_nothing()
        .to_owned();
    let made = Entity::insert(webhook.clone().into_active_model().reset_all())
        .on_conflict(first)
        .exec_without_returning(connection)
        .await?;
    if made > 0 {
        let secret = Some(secret);
        return Ok(Placed { webhook, secret });
    }
    Entity::update_many()
        .col_expr(Column::Url, Expr::value(&webhook.url))
        .col_expr(Column::Events, Expr::value(&webhook.events))
        .col_expr(Column::State, Expr::value(&webhook.state))
        .col_expr(Column::FailingSince, Expr::value(None::<Instant>))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::PartnerId.eq(partner))
        .exec(connection)
        .await?;
    let known = Entity::find_by_id(partner).one(connection).await?;
    let webhook = known.ok_or(Error::NoWebhook)?;
    Ok(Placed {
        webhook,
        secret: None,
    })
}

/// Gives a place another secret, which is shown once. For [`FORMER`] messages are signed with the one before as well; with
/// one from before that no more.
pub async fn rotate(
    connection: &impl ConnectionTrait,
    keys: &ServerKeys,
    partner: PartnerId,
    now: Instant,
) -> Result<WebhookSecret, Error> {
    let secret = WebhookSecret::generate(&mut System)?;
    let sealed = secret.seal(keys, partner.uuid(), &mut System)?;
    let changed = Entity::update_many()
        .col_expr(Column::FormerSecret, Expr::col(Column::Secret))
        .col_expr(Column::FormerUntil, Expr::value(now + FORMER))
        .col_expr(Column::Secret, Expr::value(sealed))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::PartnerId.eq(partner))
        .exec(connection)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::NoWebhook);
    }
    Ok(secret)
}

/// The places of all partners, in the order of the partners' registration.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Webhook>, DbErr> {
    Entity::find()
        .order_by_asc(Column::PartnerId)
        .all(connection)
        .await
}

/// The place of a partner.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    partner: PartnerId,
) -> Result<Option<Webhook>, DbErr> {
    Entity::find_by_id(partner).one(connection).await
}

/// Switches a place off that has said that it is gone; false when an operator has changed it meanwhile, and it stays.
pub(super) async fn gone(database: &Database, webhook: &Webhook) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(GONE))
        .filter(Column::PartnerId.eq(webhook.partner_id))
        .filter(Column::Url.eq(&webhook.url))
        .filter(Column::State.eq(ON))
        .exec(database.counters())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Notes that something has not arrived, or that something has.
pub(super) async fn note(
    database: &Database,
    webhook: &Webhook,
    failing_since: Option<Instant>,
) -> Result<(), DbErr> {
    if webhook.failing_since.is_some() == failing_since.is_some() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::FailingSince, Expr::value(failing_since))
        .filter(Column::PartnerId.eq(webhook.partner_id))
        .exec(database.counters())
        .await?;
    Ok(())
}

/// Takes secrets away that messages are not signed with any more; how many.
pub(crate) async fn forget_former(database: &Database) -> Result<u64, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::FormerSecret, Expr::value(None::<String>))
        .col_expr(Column::FormerUntil, Expr::value(None::<Instant>))
        .filter(Column::FormerUntil.lte(database.clock().now()))
        .exec(database.counters())
        .await?;
    Ok(done.rows_affected)
}

/// [`set`] by the scope's person, who is an operator; it stands in their diary.
pub(crate) async fn set_by(
    scope: &Scope,
    keys: &ServerKeys,
    reach: Reach,
    new: NewWebhook,
) -> Result<Placed, Error> {
    let placed = set(scope.connection(), keys, reach, new, scope.now()).await?;
    let partner = placed.webhook.partner_id.uuid();
    audit::record(scope, Event::WebhookSet(partner)).await?;
    Ok(placed)
}

/// [`rotate`] by the scope's person, who is an operator; it stands in their diary.
pub(crate) async fn rotate_by(
    scope: &Scope,
    keys: &ServerKeys,
    partner: PartnerId,
) -> Result<WebhookSecret, Error> {
    let secret = rotate(scope.connection(), keys, partner, scope.now()).await?;
    audit::record(scope, Event::WebhookSecretRotated(partner.uuid())).await?;
    Ok(secret)
}

/// The partner is closed for good: takes its place away, and what was to be told there; two statements.
pub(crate) async fn forget_partner(
    connection: &impl ConnectionTrait,
    partner: PartnerId,
) -> Result<(), DbErr> {
    use webhook_deliveries::{Column as Message, Entity as Messages};
    Entity::delete_by_id(partner).exec(connection).await?;
    Messages::delete_many()
        .filter(Message::PartnerId.eq(partner))
        .filter(Message::DeliveredAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// What [`all`] returns, as of the scope's moment.
pub(crate) async fn all_by(scope: &Scope) -> Result<Vec<Webhook>, DbErr> {
    all(scope.connection()).await
}
