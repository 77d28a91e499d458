//! Consents and accepted terms, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Plain, Ready, UNPAGED, add_conflict, caller};
use dreamtree_database::Scope;
use time::OffsetDateTime;

use super::{Viewer, query::current_viewer};
use crate::{
    Error, consent,
    terms::{self, Seen},
};

/// A kind of consent, and what the caller has said to it. `consentTexts` has the words.
#[derive(Debug, SimpleObject, Plain)]
pub struct Consent {
    /// What it is about, such as "statistics".
    pub kind: String,
    /// The version of the text that counts now; null for a kind that is not asked for any more.
    pub version: Option<i32>,
    /// True when the caller agrees to that version.
    pub given: bool,
    /// True when the caller has yet to be asked: they have said nothing so far, or have agreed to an earlier text.
    pub pending: bool,
    /// What the caller has said so far, in order.
    pub history: Vec<ConsentRecord>,
}

/// A consent that was given or declined.
#[derive(Debug, SimpleObject, Plain)]
pub struct ConsentRecord {
    /// The version of the text.
    pub version: i32,
    /// When it was given; null for one that was declined.
    pub given_at: Option<OffsetDateTime>,
    /// When it was withdrawn or declined; null while it was not, also where one to a later text has followed.
    pub withdrawn_at: Option<OffsetDateTime>,
}

/// Terms that the caller has accepted.
#[derive(Debug, SimpleObject, Plain)]
pub struct AcceptedTerms {
    /// Their version.
    pub version: i32,
    /// When.
    pub accepted_at: OffsetDateTime,
}

/// What is agreed to.
#[derive(InputObject)]
pub struct GiveConsentInput {
    /// One of the kinds of `consentTexts`.
    pub kind: String,
    /// The version that was read.
    pub version: i32,
}

/// What is taken back or declined.
#[derive(InputObject)]
pub struct WithdrawConsentInput {
    /// One of the kinds of `consents`.
    pub kind: String,
}

/// A consent as it is now.
#[derive(Debug, SimpleObject, Plain)]
pub struct ConsentPayload {
    /// The consent.
    pub consent: Consent,
    /// The person, with what is still pending.
    pub viewer: Viewer,
}

/// What can be asked about consents.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsentQuery;

#[Object]
impl ConsentQuery {
    /// Every kind of consent, by name, with what the caller has said to it; also kinds that are not asked for any more, where
    /// the caller has said something to one.
    #[graphql(complexity = "UNPAGED * child_complexity + 1")]
    async fn consents(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Consent>>> {
        let scope = caller(ctx)?.read().await?;
        let consents = consent::all(&scope).await.map_err(Error::from)?;
        Ok(Ready(consents.iter().map(Into::into).collect()))
    }

    /// The terms that the caller has accepted, the latest first.
    #[graphql(complexity = "UNPAGED * child_complexity + 1")]
    async fn accepted_terms(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<AcceptedTerms>>> {
        let scope = caller(ctx)?.read().await?;
        let accepted = terms::accepted(&scope).await.map_err(Error::from)?;
        Ok(Ready(accepted.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with consents.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Agrees to a text. Again changes nothing; a version that is not the latest gets `CONFLICT` and shows which one is. An
    /// unknown kind is `NOT_FOUND`.
    async fn give_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is agreed to.")] input: GiveConsentInput,
    ) -> Answer<Ready<ConsentPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (consent, seen) = consent::give(&scope, &input.kind, input.version).await?;
        settle(ctx, scope, seen).await?;
        payload(ctx, &consent).await
    }

    /// Takes a consent back, or declines it before it was ever given: the caller is not asked again. Again changes nothing. An
    /// unknown kind is `NOT_FOUND`.
    async fn withdraw_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is taken back.")] input: WithdrawConsentInput,
    ) -> Answer<Ready<ConsentPayload>> {
        let scope = caller(ctx)?.write().await?;
        let consent = consent::withdraw(&scope, &input.kind).await?;
        Caller::commit(scope).await?;
        payload(ctx, &consent).await
    }
}

/// Makes what was written last, or says that another version of the text counts now; then nothing was written.
pub(super) async fn settle(ctx: &Context<'_>, scope: Scope, seen: Seen) -> Answer<()> {
    match seen {
        Seen::Present => Caller::commit(scope).await,
        Seen::Outdated => {
            add_conflict(ctx, "input.version");
            Ok(())
        }
    }
}

async fn payload(ctx: &Context<'_>, consent: &consent::Consent) -> Answer<Ready<ConsentPayload>> {
    Ok(Ready(ConsentPayload {
        consent: consent.into(),
        viewer: current_viewer(ctx).await?.ok_or(Error::Gone)?,
    }))
}

impl From<&consent::Consent> for Consent {
    fn from(consent: &consent::Consent) -> Self {
        Self {
            kind: consent.kind.clone(),
            version: consent.version,
            given: consent.holds(),
            pending: consent.is_pending(),
            history: consent.records().into_iter().map(Into::into).collect(),
        }
    }
}

impl From<consent::Record> for ConsentRecord {
    fn from(record: consent::Record) -> Self {
        Self {
            version: record.version,
            given_at: record.given_at,
            withdrawn_at: record.withdrawn_at,
        }
    }
}

impl From<terms::Accepted> for AcceptedTerms {
    fn from(accepted: terms::Accepted) -> Self {
        Self {
            version: accepted.version,
            accepted_at: accepted.accepted_at,
        }
    }
}
