//! Partners as operators see and register them.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_crypto::PartnerToken;
use dreamtree_types::PartnerId;
use time::OffsetDateTime;

use super::scope::{PartnerScope, scopes, words};
use crate::{Error, NewPartner, Partner, ProgramKind, partner};

/// A partner, for operators.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct RegisteredPartner {
    /// The partner; `closePartner` takes it.
    pub id: Gid<PartnerId>,
    /// What its program sends as `client_id`.
    pub client_id: String,
    /// As people read it on the consent page.
    pub name: String,
    /// True for a program that has a secret.
    pub confidential: bool,
    /// Where people may be sent back to.
    pub redirect_uris: Vec<String>,
    /// What it may ask people for.
    pub scopes: Vec<PartnerScope>,
    /// When it was registered.
    pub created_at: OffsetDateTime,
    /// Since when it may do nothing any more; null while it may.
    pub closed_at: Option<OffsetDateTime>,
}

/// A partner to register.
#[derive(InputObject)]
pub struct RegisterPartnerInput {
    /// As people will read it on the consent page; 1 to 100 characters.
    pub name: String,
    /// Where people may be sent back to, 1 to 10 whole addresses: `https://…`, or `http://` for a machine itself. They are
    /// compared letter by letter.
    pub redirect_uris: Vec<String>,
    /// What it may ask people for; at least one.
    pub scopes: Vec<PartnerScope>,
    /// False for a program that runs with people and cannot keep a secret.
    #[graphql(default = true)]
    pub confidential: bool,
}

/// A partner is registered.
#[derive(Debug, SimpleObject, Plain)]
pub struct RegisterPartnerPayload {
    /// The partner.
    pub partner: RegisteredPartner,
    /// What its program proves itself with; null for one that cannot keep a secret. Shown this once and kept nowhere.
    pub client_secret: Option<String>,
}

/// A partner to close.
#[derive(InputObject)]
pub struct ClosePartnerInput {
    /// The partner.
    pub partner: Gid<PartnerId>,
}

/// A partner is closed.
#[derive(Debug, SimpleObject, Plain)]
pub struct ClosePartnerPayload {
    /// True: its secret and its tokens are worth nothing any more.
    pub closed: bool,
}

/// What operators can ask about partners.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistryQuery;

#[Object]
impl RegistryQuery {
    /// For operators: all partners, closed ones too, in the order of their registration.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn partners(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<RegisteredPartner>>> {
        let scope = caller(ctx)?.read_as_operator().await?;
        let all = partner::registered(&scope).await.map_err(Error::from)?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What operators can do about partners.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistryMutation;

#[Object]
impl RegistryMutation {
    /// For operators: registers a partner, whose program may ask people from then on.
    async fn register_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner.")] input: RegisterPartnerInput,
    ) -> Answer<Ready<RegisterPartnerPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        let registered = partner::register_by(&scope, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(RegisterPartnerPayload {
            client_secret: registered.secret.as_ref().map(PartnerToken::reveal),
            partner: registered.partner.into(),
        }))
    }

    /// For operators: closes the door of a partner. From its next request on its secret and its tokens are worth nothing;
    /// it cannot be opened again.
    async fn close_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner.")] input: ClosePartnerInput,
    ) -> Answer<Ready<ClosePartnerPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        partner::close_by(&scope, input.partner.0).await?;
        Caller::commit(scope).await?;
        Ok(Ready(ClosePartnerPayload { closed: true }))
    }
}

impl From<RegisterPartnerInput> for NewPartner {
    fn from(input: RegisterPartnerInput) -> Self {
        Self {
            name: input.name,
            redirect_uris: input.redirect_uris,
            scopes: scopes(&input.scopes),
            kind: if input.confidential {
                ProgramKind::Confidential
            } else {
                ProgramKind::Public
            },
        }
    }
}

impl From<Partner> for RegisteredPartner {
    fn from(partner: Partner) -> Self {
        Self {
            id: Gid(partner.id),
            client_id: partner.id.to_string(),
            confidential: partner.kind() == ProgramKind::Confidential,
            redirect_uris: partner.redirect_uris().map(str::to_owned).collect(),
            scopes: words(&partner.scopes()),
            name: partner.name,
            created_at: partner.created_at,
            closed_at: partner.closed_at,
        }
    }
}
