//! Who a person finds they are: texts that the workbook leads to, all sealed.
//!
//! The row also holds the life dashboard, which a page of the workbook saves by itself every few seconds.
//! `revision` counts the changes of the texts alone: whoever writes their summary is not told of a conflict
//! because a rating has moved. Each save of the dashboard is counted by its instance, as any tool's is.

mod sections;

use dreamtree_content::DataKind;
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch, Private};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};

use crate::{
    Error,
    entity::user_profile::{Column, Entity, Model},
    owned::{Saved, is_stale},
    prefill,
    sealed::{Row, Text},
    tool::dashboard::{self, Dashboard},
};

pub use sections::{Part, Section, sections};

const TABLE: &str = "user_profile";

const HEADLINE: Text = text("headline", "headline", 200);
const SUMMARY: Text = text("summary", "summary", 1_000);
const IDENTITY_STORY: Text = text("identity_story", "identityStory", 10_000);
const ALLEGORY: Text = text("allegory", "allegory", 10_000);
const VALUE_PROPOSITION: Text = text("value_proposition", "valueProposition", 200);

const fn text(column: &'static str, field: &'static str, longest: usize) -> Text {
    Text {
        column,
        field,
        longest,
    }
}

/// Who a person finds they are.
#[derive(Clone, Debug)]
pub struct Profile {
    /// In a few words; at most 200 characters.
    pub headline: Private<String>,
    /// In a few sentences; at most 1,000 characters.
    pub summary: Private<String>,
    /// How they became who they are; at most 10,000 characters.
    pub identity_story: Private<String>,
    /// The same as a tale; at most 10,000 characters.
    pub allegory: Private<String>,
    /// What they bring to others; at most 200 characters.
    pub value_proposition: Private<String>,
    /// How their life is going, once they have rated it.
    pub life_dashboard: Option<Dashboard>,
    /// Counts the changes of the texts; 0 before the first.
    pub revision: i32,
    /// When a text or the dashboard was first saved.
    pub created_at: Option<Instant>,
    /// When a text or the dashboard was last saved.
    pub updated_at: Option<Instant>,
}

/// What to change about the texts.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// In a few words.
    pub headline: Patch<String>,
    /// In a few sentences.
    pub summary: Patch<String>,
    /// How the person became who they are.
    pub identity_story: Patch<String>,
    /// The same as a tale.
    pub allegory: Patch<String>,
    /// What they bring to others.
    pub value_proposition: Patch<String>,
}

/// The person's profile; one statement.
pub async fn get(scope: &Scope) -> Result<Profile, Error> {
    Ok(read(scope, find(scope).await?.as_ref()))
}

/// Changes texts of the profile, or begins it; the dashboard stays as it is.
pub async fn update(
    scope: &Scope,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Profile>, Error> {
    let known = find(scope).await?;
    if is_stale(known.as_ref().map_or(0, |row| row.revision), expected) {
        return Ok(Saved::Stale(read(scope, known.as_ref())));
    }
    let mut row = known.unwrap_or_else(|| blank(scope));
    apply(scope, &mut row, draft)?;
    row.revision += 1;
    row.updated_at = scope.now();
    let again = OnConflict::column(Column::UserId)
        .update_columns([
            Column::Headline,
            Column::Summary,
            Column::IdentityStory,
            Column::Allegory,
            Column::ValueProposition,
            Column::KeyGeneration,
            Column::Revision,
            Column::UpdatedAt,
        ])
        .to_owned();
    Entity::insert(row.clone().into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    prefill::note(scope, DataKind::Profile).await?;
    Ok(Saved::Done(read(scope, Some(&row))))
}

async fn find(scope: &Scope) -> Result<Option<Model>, Error> {
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    Ok(scope.gather_one(mine).await?)
}

fn blank(scope: &Scope) -> Model {
    Model {
        user_id: scope.user(),
        headline: None,
        summary: None,
        identity_story: None,
        allegory: None,
        value_proposition: None,
        life_dashboard_work: None,
        life_dashboard_play: None,
        life_dashboard_love: None,
        life_dashboard_health: None,
        life_dashboard_notes: None,
        key_generation: None,
        revision: 0,
        created_at: scope.now(),
        updated_at: scope.now(),
    }
}

fn apply(scope: &Scope, row: &mut Model, draft: Draft) -> Result<(), Error> {
    let sealed = Row::new(scope, TABLE, row.user_id);
    let generation = sealed.generation(row.key_generation)?;
    let change = |text: &Text, known: &mut Option<String>, patch| {
        *known = sealed.patch(text, known.take(), patch)?;
        Ok::<(), Error>(())
    };
    change(&HEADLINE, &mut row.headline, draft.headline)?;
    change(&SUMMARY, &mut row.summary, draft.summary)?;
    change(
        &IDENTITY_STORY,
        &mut row.identity_story,
        draft.identity_story,
    )?;
    change(&ALLEGORY, &mut row.allegory, draft.allegory)?;
    change(
        &VALUE_PROPOSITION,
        &mut row.value_proposition,
        draft.value_proposition,
    )?;
    row.key_generation = Some(generation);
    Ok(())
}

fn read(scope: &Scope, row: Option<&Model>) -> Profile {
    let sealed = Row::new(scope, TABLE, scope.user());
    let open = |text: &Text, pick: fn(&Model) -> &Option<String>| {
        sealed.open(text.column, row.and_then(|row| pick(row).as_deref()))
    };
    Profile {
        headline: open(&HEADLINE, |row| &row.headline),
        summary: open(&SUMMARY, |row| &row.summary),
        identity_story: open(&IDENTITY_STORY, |row| &row.identity_story),
        allegory: open(&ALLEGORY, |row| &row.allegory),
        value_proposition: open(&VALUE_PROPOSITION, |row| &row.value_proposition),
        life_dashboard: row.and_then(|row| dashboard::read(scope, row)),
        revision: row.map_or(0, |row| row.revision),
        created_at: row.map(|row| row.created_at),
        updated_at: row.map(|row| row.updated_at),
    }
}
