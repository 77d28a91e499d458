//! Openings and applications.

use std::mem;

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::{
    CompanyId, Error, JobId,
    entity::{
        user_companies,
        user_jobs::{Column, Entity, Model},
        user_status_changes,
    },
    owned::{self, Saved, is_stale},
    status::{self, Change, History, Tracked},
    text,
    word::{Word, words},
};

const LONGEST_TITLE: usize = 200;
const LONGEST_NOTES: usize = 5_000;

words! {
    /// How far an application has come.
    JobStatus {
        /// Kept for later.
        Saved = "saved",
        /// Sent.
        Applied = "applied",
        /// They talk.
        Interviewing = "interviewing",
        /// There is an offer.
        Offered = "offered",
        /// The person has said yes.
        Accepted = "accepted",
        /// The company has said no.
        Rejected = "rejected",
        /// The person has said no.
        Withdrawn = "withdrawn",
    }
}

/// An opening, or an application for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The job among the person's.
    pub id: JobId,
    /// The company, one of the person's.
    pub company: Option<CompanyId>,
    /// What it is called; 1 to 200 characters.
    pub title: String,
    /// Where it is announced, http or https; at most 2,000 characters.
    pub posting_url: Option<String>,
    /// How far the application has come.
    pub status: Option<JobStatus>,
    /// Anything else; at most 5,000 characters.
    pub notes: Option<String>,
    /// What happened to the status, the newest first; empty where it was not asked for.
    pub history: Vec<Change<JobStatus>>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a job; of a new one, what it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The company.
    pub company: Patch<CompanyId>,
    /// What it is called; cannot be taken away.
    pub title: Patch<String>,
    /// Where it is announced.
    pub posting_url: Patch<String>,
    /// How far the application has come.
    pub status: Patch<JobStatus>,
    /// What to remember about the change of the status; at most 500 characters.
    pub status_note: Option<String>,
    /// Anything else.
    pub notes: Patch<String>,
}

/// Which jobs are wanted; nothing set wants all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Those of this company.
    pub company: Option<CompanyId>,
    /// Those with this status.
    pub status: Option<JobStatus>,
}

impl Tracked for Entity {
    type Status = JobStatus;

    fn id() -> Column {
        Column::Id
    }

    fn subject() -> user_status_changes::Column {
        user_status_changes::Column::JobId
    }

    fn status(row: &Model) -> Option<&str> {
        row.application_status.as_deref()
    }
}

/// The person's jobs in the order of their making; one statement, with the histories if `history` is true.
pub async fn all(scope: &Scope, wanted: Wanted, history: bool) -> Result<Vec<Job>, Error> {
    let mut mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    if let Some(company) = wanted.company {
        mine = mine.filter(Column::CompanyId.eq(company));
    }
    if let Some(status) = wanted.status {
        mine = mine.filter(Column::ApplicationStatus.eq(status.as_str()));
    }
    let rows = status::rows(scope, mine, history).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Adds a job. One with this id that is there already is returned as it is.
pub async fn create(scope: &Scope, id: Option<JobId>, mut draft: Draft) -> Result<Job, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return status::with_history::<Entity>(scope, known.id, known)
            .await
            .map(read);
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        company_id: None,
        title: String::new(),
        posting_url: None,
        application_status: None,
        notes: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    let note = draft.status_note.take();
    apply(scope, &mut row, draft).await?;
    status::insert::<Entity>(scope, id, row, note)
        .await
        .map(read)
}

/// Changes a job.
pub async fn update(
    scope: &Scope,
    id: JobId,
    expected: Option<i32>,
    mut draft: Draft,
) -> Result<Saved<Job>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        let history = status::of::<Entity>(scope, id).await?;
        return Ok(Saved::Stale(read((row, history))));
    }
    let (before, note) = (row.application_status.clone(), draft.status_note.take());
    apply(scope, &mut row, draft).await?;
    let history = status::replace::<Entity>(scope, id, &mut row, before.as_deref(), note).await?;
    Ok(Saved::Done(read((row, history))))
}

/// Takes a job away.
pub(crate) async fn delete(scope: &Scope, id: JobId, expected: Option<i32>) -> Result<(), Error> {
    owned::take::<Entity>(scope, id, expected).await
}

async fn apply(scope: &Scope, row: &mut Model, draft: Draft) -> Result<(), Error> {
    if let Patch::Set(company) = draft.company {
        owned::find::<user_companies::Entity>(scope, company, "input.company").await?;
    }
    row.company_id = draft.company.onto(row.company_id);
    let title = mem::take(&mut row.title);
    row.title = text::required(title, draft.title, LONGEST_TITLE, "input.title")?;
    row.posting_url = text::address(
        row.posting_url.take(),
        draft.posting_url,
        "input.postingUrl",
    )?;
    let status = draft.status.map(|status| status.as_str().to_owned());
    row.application_status = status.onto(row.application_status.take());
    row.notes = text::patch(row.notes.take(), draft.notes, LONGEST_NOTES, "input.notes")?;
    Ok(())
}

fn read((row, history): (Model, History<Entity>)) -> Job {
    Job {
        id: row.id,
        company: row.company_id,
        title: row.title,
        posting_url: row.posting_url,
        status: row.application_status.as_deref().and_then(Word::parse),
        notes: row.notes,
        history,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
