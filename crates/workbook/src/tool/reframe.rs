//! The failure reframer: from what happened to a statement that one can go on with. Every text is
//! sealed.

use std::collections::HashMap;

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
    Error, InstanceId, ReframeId,
    entity::user_failure_reframes::{ActiveModel, Column, Entity, Model},
    sealed::{Row, Text, Texts},
};

/// The table.
pub(crate) const TABLE: &str = "user_failure_reframes";

/// The texts that the tool asks for.
pub(crate) const TEXTS: Texts<7> = Texts {
    input: "value.failureReframer",
    texts: [
        text("situation", "situation"),
        text("initial_feelings", "initialFeelings"),
        text("what_learned", "whatLearned"),
        text("what_would_change", "whatWouldChange"),
        text("silver_lining", "silverLining"),
        text("next_step", "nextStep"),
        text("reframed_statement", "reframedStatement"),
    ],
};

const fn text(column: &'static str, field: &'static str) -> Text {
    Text {
        column,
        field,
        longest: 5_000,
    }
}

/// A failure seen anew; a text that is not written yet is `None`, each has at most 5,000 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reframe {
    /// What happened.
    pub situation: Option<String>,
    /// What it felt like at first.
    pub initial_feelings: Option<String>,
    /// What the person learned from it.
    pub what_learned: Option<String>,
    /// What they would do differently.
    pub what_would_change: Option<String>,
    /// What was good about it.
    pub silver_lining: Option<String>,
    /// What they will do next.
    pub next_step: Option<String>,
    /// How they put it now.
    pub reframed_statement: Option<String>,
}

impl Reframe {
    /// In the order of [`TEXTS`].
    pub(crate) const fn texts(&self) -> [&Option<String>; 7] {
        [
            &self.situation,
            &self.initial_feelings,
            &self.what_learned,
            &self.what_would_change,
            &self.silver_lining,
            &self.next_step,
            &self.reframed_statement,
        ]
    }
}

/// Keeps the reframe of this place.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, reframe: &Reframe) -> Result<(), Error> {
    let generation = scope.vault().generation()?;
    let texts = TEXTS.check(reframe.texts())?;
    if texts.iter().all(Option::is_none) {
        return Err(Error::invalid(TEXTS.input, "tells nothing yet"));
    }
    let id = known(scope, site.instance).await?.unwrap_or_default();
    let [
        situation,
        initial_feelings,
        what_learned,
        what_would_change,
        silver_lining,
        next_step,
        reframed_statement,
    ] = TEXTS.seal(&Row::new(scope, TABLE, id), &texts)?;
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        instance_id: Set(Some(site.instance)),
        situation: Set(situation),
        initial_feelings: Set(initial_feelings),
        what_learned: Set(what_learned),
        what_would_change: Set(what_would_change),
        silver_lining: Set(silver_lining),
        next_step: Set(next_step),
        reframed_statement: Set(reframed_statement),
        key_generation: Set(Some(generation)),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::Id])
        .update_columns([
            Column::Situation,
            Column::InitialFeelings,
            Column::WhatLearned,
            Column::WhatWouldChange,
            Column::SilverLining,
            Column::NextStep,
            Column::ReframedStatement,
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

async fn known(scope: &Scope, instance: InstanceId) -> Result<Option<ReframeId>, Error> {
    let row = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .one(scope.connection())
        .await?;
    Ok(row.map(|row| row.id))
}

/// The reframes of these instances, in one statement.
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
                .map(|instance| (instance, read(scope, &row).map(ToolData::Reframe)))
        })
        .collect())
}

/// Opens the texts of a row.
pub(crate) fn read(scope: &Scope, row: &Model) -> Private<Reframe> {
    let envelopes = [
        &row.situation,
        &row.initial_feelings,
        &row.what_learned,
        &row.what_would_change,
        &row.silver_lining,
        &row.next_step,
        &row.reframed_statement,
    ];
    TEXTS.open(&Row::new(scope, TABLE, row.id), envelopes).map(
        |[
            situation,
            initial_feelings,
            what_learned,
            what_would_change,
            silver_lining,
            next_step,
            reframed_statement,
        ]| {
            Reframe {
                situation,
                initial_feelings,
                what_learned,
                what_would_change,
                silver_lining,
                next_step,
                reframed_statement,
            }
        },
    )
}

/// The texts of a row, sealed, in the order of [`TEXTS`].
pub(crate) const fn columns(row: &mut Model) -> [&mut Option<String>; 7] {
    [
        &mut row.situation,
        &mut row.initial_feelings,
        &mut row.what_learned,
        &mut row.what_would_change,
        &mut row.silver_lining,
        &mut row.next_step,
        &mut row.reframed_statement,
    ]
}
