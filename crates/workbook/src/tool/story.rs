//! The SOARED form: situation, obstacle, action, result, evaluation, discovery. Every text is sealed.

use std::collections::HashMap;

use dreamtree_content::ToolSettings;
use dreamtree_database::{Place, Scope};
use dreamtree_types::Private;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::{Site, ToolData, sealed};
use crate::{
    Error, InstanceId, StoryId,
    entity::user_stories::{ActiveModel, Column, Entity, Model},
};

const LONGEST_TITLE: usize = 200;
const LONGEST_TEXT: usize = 5_000;

/// A SOARED story; a step that is not told yet is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// What to call it; 1 to 200 characters.
    pub title: Option<String>,
    /// What was going on; each step has at most 5,000 characters.
    pub situation: Option<String>,
    /// What stood in the way.
    pub obstacle: Option<String>,
    /// What the person did.
    pub action: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// How they judge it.
    pub evaluation: Option<String>,
    /// What they found out about themselves.
    pub discovery: Option<String>,
}

/// Keeps the story of this place.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, story: &Story) -> Result<(), Error> {
    let ToolSettings::SoaredForm(settings) = &site.tool.settings else {
        return Err(Error::Corrupt("a SOARED form without a type of story"));
    };
    let generation = scope.vault().generation()?;
    let id = known(scope, site.instance).await?.unwrap_or_default();
    let row = id.to_string();
    let seal = |column: &'static str, text: &Option<String>, max: usize| {
        let field = format!("value.soaredForm.{column}");
        let text = sealed::optional(text.as_deref(), max, &field)?;
        sealed::seal(scope, place(scope, column, &row), text.as_deref())
    };
    if [&story.situation, &story.obstacle, &story.action, &story.result, &story.evaluation, &story.discovery]
        .iter()
        .all(|step| step.as_deref().is_none_or(|text| text.trim().is_empty()))
    {
        return Err(Error::invalid("value.soaredForm", "tells nothing yet"));
    }
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        instance_id: Set(Some(site.instance)),
        experience_id: Set(None),
        title: Set(seal("title", &story.title, LONGEST_TITLE)?),
        situation: Set(seal("situation", &story.situation, LONGEST_TEXT)?),
        obstacle: Set(seal("obstacle", &story.obstacle, LONGEST_TEXT)?),
        action: Set(seal("action", &story.action, LONGEST_TEXT)?),
        result: Set(seal("result", &story.result, LONGEST_TEXT)?),
        evaluation: Set(seal("evaluation", &story.evaluation, LONGEST_TEXT)?),
        discovery: Set(seal("discovery", &story.discovery, LONGEST_TEXT)?),
        story_type: Set(Some(settings.story_type.as_str().to_owned())),
        key_generation: Set(Some(generation)),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::Id])
        .update_columns([
            Column::Title,
            Column::Situation,
            Column::Obstacle,
            Column::Action,
            Column::Result,
            Column::Evaluation,
            Column::Discovery,
            Column::StoryType,
            Column::KeyGeneration,
            Column::UpdatedAt,
        ])
        .value(Column::Revision, Expr::col((Entity, Column::Revision)).add(1))
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(scope.connection()).await?;
    Ok(())
}

fn place<'a>(scope: &Scope, column: &'a str, row: &'a str) -> Place<'a> {
    Place { user: scope.user(), table: "user_stories", column, row }
}

async fn known(scope: &Scope, instance: InstanceId) -> Result<Option<StoryId>, Error> {
    let row = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .one(scope.connection())
        .await?;
    Ok(row.map(|row| row.id))
}

/// The stories of these instances, in one statement.
pub(crate) async fn load(
    scope: &Scope,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.is_in(instances.iter().copied()))
        .all(scope.connection())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| row.instance_id.map(|instance| (instance, read(scope, &row))))
        .collect())
}

/// The story as a whole is locked as soon as one of its texts does not open.
fn read(scope: &Scope, row: &Model) -> Private<ToolData> {
    let id = row.id.to_string();
    let mut locked = false;
    let mut open = |column: &'static str, envelope: &Option<String>| {
        match sealed::open(scope, place(scope, column, &id), envelope.as_deref()) {
            Private::Open(text) => Some(text),
            Private::Empty => None,
            Private::Locked => {
                locked = true;
                None
            }
        }
    };
    let story = Story {
        title: open("title", &row.title),
        situation: open("situation", &row.situation),
        obstacle: open("obstacle", &row.obstacle),
        action: open("action", &row.action),
        result: open("result", &row.result),
        evaluation: open("evaluation", &row.evaluation),
        discovery: open("discovery", &row.discovery),
    };
    if locked { Private::Locked } else { Private::Open(ToolData::Story(story)) }
}
