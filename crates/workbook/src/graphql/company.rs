//! Companies at the edge.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, PrivateText, Ready, caller, patch};
use time::OffsetDateTime;

use super::owned::settle;
use crate::{
    Change, CompanyId,
    company::{self, Draft},
};

/// How far the person has come with a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::company::CompanyStatus")]
pub enum CompanyStatus {
    /// The person reads about it.
    Researching,
    /// They want to get in touch.
    Targeted,
    /// They have written or called.
    Contacted,
    /// Somebody there has answered.
    InConversation,
    /// It is over.
    Closed,
}

/// A change of how far the person has come with a company.
#[derive(SimpleObject, Plain)]
pub struct CompanyStatusChange {
    /// What it was; null for the first one.
    pub from: Option<CompanyStatus>,
    /// What it became; null when it was taken away.
    pub to: Option<CompanyStatus>,
    /// What the person noted about it.
    pub note: PrivateText,
    /// When that was.
    pub changed_at: OffsetDateTime,
}

/// A company worth a closer look.
#[derive(SimpleObject, Plain)]
pub struct Company {
    /// The company; `delete` takes it.
    pub id: Gid<CompanyId>,
    /// What it is called.
    pub name: String,
    /// How far the person has come with it; null when they have not said.
    pub status: Option<CompanyStatus>,
    /// What they have found out.
    pub research_notes: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// What happened to the status, the newest first.
    pub history: Vec<CompanyStatusChange>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// A new company worth a closer look.
#[derive(InputObject)]
pub struct CreateCompanyInput {
    /// An id of the client's own making, `company:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<CompanyId>>,
    /// What it is called; 1 to 200 characters.
    pub name: String,
    /// How far the person has come with it.
    pub status: Option<CompanyStatus>,
    /// What to remember about the status; at most 500 characters. Only beside a `status` that is new.
    pub status_note: Option<String>,
    /// What they have found out; at most 5,000 characters.
    pub research_notes: Option<String>,
    /// Its page, an http or https address of at most 2,000 characters.
    pub url: Option<String>,
}

/// What to change about a company; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateCompanyInput {
    /// The company.
    pub id: Gid<CompanyId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What it is called; 1 to 200 characters.
    pub name: MaybeUndefined<String>,
    /// How far the person has come with it.
    pub status: MaybeUndefined<CompanyStatus>,
    /// What to remember about the status; at most 500 characters. Only beside a `status` that is new.
    pub status_note: Option<String>,
    /// What they have found out; at most 5,000 characters.
    pub research_notes: MaybeUndefined<String>,
    /// Its page, an http or https address of at most 2,000 characters.
    pub url: MaybeUndefined<String>,
}

/// A company as it is now.
#[derive(SimpleObject, Plain)]
pub struct CompanyPayload {
    /// The company.
    pub company: Company,
}

/// What can be asked about companies.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompanyQuery;

#[Object]
impl CompanyQuery {
    /// The caller's companies in the order of their making.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn companies(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Company>>> {
        let history = ctx.look_ahead().field("history").exists();
        let scope = caller(ctx)?.read().await?;
        let all = company::all(&scope, history).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with companies.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompanyMutation;

#[Object]
impl CompanyMutation {
    /// Adds a company. The same id again returns the company that is there.
    async fn create_company(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The company.")] input: CreateCompanyInput,
    ) -> Answer<Ready<CompanyPayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let company = company::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(company.into()))
    }

    /// Changes a company. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the company as it is.
    async fn update_company(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateCompanyInput,
    ) -> Answer<Ready<CompanyPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = company::update(&scope, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateCompanyInput> for Draft {
    fn from(input: CreateCompanyInput) -> Self {
        Self {
            name: Some(input.name).into(),
            status: input.status.map(Into::into).into(),
            status_note: input.status_note,
            research_notes: input.research_notes.into(),
            url: input.url.into(),
        }
    }
}

impl From<UpdateCompanyInput> for Draft {
    fn from(input: UpdateCompanyInput) -> Self {
        Self {
            name: patch(input.name),
            status: patch(input.status).map(Into::into),
            status_note: input.status_note,
            research_notes: patch(input.research_notes),
            url: patch(input.url),
        }
    }
}

impl From<company::Company> for Company {
    fn from(company: company::Company) -> Self {
        Self {
            id: Gid(company.id),
            name: company.name,
            status: company.status.map(Into::into),
            research_notes: company.research_notes,
            url: company.url,
            history: company.history.into_iter().map(Into::into).collect(),
            revision: company.revision,
            created_at: company.created_at,
            updated_at: company.updated_at,
        }
    }
}

impl From<Change<company::CompanyStatus>> for CompanyStatusChange {
    fn from(change: Change<company::CompanyStatus>) -> Self {
        Self {
            from: change.from.map(Into::into),
            to: change.to.map(Into::into),
            note: change.note.into(),
            changed_at: change.changed_at,
        }
    }
}

impl From<company::Company> for CompanyPayload {
    fn from(company: company::Company) -> Self {
        Self {
            company: company.into(),
        }
    }
}
