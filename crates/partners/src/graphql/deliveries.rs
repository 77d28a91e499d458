//! Messages to partners as operators see them and have them sent again.

use async_graphql::{
    Context, Enum, InputObject, Object, SimpleObject,
    connection::{Connection, Edge},
};
use dreamtree_api::{Answer, Caller, Cursor, Gid, Plain, Ready, caller};
use dreamtree_types::PartnerId;
use time::OffsetDateTime;

use crate::{
    WebhookDeliveryId,
    webhook::{self, Delivery, Replay, Wanted},
};

/// A page of messages.
pub type WebhookDeliveries = Connection<String, WebhookDelivery>;

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "webhook::DeliveryState")]
pub enum WebhookDeliveryState {
    /// It is tried, or tried again.
    Waiting,
    /// It has arrived; remembered for 30 days.
    Delivered,
    /// It was given up; kept for 90 days, and `replayWebhooks` sends it again.
    Dead,
}

/// A message to a partner. What it says is not shown.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct WebhookDelivery {
    /// The message; `replayWebhooks` takes it.
    pub id: Gid<WebhookDeliveryId>,
    /// What the partner sees as `webhook-id`: the same at every attempt.
    pub message_id: String,
    /// The partner.
    pub partner: Gid<PartnerId>,
    /// What it tells, such as `grant.given`; `webhook.test` for one that only tries the webhook out.
    pub event: String,
    /// How far it has come.
    pub state: WebhookDeliveryState,
    /// How often it was tried, since it was last sent again by hand.
    pub attempts: i32,
    /// The status that the last attempt was answered with; null where there was no answer.
    pub last_status: Option<i32>,
    /// Why the last attempt failed: `status`, `gone`, `timeout`, `unresolved`, `private`, `unreachable`, `tls`, `broken`,
    /// `target` or `sealed`; null where none did.
    pub last_fault: Option<String>,
    /// When it is tried next; null where it is not.
    pub next_attempt_at: Option<OffsetDateTime>,
    /// When it was written, which is when what it tells has happened.
    pub created_at: OffsetDateTime,
    /// When it arrived.
    pub delivered_at: Option<OffsetDateTime>,
    /// When it was given up.
    pub failed_at: Option<OffsetDateTime>,
}

/// A webhook to try out.
#[derive(InputObject)]
pub struct TestPartnerWebhookInput {
    /// The partner.
    pub partner: Gid<PartnerId>,
}

/// A message to try a webhook out is on its way.
#[derive(Debug, SimpleObject, Plain)]
pub struct TestPartnerWebhookPayload {
    /// The message, of the type `webhook.test`; `webhookDeliveries` tells what becomes of it.
    pub delivery: Gid<WebhookDeliveryId>,
}

/// Dead letters to send again: one, or all since a time.
#[derive(InputObject)]
pub struct ReplayWebhooksInput {
    /// The partner.
    pub partner: Gid<PartnerId>,
    /// This one only.
    pub delivery: Option<Gid<WebhookDeliveryId>>,
    /// All that were written at this time or later.
    pub since: Option<OffsetDateTime>,
}

/// Dead letters are on their way again.
#[derive(Debug, SimpleObject, Plain)]
pub struct ReplayWebhooksPayload {
    /// How many.
    pub replayed: i32,
}

/// What operators can ask about messages to partners.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliveriesQuery;

#[Object]
impl DeliveriesQuery {
    /// For operators: messages to partners, the newest first.
    #[graphql(complexity = "first.clamp(1, 100) as usize * child_complexity / 4 + 1")]
    async fn webhook_deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this partner only.")] partner: Option<Gid<PartnerId>>,
        #[graphql(desc = "That have come so far only.")] state: Option<WebhookDeliveryState>,
        #[graphql(desc = "How many at most; 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor of the message that the page comes after.")] after: Option<
            String,
        >,
    ) -> Answer<Ready<WebhookDeliveries>> {
        let scope = caller(ctx)?.read_as_operator().await?;
        let begins = after.is_none();
        let wanted = Wanted {
            partner: partner.map(|partner| partner.0),
            state: state.map(Into::into),
            first,
            after: after.map(|text| Cursor::read(&text)).transpose()?,
        };
        let page = webhook::page_by(&scope, wanted).await?;
        let mut shown = Connection::new(!begins, page.has_next);
        let edges = page.deliveries.into_iter();
        shown.edges.extend(
            edges.map(|one| Edge::new(one.cursor().to_string(), WebhookDelivery::from(one))),
        );
        Ok(Ready(shown))
    }
}

/// What operators can do about messages to partners.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliveriesMutation;

#[Object]
impl DeliveriesMutation {
    /// For operators: sends a message to the webhook of a partner that says nothing but that it works.
    async fn test_partner_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The webhook.")] input: TestPartnerWebhookInput,
    ) -> Answer<Ready<TestPartnerWebhookPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        let delivery = webhook::test_by(&scope, input.partner.0).await?;
        Caller::commit(scope).await?;
        Ok(Ready(TestPartnerWebhookPayload {
            delivery: Gid(delivery),
        }))
    }

    /// For operators: sends messages again that were given up, with the `webhook-id` that they had.
    async fn replay_webhooks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The messages.")] input: ReplayWebhooksInput,
    ) -> Answer<Ready<ReplayWebhooksPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        let which = Replay::of(input.delivery.map(|one| one.0), input.since)?;
        let count = webhook::replay_by(&scope, input.partner.0, which).await?;
        Caller::commit(scope).await?;
        Ok(Ready(ReplayWebhooksPayload {
            replayed: i32::try_from(count).unwrap_or(i32::MAX),
        }))
    }
}

impl From<Delivery> for WebhookDelivery {
    fn from(delivery: Delivery) -> Self {
        let waits = delivery.state() == webhook::DeliveryState::Waiting;
        Self {
            id: Gid(delivery.id),
            message_id: delivery.message_id(),
            partner: Gid(delivery.partner_id),
            state: delivery.state().into(),
            event: delivery.event,
            attempts: delivery.attempts,
            last_status: delivery.last_status,
            last_fault: delivery.last_fault,
            next_attempt_at: waits.then_some(delivery.next_attempt_at),
            created_at: delivery.created_at,
            delivered_at: delivery.delivered_at,
            failed_at: delivery.failed_at,
        }
    }
}
