//! Jobs at the edge.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, PrivateText, Ready, caller, patch};
use time::OffsetDateTime;

use super::owned::settle;
use crate::{
    Change, CompanyId, JobId,
    job::{self, Draft, Wanted},
};

/// How far an application has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::job::JobStatus")]
pub enum JobStatus {
    /// Kept for later.
    Saved,
    /// The application is sent.
    Applied,
    /// They talk.
    Interviewing,
    /// There is an offer.
    Offered,
    /// The person has said yes.
    Accepted,
    /// The company has said no.
    Rejected,
    /// The person has said no.
    Withdrawn,
}

/// A change of how far an application has come.
#[derive(SimpleObject, Plain)]
pub struct JobStatusChange {
    /// What it was; null for the first one.
    pub from: Option<JobStatus>,
    /// What it became; null when it was taken away.
    pub to: Option<JobStatus>,
    /// What the person noted about it.
    pub note: PrivateText,
    /// When that was.
    pub changed_at: OffsetDateTime,
}

/// An opening, or an application for it.
#[derive(SimpleObject, Plain)]
pub struct Job {
    /// The job; `delete` takes it.
    pub id: Gid<JobId>,
    /// The company, one of the person's.
    pub company: Option<Gid<CompanyId>>,
    /// What it is called.
    pub title: String,
    /// Where it is announced.
    pub posting_url: Option<String>,
    /// How far the application has come; null when the person has not said.
    pub status: Option<JobStatus>,
    /// Anything else.
    pub notes: Option<String>,
    /// What happened to the status, the newest first.
    pub history: Vec<JobStatusChange>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// A new opening or application.
#[derive(InputObject)]
pub struct CreateJobInput {
    /// An id of the client's own making, `job:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<JobId>>,
    /// The company, one of the caller's.
    pub company: Option<Gid<CompanyId>>,
    /// What it is called; 1 to 200 characters.
    pub title: String,
    /// Where it is announced, an http or https address of at most 2,000 characters.
    pub posting_url: Option<String>,
    /// How far the application has come.
    pub status: Option<JobStatus>,
    /// What to remember about the status; at most 500 characters. Only beside a `status` that is new.
    pub status_note: Option<String>,
    /// Anything else; at most 5,000 characters.
    pub notes: Option<String>,
}

/// What to change about a job; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateJobInput {
    /// The job.
    pub id: Gid<JobId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// The company, one of the caller's.
    pub company: MaybeUndefined<Gid<CompanyId>>,
    /// What it is called; 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// Where it is announced, an http or https address of at most 2,000 characters.
    pub posting_url: MaybeUndefined<String>,
    /// How far the application has come.
    pub status: MaybeUndefined<JobStatus>,
    /// What to remember about the status; at most 500 characters. Only beside a `status` that is new.
    pub status_note: Option<String>,
    /// Anything else; at most 5,000 characters.
    pub notes: MaybeUndefined<String>,
}

/// A job as it is now.
#[derive(SimpleObject, Plain)]
pub struct JobPayload {
    /// The job.
    pub job: Job,
}

/// What can be asked about jobs.
#[derive(Clone, Copy, Debug, Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// The caller's jobs in the order of their making.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this company.")] company: Option<Gid<CompanyId>>,
        #[graphql(desc = "Only those with this status.")] status: Option<JobStatus>,
    ) -> Answer<Ready<Vec<Job>>> {
        let history = ctx.look_ahead().field("history").exists();
        let scope = caller(ctx)?.read().await?;
        let wanted = Wanted {
            company: company.map(|id| id.0),
            status: status.map(Into::into),
        };
        let all = job::all(&scope, wanted, history).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with jobs.
#[derive(Clone, Copy, Debug, Default)]
pub struct JobMutation;

#[Object]
impl JobMutation {
    /// Adds a job. The same id again returns the job that is there.
    async fn create_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job.")] input: CreateJobInput,
    ) -> Answer<Ready<JobPayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let job = job::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(job.into()))
    }

    /// Changes a job. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the job as it is.
    async fn update_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateJobInput,
    ) -> Answer<Ready<JobPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = job::update(&scope, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateJobInput> for Draft {
    fn from(input: CreateJobInput) -> Self {
        Self {
            company: input.company.map(|id| id.0).into(),
            title: Some(input.title).into(),
            posting_url: input.posting_url.into(),
            status: input.status.map(Into::into).into(),
            status_note: input.status_note,
            notes: input.notes.into(),
        }
    }
}

impl From<UpdateJobInput> for Draft {
    fn from(input: UpdateJobInput) -> Self {
        Self {
            company: patch(input.company).map(|id| id.0),
            title: patch(input.title),
            posting_url: patch(input.posting_url),
            status: patch(input.status).map(Into::into),
            status_note: input.status_note,
            notes: patch(input.notes),
        }
    }
}

impl From<job::Job> for Job {
    fn from(job: job::Job) -> Self {
        Self {
            id: Gid(job.id),
            company: job.company.map(Gid),
            title: job.title,
            posting_url: job.posting_url,
            status: job.status.map(Into::into),
            notes: job.notes,
            history: job.history.into_iter().map(Into::into).collect(),
            revision: job.revision,
            created_at: job.created_at,
            updated_at: job.updated_at,
        }
    }
}

impl From<Change<job::JobStatus>> for JobStatusChange {
    fn from(change: Change<job::JobStatus>) -> Self {
        Self {
            from: change.from.map(Into::into),
            to: change.to.map(Into::into),
            note: change.note.into(),
            changed_at: change.changed_at,
        }
    }
}

impl From<job::Job> for JobPayload {
    fn from(job: job::Job) -> Self {
        Self { job: job.into() }
    }
}
