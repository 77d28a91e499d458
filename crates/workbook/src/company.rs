//! Companies worth a closer look.

use std::mem;

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::{
    CompanyId, Error,
    entity::{
        user_companies::{Column, Entity, Model},
        user_contacts, user_jobs, user_status_changes,
    },
    owned::{self, Saved, is_stale},
    status::{self, Change, History, Tracked},
    text,
    word::{Word, words},
};

const LONGEST_NAME: usize = 200;
const LONGEST_NOTES: usize = 5_000;

words! {
    /// How far the person has come with a company.
    CompanyStatus {
        /// They read about it.
        Researching = "researching",
        /// They want to get in touch.
        Targeted = "targeted",
        /// They have written or called.
        Contacted = "contacted",
        /// Somebody has answered.
        InConversation = "in_conversation",
        /// It is over.
        Closed = "closed",
    }
}

/// A company worth a closer look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The company among the person's.
    pub id: CompanyId,
    /// What it is called; 1 to 200 characters.
    pub name: String,
    /// How far the person has come with it.
    pub status: Option<CompanyStatus>,
    /// What they have found out; at most 5,000 characters.
    pub research_notes: Option<String>,
    /// Its page, http or https; at most 2,000 characters.
    pub url: Option<String>,
    /// What happened to the status, the newest first; empty where it was not asked for.
    pub history: Vec<Change<CompanyStatus>>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a company; of a new one, what it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What it is called; cannot be taken away.
    pub name: Patch<String>,
    /// How far the person has come with it.
    pub status: Patch<CompanyStatus>,
    /// What to remember about the change of the status; at most 500 characters.
    pub status_note: Option<String>,
    /// What they have found out.
    pub research_notes: Patch<String>,
    /// Its page.
    pub url: Patch<String>,
}

impl Tracked for Entity {
    type Status = CompanyStatus;

    fn id() -> Column {
        Column::Id
    }

    fn subject() -> user_status_changes::Column {
        user_status_changes::Column::CompanyId
    }

    fn status(row: &Model) -> Option<&str> {
        row.status.as_deref()
    }
}

/// The person's companies in the order of their making; one statement, with the histories if `history` is true.
pub async fn all(scope: &Scope, history: bool) -> Result<Vec<Company>, Error> {
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    let rows = status::rows(scope, mine, history).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Adds a company. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    id: Option<CompanyId>,
    mut draft: Draft,
) -> Result<Company, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return status::with_history::<Entity>(scope, known.id, known)
            .await
            .map(read);
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        name: String::new(),
        status: None,
        research_notes: None,
        url: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    let note = draft.status_note.take();
    apply(&mut row, draft)?;
    status::insert::<Entity>(scope, id, row, note)
        .await
        .map(read)
}

/// Changes a company.
pub async fn update(
    scope: &Scope,
    id: CompanyId,
    expected: Option<i32>,
    mut draft: Draft,
) -> Result<Saved<Company>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        let history = status::of::<Entity>(scope, id).await?;
        return Ok(Saved::Stale(read((row, history))));
    }
    let (before, note) = (row.status.clone(), draft.status_note.take());
    apply(&mut row, draft)?;
    let history = status::replace::<Entity>(scope, id, &mut row, before.as_deref(), note).await?;
    Ok(Saved::Done(read((row, history))))
}

/// Takes a company away; its contacts and jobs stay, without a company.
pub(crate) async fn delete(
    scope: &Scope,
    id: CompanyId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    owned::release::<user_contacts::Entity>(scope, user_contacts::Column::CompanyId, id).await?;
    owned::release::<user_jobs::Entity>(scope, user_jobs::Column::CompanyId, id).await?;
    owned::delete::<Entity>(scope, id).await
}

fn apply(row: &mut Model, draft: Draft) -> Result<(), Error> {
    let name = mem::take(&mut row.name);
    row.name = text::required(name, draft.name, LONGEST_NAME, "input.name")?;
    let status = draft.status.map(|status| status.as_str().to_owned());
    row.status = status.onto(row.status.take());
    row.research_notes = text::patch(
        row.research_notes.take(),
        draft.research_notes,
        LONGEST_NOTES,
        "input.researchNotes",
    )?;
    row.url = text::address(row.url.take(), draft.url, "input.url")?;
    Ok(())
}

fn read((row, history): (Model, History<Entity>)) -> Company {
    Company {
        id: row.id,
        name: row.name,
        status: row.status.as_deref().and_then(Word::parse),
        research_notes: row.research_notes,
        url: row.url,
        history,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
