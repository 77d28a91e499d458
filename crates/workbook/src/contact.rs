//! People to talk to. What is said about them is sealed, how well one knows them is not.

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch, Private};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::{
    CompanyId, ContactId, Error,
    entity::{
        user_companies,
        user_contacts::{Column, Entity, Model},
        user_status_changes,
    },
    owned::{self, Saved, is_stale},
    sealed::{Row, Text},
    status::{self, Change, History, Tracked},
    text,
    word::{Word, words},
};

const TABLE: &str = "user_contacts";

const NAME: Text = sealed("name", "name", 200);
const TITLE: Text = sealed("title", "title", 200);
const NOTES: Text = sealed("notes", "notes", 5_000);
const LINKEDIN_URL: Text = sealed("linkedin_url", "linkedinUrl", 2_000);

const fn sealed(column: &'static str, field: &'static str, longest: usize) -> Text {
    Text {
        column,
        field,
        longest,
    }
}

words! {
    /// How well the person knows a contact.
    ContactStatus {
        /// Not at all yet.
        Cold = "cold",
        /// Through somebody, or a little.
        Warm = "warm",
        /// They are in touch.
        Connected = "connected",
        /// They were.
        Dormant = "dormant",
    }
}

/// Somebody to talk to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The contact among the person's.
    pub id: ContactId,
    /// Where they work, one of the person's companies.
    pub company: Option<CompanyId>,
    /// What they are called; 1 to 200 characters.
    pub name: Private<String>,
    /// What they do; at most 200 characters.
    pub title: Private<String>,
    /// How well the person knows them.
    pub status: Option<ContactStatus>,
    /// Anything else; at most 5,000 characters.
    pub notes: Private<String>,
    /// Their page, http or https; at most 2,000 characters.
    pub linkedin_url: Private<String>,
    /// What happened to the status, the newest first; empty where it was not asked for.
    pub history: Vec<Change<ContactStatus>>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a contact; of a new one, who it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Where they work.
    pub company: Patch<CompanyId>,
    /// What they are called; cannot be taken away.
    pub name: Patch<String>,
    /// What they do.
    pub title: Patch<String>,
    /// How well the person knows them.
    pub status: Patch<ContactStatus>,
    /// What to remember about the change of the status; at most 500 characters.
    pub status_note: Option<String>,
    /// Anything else.
    pub notes: Patch<String>,
    /// Their page.
    pub linkedin_url: Patch<String>,
}

impl Tracked for Entity {
    type Status = ContactStatus;

    fn id() -> Column {
        Column::Id
    }

    fn subject() -> user_status_changes::Column {
        user_status_changes::Column::ContactId
    }

    fn status(row: &Model) -> Option<&str> {
        row.relationship_status.as_deref()
    }
}

/// The person's contacts, or those at one company, in the order of their making; one statement, with the
/// histories if `history` is true.
pub async fn all(
    scope: &Scope,
    company: Option<CompanyId>,
    history: bool,
) -> Result<Vec<Contact>, Error> {
    let mut mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    if let Some(company) = company {
        mine = mine.filter(Column::CompanyId.eq(company));
    }
    let rows = status::rows(scope, mine, history).await?;
    Ok(rows.into_iter().map(|row| read(scope, row)).collect())
}

/// Adds a contact. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    id: Option<ContactId>,
    mut draft: Draft,
) -> Result<Contact, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return Ok(read(
            scope,
            status::with_history::<Entity>(scope, known.id, known).await?,
        ));
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        company_id: None,
        name: String::new(),
        title: None,
        relationship_status: None,
        notes: None,
        linkedin_url: None,
        key_generation: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    let note = draft.status_note.take();
    apply(scope, &mut row, draft).await?;
    let made = status::insert::<Entity>(scope, id, row, note).await?;
    Ok(read(scope, made))
}

/// Changes a contact.
pub async fn update(
    scope: &Scope,
    id: ContactId,
    expected: Option<i32>,
    mut draft: Draft,
) -> Result<Saved<Contact>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        let history = status::of::<Entity>(scope, id).await?;
        return Ok(Saved::Stale(read(scope, (row, history))));
    }
    let (before, note) = (row.relationship_status.clone(), draft.status_note.take());
    apply(scope, &mut row, draft).await?;
    let history = status::replace::<Entity>(scope, id, &mut row, before.as_deref(), note).await?;
    Ok(Saved::Done(read(scope, (row, history))))
}

/// Takes a contact away.
pub(crate) async fn delete(
    scope: &Scope,
    id: ContactId,
    expected: Option<i32>,
) -> Result<(), Error> {
    owned::take::<Entity>(scope, id, expected).await
}

async fn apply(scope: &Scope, row: &mut Model, draft: Draft) -> Result<(), Error> {
    if let Patch::Set(company) = draft.company {
        owned::find::<user_companies::Entity>(scope, company, "input.company").await?;
    }
    row.company_id = draft.company.onto(row.company_id);
    let status = draft.status.map(|status| status.as_str().to_owned());
    row.relationship_status = status.onto(row.relationship_status.take());
    text::check_address(&draft.linkedin_url, "input.linkedinUrl")?;
    let sealed = Row::new(scope, TABLE, row.id);
    let changes = [draft.name, draft.title, draft.notes, draft.linkedin_url];
    row.key_generation = sealed.generation_of(row.key_generation, &changes)?;
    let [name, title, notes, linkedin_url] = changes;
    row.name = sealed.patch_required(&NAME, &row.name, name)?;
    row.title = sealed.patch(&TITLE, row.title.take(), title)?;
    row.notes = sealed.patch(&NOTES, row.notes.take(), notes)?;
    row.linkedin_url = sealed.patch(&LINKEDIN_URL, row.linkedin_url.take(), linkedin_url)?;
    Ok(())
}

fn read(scope: &Scope, (row, history): (Model, History<Entity>)) -> Contact {
    let sealed = Row::new(scope, TABLE, row.id);
    let open = |text: &Text, value: &Option<String>| sealed.open(text.column, value.as_deref());
    Contact {
        id: row.id,
        company: row.company_id,
        name: sealed.open(NAME.column, Some(&row.name)),
        title: open(&TITLE, &row.title),
        status: row.relationship_status.as_deref().and_then(Word::parse),
        notes: open(&NOTES, &row.notes),
        linkedin_url: open(&LINKEDIN_URL, &row.linkedin_url),
        history,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
