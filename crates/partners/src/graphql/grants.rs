//! What a person lets partners read, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_types::{GrantId, PartnerId};
use time::{Date, OffsetDateTime};

use super::scope::{PartnerScope, scopes, words};
use crate::{Error, Grant, Partner, grant};

/// What the caller lets a partner read.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct PartnerGrant {
    /// The grant; `limitPartner` and `withdrawPartner` take it.
    pub id: Gid<GrantId>,
    /// The partner; `diary` names it as `detail`.
    pub partner: Gid<PartnerId>,
    /// What the partner is called.
    pub name: String,
    /// True for a partner that may not read any more, whatever it was granted.
    pub closed: bool,
    /// What it may read.
    pub scopes: Vec<PartnerScope>,
    /// The name under which the partner knows the caller. Every partner knows another one.
    pub subject: String,
    /// The day on which it last read, in UTC; null when it never did.
    pub read_on: Option<Date>,
    /// When the caller gave it.
    pub created_at: OffsetDateTime,
    /// When the caller last changed it.
    pub updated_at: OffsetDateTime,
}

/// What is to be left of a grant.
#[derive(InputObject)]
pub struct LimitPartnerInput {
    /// The grant.
    pub grant: Gid<GrantId>,
    /// What may be read from now on: some of what may be read already, at least one.
    pub scopes: Vec<PartnerScope>,
}

/// A grant as it is now.
#[derive(Debug, SimpleObject, Plain)]
pub struct LimitPartnerPayload {
    /// What may be read from now on.
    pub scopes: Vec<PartnerScope>,
}

/// A grant to take away.
#[derive(InputObject)]
pub struct WithdrawPartnerInput {
    /// The grant.
    pub grant: Gid<GrantId>,
}

/// A grant is gone.
#[derive(Debug, SimpleObject, Plain)]
pub struct WithdrawPartnerPayload {
    /// True: the partner reads nothing of the caller any more.
    pub withdrawn: bool,
}

/// What a person can ask about partners.
#[derive(Clone, Copy, Debug, Default)]
pub struct GrantsQuery;

#[Object]
impl GrantsQuery {
    /// What the caller lets partners read, in the order of their giving.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn partner_grants(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<PartnerGrant>>> {
        let scope = caller(ctx)?.read().await?;
        let grants = grant::all(&scope).await.map_err(Error::from)?;
        Ok(Ready(grants.into_iter().map(Into::into).collect()))
    }
}

/// What a person can do about partners. What a partner may read is granted on the page `/oauth/authorize` alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct GrantsMutation;

#[Object]
impl GrantsMutation {
    /// Takes some of what a partner may read away again, from its next request on.
    async fn limit_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be left.")] input: LimitPartnerInput,
    ) -> Answer<Ready<LimitPartnerPayload>> {
        let scope = caller(ctx)?.write().await?;
        let grant = grant::limit(&scope, input.grant.0, &scopes(&input.scopes)).await?;
        Caller::commit(scope).await?;
        Ok(Ready(LimitPartnerPayload {
            scopes: words(&grant.scopes()),
        }))
    }

    /// Takes all of what a partner may read away; its tokens for the caller are worth nothing from its next request on.
    /// What it has read before, it has.
    async fn withdraw_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The grant.")] input: WithdrawPartnerInput,
    ) -> Answer<Ready<WithdrawPartnerPayload>> {
        let scope = caller(ctx)?.write().await?;
        grant::withdraw(&scope, input.grant.0).await?;
        Caller::commit(scope).await?;
        Ok(Ready(WithdrawPartnerPayload { withdrawn: true }))
    }
}

impl From<(Grant, Partner)> for PartnerGrant {
    fn from((grant, partner): (Grant, Partner)) -> Self {
        Self {
            id: Gid(grant.id),
            partner: Gid(partner.id),
            closed: partner.closed_at.is_some(),
            scopes: words(&grant.scopes()),
            name: partner.name,
            subject: grant.subject,
            read_on: grant.read_on,
            created_at: grant.created_at,
            updated_at: grant.updated_at,
        }
    }
}
