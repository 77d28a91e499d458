//! What can be asked about oneself.

use async_graphql::{Context, Object};
use dreamtree_api::{Answer, Nullable, Ready, caller};
use dreamtree_types::Actor;

use super::{Viewer, appearance::Appearance};
use crate::{Client, Error, Identity, login, viewer};

/// Identity's part of the query root.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityQuery;

#[Object]
impl IdentityQuery {
    /// The person who asks; null without a session. A session that has ended is refused with `SESSION_EXPIRED`.
    async fn viewer(&self, ctx: &Context<'_>) -> Nullable<Viewer> {
        current_viewer(ctx).await.transpose()
    }

    /// The address that the caller signs in with; null until the work is claimed.
    async fn email(&self, ctx: &Context<'_>) -> Nullable<String> {
        address(ctx).await.transpose()
    }

    /// What pages can look like: the names that `updateSettings` takes.
    async fn appearance(&self) -> Ready<Appearance> {
        Ready(Appearance::all())
    }
}

/// The person who asks, as their rows are now; `None` without a session.
pub async fn current_viewer(ctx: &Context<'_>) -> Answer<Option<Viewer>> {
    let caller = caller(ctx)?;
    let expires_at = match caller.actor().await? {
        Actor::Visitor => return Ok(None),
        Actor::User { expires_at, .. } => expires_at,
        Actor::Expired => return caller.read().await.map(|_| None),
    };
    let viewer = viewer::current(&*caller.read().await?, expires_at).await?;
    Ok(Some(viewer.into()))
}

async fn address(ctx: &Context<'_>) -> Answer<Option<String>> {
    let scope = caller(ctx)?.read().await?;
    let email = login::active(&scope, &identity(ctx)?.keys).await?;
    Ok(email.map(|email| email.as_str().to_owned()))
}

/// Identity, as the gateway put it into the schema.
pub(super) fn identity<'a>(ctx: &Context<'a>) -> Answer<&'a Identity> {
    ctx.data_opt::<Identity>().ok_or_else(|| Error::Gone.into())
}

/// Where the request comes from, as the gateway put it into its data.
pub(super) fn client<'a>(ctx: &Context<'a>) -> &'a Client {
    static NOWHERE: Client = Client::nowhere();
    ctx.data_opt::<Client>().unwrap_or(&NOWHERE)
}
