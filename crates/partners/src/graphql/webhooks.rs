//! Webhooks as operators set them up.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_crypto::WebhookSecret;
use dreamtree_identity::{Error as IdentityError, Identity};
use dreamtree_types::{Instant, PartnerId};
use time::OffsetDateTime;

use crate::{
    Error,
    webhook::{self, FORMER, NewWebhook, Placed, Reach, Switch, Webhook},
};

/// What a partner is told. A message says that something has changed, and nothing of what it is now: that the partner reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "webhook::WebhookEvent")]
pub enum WebhookEvent {
    /// `grant.given`: a person lets the partner read.
    GrantGiven,
    /// `grant.changed`: a person has changed what the partner may read.
    GrantChanged,
    /// `grant.withdrawn`: a person does not let the partner read any more, or is gone.
    GrantWithdrawn,
    /// `competency_result.changed`: the result of a person who lets the partner read it is another one, or the first.
    CompetencyResultChanged,
}

/// How it stands with a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "webhook::WebhookState")]
pub enum WebhookState {
    /// The partner is told there.
    On,
    /// It is told there, and nothing has arrived for two days or longer.
    Failing,
    /// An operator has switched it off: what waits goes on waiting, what happens is not told.
    Off,
    /// It has answered that it is gone (410), and was switched off.
    Gone,
}

/// Where a partner is told that something has changed; one place for each partner.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct PartnerWebhook {
    /// The partner.
    pub partner: Gid<PartnerId>,
    /// Where messages go.
    pub url: String,
    /// What it is told of.
    pub events: Vec<WebhookEvent>,
    /// How it stands with it.
    pub state: WebhookState,
    /// Since when nothing has arrived; null while all is well.
    pub failing_since: Option<OffsetDateTime>,
    /// Until when messages are signed with the secret before as well; null when they are not.
    pub former_secret_until: Option<OffsetDateTime>,
    /// When it was set up.
    pub created_at: OffsetDateTime,
    /// When an operator last changed it.
    pub updated_at: OffsetDateTime,
}

/// Where a partner is to be told from now on.
#[derive(InputObject)]
pub struct SetPartnerWebhookInput {
    /// The partner.
    pub partner: Gid<PartnerId>,
    /// Where: a whole address of a server that everybody can reach, `https://…` at port 443 or 8443; at most 500 characters.
    pub url: String,
    /// What it is to be told of; at least one.
    pub events: Vec<WebhookEvent>,
    /// False to switch it off.
    #[graphql(default = true)]
    pub enabled: bool,
}

/// A webhook as it is now.
#[derive(Debug, SimpleObject, Plain)]
pub struct SetPartnerWebhookPayload {
    /// The webhook.
    pub webhook: PartnerWebhook,
    /// What messages are checked with, `whsec_…`; null where the webhook was there already. Shown this once.
    pub secret: Option<String>,
}

/// A webhook that is to have another secret.
#[derive(InputObject)]
pub struct RotateWebhookSecretInput {
    /// The partner.
    pub partner: Gid<PartnerId>,
}

/// A webhook has another secret.
#[derive(Debug, SimpleObject, Plain)]
pub struct RotateWebhookSecretPayload {
    /// What messages are checked with, `whsec_…`. Shown this once.
    pub secret: String,
    /// Until when they are signed with the one before as well: 24 hours from now.
    pub former_secret_until: OffsetDateTime,
}

/// What operators can ask about webhooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct WebhooksQuery;

#[Object]
impl WebhooksQuery {
    /// For operators: where partners are told that something has changed, in the order of the partners' registration.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn partner_webhooks(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<PartnerWebhook>>> {
        let scope = caller(ctx)?.read_as_operator().await?;
        let all = webhook::all_by(&scope).await.map_err(Error::from)?;
        let now = scope.now();
        let shown = all.into_iter().map(|one| PartnerWebhook::of(one, now));
        Ok(Ready(shown.collect()))
    }
}

/// What operators can do about webhooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct WebhooksMutation;

#[Object]
impl WebhooksMutation {
    /// For operators: says where a partner is told that something has changed, and of what. Its secret stays as it is.
    async fn set_partner_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The webhook.")] input: SetPartnerWebhookInput,
    ) -> Answer<Ready<SetPartnerWebhookPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        let reach = ctx.data_opt::<Reach>().copied().unwrap_or_default();
        let keys = identity(ctx)?.keys();
        let Placed { webhook, secret } =
            webhook::set_by(&scope, &keys, reach, input.into()).await?;
        let now = scope.now();
        Caller::commit(scope).await?;
        Ok(Ready(SetPartnerWebhookPayload {
            webhook: PartnerWebhook::of(webhook, now),
            secret: secret.as_ref().map(WebhookSecret::reveal),
        }))
    }

    /// For operators: gives the webhook of a partner another secret. For 24 hours messages are signed with the one before as
    /// well, so that the partner can take the new one in at leisure.
    async fn rotate_webhook_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The webhook.")] input: RotateWebhookSecretInput,
    ) -> Answer<Ready<RotateWebhookSecretPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        let keys = identity(ctx)?.keys();
        let secret = webhook::rotate_by(&scope, &keys, input.partner.0).await?;
        let former_secret_until = scope.now() + FORMER;
        Caller::commit(scope).await?;
        Ok(Ready(RotateWebhookSecretPayload {
            secret: secret.reveal(),
            former_secret_until,
        }))
    }
}

fn identity<'a>(ctx: &Context<'a>) -> Answer<&'a Identity> {
    let identity = ctx.data_opt::<Identity>();
    identity.ok_or_else(|| Error::from(IdentityError::Gone).into())
}

impl From<SetPartnerWebhookInput> for NewWebhook {
    fn from(input: SetPartnerWebhookInput) -> Self {
        Self {
            partner: input.partner.0,
            url: input.url,
            events: input.events.into_iter().map(Into::into).collect(),
            switch: if input.enabled {
                Switch::On
            } else {
                Switch::Off
            },
        }
    }
}

impl PartnerWebhook {
    fn of(webhook: Webhook, now: Instant) -> Self {
        Self {
            partner: Gid(webhook.partner_id),
            events: webhook.events().into_iter().map(Into::into).collect(),
            state: webhook.state(now).into(),
            failing_since: webhook.failing_since,
            former_secret_until: webhook.former_until.filter(|until| now < *until),
            created_at: webhook.created_at,
            updated_at: webhook.updated_at,
            url: webhook.url,
        }
    }
}
