//! Credentials at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, address, caller};
use dreamtree_content::graphql::library;
use dreamtree_identity::{graphql::counted, limit::Act};
use dreamtree_types::Instant;
use time::OffsetDateTime;

use super::JsonDocument;
use crate::{CredentialId, Error, Signer, credential};

/// A signed statement of how the caller rates themselves, which they can show elsewhere (Open Badges 3.0).
#[derive(Debug, SimpleObject, Plain)]
pub struct Credential {
    /// The credential; `revokeCredential` and `credentialDocument` take it.
    pub id: Gid<CredentialId>,
    /// From when on it can be shown.
    pub valid_from: OffsetDateTime,
    /// When it ends: a year after the oldest of its scores was given.
    pub valid_until: OffsetDateTime,
    /// True once it has ended.
    pub ended: bool,
}

/// A credential in both forms in which it can be shown.
#[derive(Debug, SimpleObject, Plain)]
pub struct CredentialDocument {
    /// The credential.
    pub credential: Credential,
    /// As JSON-LD with a proof inside (W3C Verifiable Credentials 2.0, cryptosuite eddsa-rdfc-2022). The same each time.
    pub json: JsonDocument,
    /// As a JSON Web Token (ES256).
    pub token: String,
}

/// The credential to revoke.
#[derive(InputObject)]
pub struct RevokeCredentialInput {
    /// The credential.
    pub id: Gid<CredentialId>,
}

/// A credential is no longer in force.
#[derive(Debug, SimpleObject, Plain)]
pub struct RevokeCredentialPayload {
    /// What it was.
    pub id: Gid<CredentialId>,
}

/// What can be asked about credentials.
#[derive(Clone, Copy, Debug, Default)]
pub struct CredentialQuery;

#[Object]
impl CredentialQuery {
    /// The caller's credentials that were not revoked, newest first, ended ones too.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn credentials(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Credential>>> {
        let scope = caller(ctx)?.read().await?;
        let all = credential::all(&scope).await.map_err(Error::from)?;
        let now = scope.now();
        Ok(Ready(
            all.iter().map(|one| Credential::of(one, now)).collect(),
        ))
    }

    /// One of the caller's credentials as it can be shown.
    #[graphql(complexity = "50 + child_complexity")]
    async fn credential_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The credential.")] id: Gid<CredentialId>,
    ) -> Answer<Ready<CredentialDocument>> {
        let scope = caller(ctx)?.read().await?;
        let known = credential::get(&scope, id.0).await?;
        shown(ctx, &known, scope.now()).await.map(Ready)
    }
}

/// What can be done with credentials.
#[derive(Clone, Copy, Debug, Default)]
pub struct CredentialMutation;

#[Object]
impl CredentialMutation {
    /// Issues a credential of the caller's present self-assessment, which has to be complete and not older than a year;
    /// where one was issued of that result already, it is that one. Needs claimed work. A person may have 20 of them.
    #[graphql(complexity = "100 + child_complexity")]
    async fn issue_credential(&self, ctx: &Context<'_>) -> Answer<Ready<CredentialDocument>> {
        counted(ctx, Act::Credential).await?;
        let caller = caller(ctx)?;
        let keys = signer(ctx)?.keys(caller.database()).await;
        let keys = keys.map_err(Error::from)?;
        let scope = caller.write().await?;
        let site = address(ctx, "");
        let issued = credential::issue(&scope, library(ctx)?, keys, &site);
        // Boxed: whatever waits for it would be larger by all of it.
        let issued = Box::pin(issued).await?;
        let now = scope.now();
        Caller::commit(scope).await?;
        shown(ctx, &issued, now).await.map(Ready)
    }

    /// Revokes a credential of the caller and forgets it. Whoever checks it is told after an hour at most.
    async fn revoke_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The credential.")] input: RevokeCredentialInput,
    ) -> Answer<Ready<RevokeCredentialPayload>> {
        counted(ctx, Act::Credential).await?;
        let scope = caller(ctx)?.write().await?;
        credential::revoke(&scope, input.id.0).await?;
        Caller::commit(scope).await?;
        Ok(Ready(RevokeCredentialPayload { id: input.id }))
    }
}

impl Credential {
    fn of(known: &credential::Credential, now: Instant) -> Self {
        Self {
            id: Gid(known.id),
            valid_from: known.valid_from,
            valid_until: known.valid_until,
            ended: known.valid_until <= now,
        }
    }
}

/// A credential in both forms.
async fn shown(
    ctx: &Context<'_>,
    known: &credential::Credential,
    now: Instant,
) -> Answer<CredentialDocument> {
    let keys = signer(ctx)?.keys(caller(ctx)?.database()).await;
    let document = credential::document(known)?;
    let token = credential::token(&document, keys.map_err(Error::from)?)?;
    Ok(CredentialDocument {
        credential: Credential::of(known, now),
        json: JsonDocument(document),
        token,
    })
}

fn signer<'a>(ctx: &Context<'a>) -> Answer<&'a Signer> {
    Ok(ctx.data_opt::<Signer>().ok_or(Error::NoSigner)?)
}
