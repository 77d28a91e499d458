//! What a reader has written, as far as the measured page needs it.

use std::collections::HashMap;

use dreamtree_content::{Body, Input, PlacementId, Prompt, ToolKind, ToolSettings};
use dreamtree_crypto::{FieldAddress, open_field};
use sea_orm::sqlx::query_as;
use serde_json::{Value as Json, from_value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    App,
    frame::Frame,
    refused::Refused,
    tools,
    value::{Skill, Value},
};

/// All answered placements, with the texts of those on the page: one statement.
const KEPT: &str = "SELECT stem_id, id, updated_at, revision, is_sealed, \
    CASE WHEN stem_id = ANY($2) THEN response_text END FROM user_responses WHERE user_id = $1 \
    UNION ALL SELECT stem_id, id, updated_at, revision, FALSE, NULL \
    FROM user_tool_instances WHERE user_id = $1 AND stem_id IS NOT NULL";

type Row = (i32, Uuid, OffsetDateTime, i32, bool, Option<String>);

const TICKS: &str = "SELECT stem_id, item FROM user_checklists \
    WHERE user_id = $1 AND stem_id = ANY($2) AND checked ORDER BY id";

/// An answer as it is kept.
pub(crate) struct Kept {
    id: Uuid,
    pub(crate) updated_at: OffsetDateTime,
    pub(crate) revision: i32,
    is_sealed: bool,
    text: Option<String>,
    /// Filled in for the page; `None` when it does not open.
    pub(crate) value: Option<Value>,
}

/// Everything that is answered, by placement.
pub(crate) type Answered = HashMap<PlacementId, Kept>;

/// Everything that is answered, with the texts of `wanted`.
pub(crate) async fn answered(frame: &mut Frame<'_>, wanted: &[i32]) -> Result<Answered, Refused> {
    let statement = query_as(KEPT).bind(frame.user()).bind(wanted);
    let rows: Vec<Row> = statement.fetch_all(frame.statement()).await?;
    let kept = |(stem, id, updated_at, revision, is_sealed, text)| {
        (
            PlacementId(stem),
            Kept {
                id,
                updated_at,
                revision,
                is_sealed,
                text,
                value: None,
            },
        )
    };
    Ok(rows.into_iter().map(kept).collect())
}

/// Fills in the values of `wanted`: one more statement for ticks, stories and skills each.
pub(crate) async fn fill(
    app: &App,
    frame: &mut Frame<'_>,
    answered: &mut Answered,
    wanted: &[i32],
) -> Result<(), Refused> {
    let library = &app.content.library;
    let (mut ticked, mut stories_at, mut skills_of, mut rankings) =
        (vec![], vec![], vec![], vec![]);
    for id in wanted.iter().copied().map(PlacementId) {
        let (Some(placement), Some(kept)) = (library.placement(id), answered.get_mut(&id)) else {
            continue;
        };
        match &placement.body {
            Body::Content(_) => {}
            Body::Prompt(prompt) => match prompt.input {
                Input::Checkbox(_) | Input::Checklist(_) if !kept.is_sealed => ticked.push(id.0),
                _ => kept.value = value(frame, prompt, kept),
            },
            Body::Tool(placed) => match (placed.tool.kind, &placed.settings) {
                (ToolKind::SoaredForm, _) => stories_at.push((id, kept.id)),
                (ToolKind::SkillTagger, _) => skills_of.push((id, kept.id)),
                (ToolKind::RankingGrid, ToolSettings::RankingGrid(rules)) => {
                    rankings.extend(
                        placement
                            .connection
                            .as_ref()
                            .map(|from| (id, from, rules.top)),
                    );
                }
                _ => {
                    return Err(Refused::Wrong(
                        "this page has a tool that is not written by hand",
                    ));
                }
            },
        }
    }
    if !ticked.is_empty() {
        fill_ticks(app, frame, answered, &ticked).await?;
    }
    if !stories_at.is_empty() {
        let instances: Vec<Uuid> = stories_at.iter().map(|(_, instance)| *instance).collect();
        let mut stories = tools::stories(frame, &instances).await?;
        for (id, instance) in stories_at {
            put(answered, id, stories.remove(&instance).flatten());
        }
    }
    if !skills_of.is_empty() {
        let instances: Vec<Uuid> = skills_of.iter().map(|(_, instance)| *instance).collect();
        let mut skills = tools::skills(app, frame, &instances).await?;
        for (id, instance) in skills_of {
            let skills = skills.remove(&instance).unwrap_or_default();
            put(answered, id, Some(Value::Skills { skills }));
        }
    }
    for (id, connection, top) in rankings {
        let skills = connection.source.and_then(|id| skills_at(answered, id));
        let ranking = skills.map(|skills| tools::ranking(skills, &connection.filter, top));
        put(answered, id, ranking);
    }
    Ok(())
}

/// The skills tagged at a placement of the page.
pub(crate) fn skills_at(answered: &Answered, id: PlacementId) -> Option<&[Skill]> {
    match answered.get(&id)?.value.as_ref()? {
        Value::Skills { skills } => Some(skills),
        _ => None,
    }
}

fn put(answered: &mut Answered, id: PlacementId, value: Option<Value>) {
    if let Some(kept) = answered.get_mut(&id) {
        kept.value = value;
    }
}

async fn fill_ticks(
    app: &App,
    frame: &mut Frame<'_>,
    answered: &mut Answered,
    ids: &[i32],
) -> Result<(), Refused> {
    let statement = query_as(TICKS).bind(frame.user()).bind(ids);
    let rows: Vec<(i32, String)> = statement.fetch_all(frame.statement()).await?;
    let mut ticks: HashMap<i32, Vec<String>> = HashMap::new();
    for (id, item) in rows {
        ticks.entry(id).or_default().push(item);
    }
    for id in ids.iter().copied() {
        let options = ticks.remove(&id).unwrap_or_default();
        let prompt = app
            .content
            .library
            .placement(PlacementId(id))
            .and_then(|one| one.prompt());
        let is_box = matches!(prompt.map(|one| &one.input), Some(Input::Checkbox(_)));
        let value = if is_box {
            Value::Checked {
                checked: !options.is_empty(),
            }
        } else {
            Value::Options { options }
        };
        put(answered, PlacementId(id), Some(value));
    }
    Ok(())
}

/// The value of a response that is not in ticks.
fn value(frame: &Frame<'_>, prompt: &Prompt, kept: &mut Kept) -> Option<Value> {
    let text = kept.text.take()?;
    let json = if kept.is_sealed {
        let row = kept.id.to_string();
        let address = FieldAddress {
            user: frame.user(),
            table: "user_responses",
            column: "response_text",
            row: &row,
        };
        open_field(&frame.key()?, &address, &text).ok()?
    } else if let Input::Slider(_) = prompt.input {
        Json::from(text.parse::<i32>().ok()?)
    } else {
        Json::String(text)
    };
    match prompt.input {
        Input::Text(_) | Input::Textarea(_) => from_value(json).map(|text| Value::Text { text }),
        Input::Radio(_) | Input::Select(_) => {
            from_value(json).map(|option| Value::Option { option })
        }
        Input::Slider(_) => from_value(json).map(|number| Value::Number { number }),
        Input::Checkbox(_) => from_value(json).map(|checked| Value::Checked { checked }),
        Input::Checklist(_) => from_value(json).map(|options| Value::Options { options }),
    }
    .ok()
}
