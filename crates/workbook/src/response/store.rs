//! Rows of `user_responses` and `user_checklists`. Text, numbers and options stand in the response;
//! ticks stand one by one in the checklist; a private answer of any kind stands in the response, sealed.

use std::collections::HashMap;

use dreamtree_content::{Input, Library, Placement, PlacementId, Prompt};
use dreamtree_database::{Place, Scope};
use dreamtree_types::Private;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Answered, Error, ResponseId, Stored, Value,
    answered::Kept,
    entity::{user_checklists, user_responses},
};

/// The checkbox's only item.
const THE_BOX: &str = "";

/// Keeps an answer that was checked; returns its row.
pub(crate) async fn save(
    scope: &Scope,
    placement: &Placement,
    prompt: &Prompt,
    value: &Value,
    known: Option<&Kept>,
) -> Result<Kept, Error> {
    let id = known.map_or_else(ResponseId::new, |row| ResponseId::from(row.id));
    let text = if prompt.private {
        Some(seal(scope, id, value)?)
    } else {
        plain(value)
    };
    let generation = prompt
        .private
        .then(|| scope.vault().generation())
        .transpose()?;
    let row = user_responses::ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        prompt_id: Set(prompt.id.0),
        stem_id: Set(placement.id.0),
        exercise_id: Set(Some(placement.location.exercise_id())),
        activity_id: Set(Some(placement.location.activity.to_string())),
        response_text: Set(text.clone()),
        is_sealed: Set(prompt.private),
        key_generation: Set(generation),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    upsert(scope, row).await?;
    if !prompt.private {
        save_ticks(scope, placement, prompt, value).await?;
    }
    Ok(Kept {
        is_sealed: prompt.private,
        text,
        ..Kept::again(known, scope, id.uuid())
    })
}

async fn upsert(scope: &Scope, row: user_responses::ActiveModel) -> Result<(), Error> {
    use user_responses::{Column, Entity};
    let again = OnConflict::columns([Column::UserId, Column::StemId])
        .update_columns([
            Column::PromptId,
            Column::ExerciseId,
            Column::ActivityId,
            Column::ResponseText,
            Column::IsSealed,
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

/// What the response itself holds of an answer that is not private.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Option(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Checked(_) | Value::Options(_) | Value::Tool(_) => None,
    }
}

fn seal(scope: &Scope, id: ResponseId, value: &Value) -> Result<String, Error> {
    let json = match value {
        Value::Text(text) | Value::Option(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::Checked(checked) => json!(checked),
        Value::Options(options) => json!(options),
        Value::Tool(_) => return Err(Error::Corrupt("a tool's data in a response")),
    };
    let row = id.to_string();
    Ok(scope.vault().seal(place(scope, &row), &json)?)
}

fn place<'a>(scope: &Scope, row: &'a str) -> Place<'a> {
    Place {
        user: scope.user(),
        table: "user_responses",
        column: "response_text",
        row,
    }
}

async fn save_ticks(
    scope: &Scope,
    placement: &Placement,
    prompt: &Prompt,
    value: &Value,
) -> Result<(), Error> {
    let ticks: Vec<(&str, bool)> = match (value, &prompt.input) {
        (Value::Checked(checked), _) => vec![(THE_BOX, *checked)],
        (Value::Options(ticked), Input::Checklist(rules)) => {
            let all = rules.options.iter().map(|option| option.value.as_str());
            all.map(|item| (item, ticked.iter().any(|tick| tick == item)))
                .collect()
        }
        _ => return Ok(()),
    };
    let rows = ticks
        .into_iter()
        .map(|(item, checked)| user_checklists::ActiveModel {
            user_id: Set(scope.user()),
            id: Set(Uuid::now_v7()),
            prompt_id: Set(prompt.id.0),
            stem_id: Set(placement.id.0),
            exercise_id: Set(Some(placement.location.exercise_id())),
            item: Set(item.to_owned()),
            checked: Set(checked),
            created_at: Set(scope.now()),
            updated_at: Set(scope.now()),
        });
    let again = OnConflict::columns([
        user_checklists::Column::UserId,
        user_checklists::Column::StemId,
        user_checklists::Column::Item,
    ])
    .update_columns([
        user_checklists::Column::PromptId,
        user_checklists::Column::ExerciseId,
        user_checklists::Column::Checked,
        user_checklists::Column::UpdatedAt,
    ])
    .to_owned();
    user_checklists::Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The answers to the prompts among these answered placements, read from their rows; one statement where there are ticks.
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    placements: &[PlacementId],
) -> Result<HashMap<PlacementId, Stored>, Error> {
    let mut rows = Vec::with_capacity(placements.len());
    for id in placements {
        let prompt = library.placement(*id).and_then(Placement::prompt);
        if let (Some(prompt), Some(row)) = (prompt, answered.row(*id)) {
            rows.push((*id, prompt, row));
        }
    }
    let ticked = |input: &Input| matches!(input, Input::Checkbox(_) | Input::Checklist(_));
    let ticked = rows
        .iter()
        .filter(|(_, prompt, row)| !row.is_sealed && ticked(&prompt.input));
    let ticked: Vec<i32> = ticked.map(|(id, ..)| id.0).collect();
    let mut ticks = load_ticks(scope, &ticked).await?;
    let mut stored = HashMap::with_capacity(rows.len());
    for (id, prompt, row) in rows {
        let ticks = ticks.remove(&id).unwrap_or_default();
        stored.insert(
            id,
            Stored {
                value: read(scope, prompt, row, ticks)?,
                updated_at: row.updated_at,
                revision: row.revision,
            },
        );
    }
    Ok(stored)
}

/// The ticked items at these placements.
async fn load_ticks(
    scope: &Scope,
    placements: &[i32],
) -> Result<HashMap<PlacementId, Vec<String>>, Error> {
    let mut ticks: HashMap<PlacementId, Vec<_>> = HashMap::new();
    if placements.is_empty() {
        return Ok(ticks);
    }
    let ticked = user_checklists::Entity::find()
        .filter(user_checklists::Column::UserId.eq(scope.user()))
        .filter(scope.among_numbers(user_checklists::Column::StemId, placements))
        .filter(user_checklists::Column::Checked.eq(true))
        .order_by_asc(user_checklists::Column::Id);
    for row in scope.gather(ticked).await? {
        let placement = PlacementId(row.stem_id);
        ticks.entry(placement).or_default().push(row.item);
    }
    Ok(ticks)
}

fn read(
    scope: &Scope,
    prompt: &Prompt,
    row: &Kept,
    ticks: Vec<String>,
) -> Result<Private<Value>, Error> {
    if row.is_sealed {
        let id = row.id.to_string();
        return match scope.vault().open(place(scope, &id), row.text.as_deref()) {
            Private::Open(json) => from_json(&prompt.input, json).map(Private::Open),
            Private::Locked => Ok(Private::Locked),
            Private::Empty => Ok(Private::Empty),
        };
    }
    let text = || {
        row.text
            .clone()
            .ok_or(Error::Corrupt("a response without a text"))
    };
    let value = match &prompt.input {
        Input::Text(_) | Input::Textarea(_) => Value::Text(text()?),
        Input::Radio(_) | Input::Select(_) => Value::Option(text()?),
        Input::Slider(_) => Value::Number(
            text()?
                .parse()
                .map_err(|_| Error::Corrupt("a slider without a number"))?,
        ),
        Input::Checkbox(_) => Value::Checked(!ticks.is_empty()),
        Input::Checklist(_) => Value::Options(ticks),
    };
    Ok(Private::Open(value))
}

fn from_json(input: &Input, json: serde_json::Value) -> Result<Value, Error> {
    let value = match input {
        Input::Text(_) | Input::Textarea(_) => serde_json::from_value(json).map(Value::Text),
        Input::Radio(_) | Input::Select(_) => serde_json::from_value(json).map(Value::Option),
        Input::Slider(_) => serde_json::from_value(json).map(Value::Number),
        Input::Checkbox(_) => serde_json::from_value(json).map(Value::Checked),
        Input::Checklist(_) => serde_json::from_value(json).map(Value::Options),
    };
    value.map_err(|_| Error::Corrupt("a sealed answer of another kind"))
}
