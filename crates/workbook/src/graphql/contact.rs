//! Contacts at the edge.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, PrivateText, Ready, caller, patch};
use time::OffsetDateTime;

use super::owned::settle;
use crate::{
    Change, CompanyId, ContactId,
    contact::{self, Draft},
};

/// How well the person knows a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::contact::ContactStatus")]
pub enum ContactStatus {
    /// Not at all yet.
    Cold,
    /// Through somebody, or a little.
    Warm,
    /// They are in touch.
    Connected,
    /// They were in touch once.
    Dormant,
}

/// A change of how well the person knows a contact.
#[derive(SimpleObject, Plain)]
pub struct ContactStatusChange {
    /// What it was; null for the first one.
    pub from: Option<ContactStatus>,
    /// What it became; null when it was taken away.
    pub to: Option<ContactStatus>,
    /// What the person noted about it.
    pub note: PrivateText,
    /// When that was.
    pub changed_at: OffsetDateTime,
}

/// Somebody to talk to.
#[derive(SimpleObject, Plain)]
pub struct Contact {
    /// The contact; `delete` takes it.
    pub id: Gid<ContactId>,
    /// Where they work, one of the person's companies.
    pub company: Option<Gid<CompanyId>>,
    /// What they are called.
    pub name: PrivateText,
    /// What they do.
    pub title: PrivateText,
    /// How well the person knows them; null when they have not said.
    pub status: Option<ContactStatus>,
    /// Anything else.
    pub notes: PrivateText,
    /// Their page.
    pub linkedin_url: PrivateText,
    /// What happened to the status, the newest first.
    pub history: Vec<ContactStatusChange>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// Somebody new to talk to.
#[derive(InputObject)]
pub struct CreateContactInput {
    /// An id of the client's own making, `contact:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<ContactId>>,
    /// Where they work, one of the caller's companies.
    pub company: Option<Gid<CompanyId>>,
    /// What they are called; 1 to 200 characters.
    pub name: String,
    /// What they do; at most 200 characters.
    pub title: Option<String>,
    /// How well the person knows them.
    pub status: Option<ContactStatus>,
    /// What to remember about the status; at most 500 characters. Only beside a `status` that is new.
    pub status_note: Option<String>,
    /// Anything else; at most 5,000 characters.
    pub notes: Option<String>,
    /// Their page, an http or https address of at most 2,000 characters.
    pub linkedin_url: Option<String>,
}

/// What to change about a contact; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateContactInput {
    /// The contact.
    pub id: Gid<ContactId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// Where they work, one of the caller's companies.
    pub company: MaybeUndefined<Gid<CompanyId>>,
    /// What they are called; 1 to 200 characters.
    pub name: MaybeUndefined<String>,
    /// What they do; at most 200 characters.
    pub title: MaybeUndefined<String>,
    /// How well the person knows them.
    pub status: MaybeUndefined<ContactStatus>,
    /// What to remember about the status; at most 500 characters. Only beside a `status` that is new.
    pub status_note: Option<String>,
    /// Anything else; at most 5,000 characters.
    pub notes: MaybeUndefined<String>,
    /// Their page, an http or https address of at most 2,000 characters.
    pub linkedin_url: MaybeUndefined<String>,
}

/// A contact as it is now.
#[derive(SimpleObject, Plain)]
pub struct ContactPayload {
    /// The contact.
    pub contact: Contact,
}

/// What can be asked about contacts.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContactQuery;

#[Object]
impl ContactQuery {
    /// The caller's contacts in the order of their making.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn contacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those who work there.")] company: Option<Gid<CompanyId>>,
    ) -> Answer<Ready<Vec<Contact>>> {
        let history = ctx.look_ahead().field("history").exists();
        let scope = caller(ctx)?.read().await?;
        let company = company.map(|id| id.0);
        let all = contact::all(&scope, company, history).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with contacts.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContactMutation;

#[Object]
impl ContactMutation {
    /// Adds a contact. The same id again returns the contact that is there.
    async fn create_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contact.")] input: CreateContactInput,
    ) -> Answer<Ready<ContactPayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let contact = contact::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(contact.into()))
    }

    /// Changes a contact. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the contact as it is.
    async fn update_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateContactInput,
    ) -> Answer<Ready<ContactPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = contact::update(&scope, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateContactInput> for Draft {
    fn from(input: CreateContactInput) -> Self {
        Self {
            company: input.company.map(|id| id.0).into(),
            name: Some(input.name).into(),
            title: input.title.into(),
            status: input.status.map(Into::into).into(),
            status_note: input.status_note,
            notes: input.notes.into(),
            linkedin_url: input.linkedin_url.into(),
        }
    }
}

impl From<UpdateContactInput> for Draft {
    fn from(input: UpdateContactInput) -> Self {
        Self {
            company: patch(input.company).map(|id| id.0),
            name: patch(input.name),
            title: patch(input.title),
            status: patch(input.status).map(Into::into),
            status_note: input.status_note,
            notes: patch(input.notes),
            linkedin_url: patch(input.linkedin_url),
        }
    }
}

impl From<contact::Contact> for Contact {
    fn from(contact: contact::Contact) -> Self {
        Self {
            id: Gid(contact.id),
            company: contact.company.map(Gid),
            name: contact.name.into(),
            title: contact.title.into(),
            status: contact.status.map(Into::into),
            notes: contact.notes.into(),
            linkedin_url: contact.linkedin_url.into(),
            history: contact.history.into_iter().map(Into::into).collect(),
            revision: contact.revision,
            created_at: contact.created_at,
            updated_at: contact.updated_at,
        }
    }
}

impl From<Change<contact::ContactStatus>> for ContactStatusChange {
    fn from(change: Change<contact::ContactStatus>) -> Self {
        Self {
            from: change.from.map(Into::into),
            to: change.to.map(Into::into),
            note: change.note.into(),
            changed_at: change.changed_at,
        }
    }
}

impl From<contact::Contact> for ContactPayload {
    fn from(contact: contact::Contact) -> Self {
        Self {
            contact: contact.into(),
        }
    }
}
