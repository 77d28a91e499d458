//! Shared results at the edge.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, address, caller};
use dreamtree_assessments::AttemptId;
use time::{Date, OffsetDateTime};

use crate::{Error, ShareId, picture::Subject, share};

/// What a shared picture shows. None says whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::picture::Kind")]
pub enum SharedResults {
    /// The present scores of the self-assessment, one for each competency.
    CompetencyRadar,
    /// The averages of the self-assessments over time.
    CompetencyTrend,
    /// What one completed attempt at an assessment of coaching has reached in each competency.
    AttemptBars,
}

/// A secret address under which others see a picture of the caller's results, as they are when it is looked at.
#[derive(Debug, SimpleObject, Plain)]
pub struct Share {
    /// The share; `revokeShare` takes it.
    pub id: Gid<ShareId>,
    /// What it shows.
    pub kind: SharedResults,
    /// The attempt that it shows; null for kinds that show none.
    pub attempt: Option<Gid<AttemptId>>,
    /// When it stops to show anything.
    pub expires_at: OffsetDateTime,
    /// True once it has stopped.
    pub ended: bool,
    /// The day on which somebody last looked, in UTC; null when nobody has.
    pub opened_on: Option<Date>,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

/// What to share.
#[derive(InputObject)]
pub struct ShareResultsInput {
    /// What to show.
    pub kind: SharedResults,
    /// The attempt to show, a completed one of the caller's: for `ATTEMPT_BARS`, and only for that.
    pub attempt: Option<Gid<AttemptId>>,
    /// For how many days; 1 to 365.
    #[graphql(default = 30)]
    pub expires_in_days: i32,
}

/// Something is shared.
#[derive(Debug, SimpleObject, Plain)]
pub struct ShareResultsPayload {
    /// The share.
    pub share: Share,
    /// The address of the picture as SVG; with `.png` at its end in the place of `.svg`, as PNG. Whoever has it can see the
    /// picture. Shown this once and kept nowhere.
    pub url: String,
}

/// The share to revoke.
#[derive(InputObject)]
pub struct RevokeShareInput {
    /// The share.
    pub id: Gid<ShareId>,
}

/// A share shows nothing any more.
#[derive(Debug, SimpleObject, Plain)]
pub struct RevokeSharePayload {
    /// What it was.
    pub id: Gid<ShareId>,
}

/// What can be asked about shared results.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShareQuery;

#[Object]
impl ShareQuery {
    /// The caller's shares in the order of their making, without their secrets; ended ones too.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn shares(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Share>>> {
        let scope = caller(ctx)?.read().await?;
        let all = share::all(&scope).await.map_err(Error::from)?;
        let told = all.iter().map(|one| Share::of(one, scope.now()));
        Ok(Ready(told.collect::<Result<_, Error>>()?))
    }
}

/// What can be done with shared results.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShareMutation;

#[Object]
impl ShareMutation {
    /// Makes a secret address under which others see a picture of the caller's results, without their name. A person may
    /// have 20 of them.
    async fn share_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to share.")] input: ShareResultsInput,
    ) -> Answer<Ready<ShareResultsPayload>> {
        let scope = caller(ctx)?.write().await?;
        let attempt = input.attempt.map(|attempt| attempt.0);
        let subject = Subject::of(input.kind.into(), attempt).ok_or(Error::Attempt)?;
        let made = Box::pin(share::create(&scope, subject, input.expires_in_days));
        let (made, token) = made.await?;
        let share = Share::of(&made, scope.now())?;
        Caller::commit(scope).await?;
        let url = address(ctx, &format!("/results/{}.svg", token.reveal()));
        Ok(Ready(ShareResultsPayload { share, url }))
    }

    /// Revokes a share of the caller and forgets it; it shows nothing from now on.
    async fn revoke_share(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The share.")] input: RevokeShareInput,
    ) -> Answer<Ready<RevokeSharePayload>> {
        let scope = caller(ctx)?.write().await?;
        share::revoke(&scope, input.id.0).await?;
        Caller::commit(scope).await?;
        Ok(Ready(RevokeSharePayload { id: input.id }))
    }
}

impl Share {
    fn of(known: &share::Share, now: OffsetDateTime) -> Result<Self, Error> {
        let subject = known.subject()?;
        Ok(Self {
            id: Gid(known.id),
            kind: subject.kind().into(),
            attempt: subject.attempt().map(Gid),
            expires_at: known.expires_at,
            ended: known.expires_at <= now,
            opened_on: known.opened_on,
            created_at: known.created_at,
        })
    }
}
