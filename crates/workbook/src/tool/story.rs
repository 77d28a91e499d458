//! The SOARED form: situation, obstacle, action, result, evaluation, discovery. Every text is sealed.

use std::collections::HashMap;

use dreamtree_content::ToolSettings;
use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};

use super::{Site, ToolData};
use crate::{
    Error, InstanceId, StoryId,
    entity::user_stories::{ActiveModel, Column, Entity, Model},
    sealed::{Row, Text, Texts},
};

/// The table.
pub(crate) const TABLE: &str = "user_stories";

/// The texts that the tool asks for.
pub(crate) const TEXTS: Texts<7> = Texts {
    input: "value.soaredForm",
    texts: [
        Text {
            column: "title",
            field: "title",
            longest: 200,
        },
        step("situation"),
        step("obstacle"),
        step("action"),
        step("result"),
        step("evaluation"),
        step("discovery"),
    ],
};

const fn step(name: &'static str) -> Text {
    Text {
        column: name,
        field: name,
        longest: 5_000,
    }
}

/// A SOARED story; a step that is not told yet is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

impl Story {
    /// In the order of [`TEXTS`].
    pub(crate) const fn texts(&self) -> [&Option<String>; 7] {
        [
            &self.title,
            &self.situation,
            &self.obstacle,
            &self.action,
            &self.result,
            &self.evaluation,
            &self.discovery,
        ]
    }
}

/// Keeps the story of this place.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, story: &Story) -> Result<(), Error> {
    let ToolSettings::SoaredForm(settings) = &site.tool.settings else {
        return Err(Error::Corrupt("a SOARED form without a type of story"));
    };
    let generation = scope.vault().generation()?;
    let texts = TEXTS.check(story.texts())?;
    if let [_title, steps @ ..] = &texts
        && steps.iter().all(Option::is_none)
    {
        return Err(Error::invalid(TEXTS.input, "tells nothing yet"));
    }
    let id = known(scope, site.instance).await?.unwrap_or_default();
    let [
        title,
        situation,
        obstacle,
        action,
        result,
        evaluation,
        discovery,
    ] = TEXTS.seal(&Row::new(scope, TABLE, id), &texts)?;
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        instance_id: Set(Some(site.instance)),
        experience_id: Set(None),
        title: Set(title),
        situation: Set(situation),
        obstacle: Set(obstacle),
        action: Set(action),
        result: Set(result),
        evaluation: Set(evaluation),
        discovery: Set(discovery),
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
        .value(
            Column::Revision,
            Expr::col((Entity, Column::Revision)).add(1),
        )
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
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
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(scope.among(Column::InstanceId, instances));
    let rows = scope.gather(mine).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            row.instance_id
                .map(|instance| (instance, read(scope, &row).map(ToolData::Story)))
        })
        .collect())
}

/// Opens the texts of a row.
pub(crate) fn read(scope: &Scope, row: &Model) -> Private<Story> {
    let envelopes = [
        &row.title,
        &row.situation,
        &row.obstacle,
        &row.action,
        &row.result,
        &row.evaluation,
        &row.discovery,
    ];
    TEXTS.open(&Row::new(scope, TABLE, row.id), envelopes).map(
        |[
            title,
            situation,
            obstacle,
            action,
            result,
            evaluation,
            discovery,
        ]| {
            Story {
                title,
                situation,
                obstacle,
                action,
                result,
                evaluation,
                discovery,
            }
        },
    )
}

/// The texts of a row, sealed, in the order of [`TEXTS`].
pub(crate) const fn columns(row: &mut Model) -> [&mut Option<String>; 7] {
    [
        &mut row.title,
        &mut row.situation,
        &mut row.obstacle,
        &mut row.action,
        &mut row.result,
        &mut row.evaluation,
        &mut row.discovery,
    ]
}
