//! Stories, told in a use of the tool or by themselves. Every text is sealed.

use dreamtree_content::{Library, StoryType};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch, Private};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use crate::{
    Error, ExperienceId, InstanceId, StoryId,
    entity::{
        user_experiences,
        user_stories::{Column, Entity, Model},
    },
    instance,
    owned::{self, Saved, is_stale},
    sealed::Row,
    tool::story::{self as told, TABLE, TEXTS},
};

/// A story of the person's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Story {
    /// The story among the person's.
    pub id: StoryId,
    /// What it is about.
    pub kind: Option<StoryType>,
    /// The experience that it tells of, one of the person's.
    pub experience: Option<ExperienceId>,
    /// The use of the tool that it was told in; `None` for one told by itself.
    pub instance: Option<InstanceId>,
    /// What it tells.
    pub texts: Private<told::Story>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a story; of a new one, what it is. One of the steps at least has to be told.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What it is about; of a story told in a use of the tool, the tool says.
    pub kind: Patch<StoryType>,
    /// The experience that it tells of.
    pub experience: Patch<ExperienceId>,
    /// What to call it; at most 200 characters.
    pub title: Patch<String>,
    /// What was going on; each step has at most 5,000 characters.
    pub situation: Patch<String>,
    /// What stood in the way.
    pub obstacle: Patch<String>,
    /// What the person did.
    pub action: Patch<String>,
    /// What came of it.
    pub result: Patch<String>,
    /// How they judge it.
    pub evaluation: Patch<String>,
    /// What they found out about themselves.
    pub discovery: Patch<String>,
}

/// Which stories are wanted; nothing set wants all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Those about this.
    pub kind: Option<StoryType>,
    /// Those that tell of this experience.
    pub experience: Option<ExperienceId>,
}

/// The person's stories in the order of their making; one statement.
pub async fn all(scope: &Scope, wanted: Wanted) -> Result<Vec<Story>, Error> {
    let mut mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    if let Some(kind) = wanted.kind {
        mine = mine.filter(Column::StoryType.eq(kind.as_str()));
    }
    if let Some(experience) = wanted.experience {
        mine = mine.filter(Column::ExperienceId.eq(experience));
    }
    let mine = mine.order_by_asc(Column::Id);
    let rows = scope.gather(mine).await?;
    Ok(rows.iter().map(|row| read(scope, row)).collect())
}

/// Adds a story. One with this id that is there already is returned as it is.
pub async fn create(scope: &Scope, id: Option<StoryId>, draft: Draft) -> Result<Story, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return Ok(read(scope, &known));
    }
    let id = id.unwrap_or_default();
    let mut row = Model {
        user_id: scope.user(),
        id,
        instance_id: None,
        experience_id: None,
        title: None,
        situation: None,
        obstacle: None,
        action: None,
        result: None,
        evaluation: None,
        discovery: None,
        story_type: None,
        key_generation: None,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    apply(scope, &mut row, draft).await?;
    let row = owned::insert::<Entity>(scope, row).await?;
    Ok(read(scope, &row))
}

/// Changes a story; what is changed about one of a use of the tool is changed there too.
pub async fn update(
    scope: &Scope,
    library: &Library,
    id: StoryId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Story>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(scope, &row)));
    }
    apply(scope, &mut row, draft).await?;
    owned::replace::<Entity>(scope, &mut row).await?;
    if let Some(instance) = row.instance_id {
        instance::touch(scope, library, instance).await?;
    }
    Ok(Saved::Done(read(scope, &row)))
}

/// Takes a story away, unless it belongs to a use of the tool.
pub async fn delete(scope: &Scope, id: StoryId, expected: Option<i32>) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    instance::refuse(row.instance_id)?;
    owned::take::<Entity>(scope, id, expected).await
}

async fn apply(scope: &Scope, row: &mut Model, draft: Draft) -> Result<(), Error> {
    if let Patch::Set(experience) = draft.experience {
        owned::find::<user_experiences::Entity>(scope, experience, "input.experience").await?;
    }
    row.experience_id = draft.experience.onto(row.experience_id);
    if row.instance_id.is_some() && draft.kind != Patch::Keep {
        let rule = "is said by the use of the tool that this story is told in";
        return Err(Error::invalid("input.type", rule));
    }
    let kind = draft.kind.map(|kind| kind.as_str().to_owned());
    row.story_type = kind.onto(row.story_type.take());
    let changes = [
        draft.title,
        draft.situation,
        draft.obstacle,
        draft.action,
        draft.result,
        draft.evaluation,
        draft.discovery,
    ];
    let sealed = Row::new(scope, TABLE, row.id);
    row.key_generation = sealed.generation_of(row.key_generation, &changes)?;
    let columns = told::columns(row);
    sealed.patch_all(&TEXTS.texts, columns, changes)?;
    let [_title, steps @ ..] = told::columns(row);
    if steps.iter().all(|step| step.is_none()) {
        return Err(Error::invalid("input", "tells nothing yet"));
    }
    Ok(())
}

fn read(scope: &Scope, row: &Model) -> Story {
    Story {
        id: row.id,
        kind: row.story_type.as_deref().and_then(StoryType::parse),
        experience: row.experience_id,
        instance: row.instance_id,
        texts: told::read(scope, row),
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
