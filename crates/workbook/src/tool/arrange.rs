//! What ranking grids and bucketing tools have in common: they hold nothing themselves, but arrange what their
//! connection carries. The source may be another of them, so what is arranged lies at the end of a chain.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{Connection, Filter, Library, Placement, PlacementId, ToolSettings};
use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    ToolData, bucket, list, load_tool,
    ranking::{self, Ranked, RankedId},
    skills,
};
use crate::{
    Error, InstanceId, Stored, Value,
    entity::user_tool_instances::{Column, Entity},
};

/// What an arranging tool works on.
#[derive(Debug)]
pub(crate) struct Source {
    /// The use of the tool that holds it.
    pub(super) instance: InstanceId,
    /// What is held there.
    pub(super) held: ToolData,
    /// All of it that can be arranged, as the source shows it.
    pub(super) all: Vec<Ranked>,
    /// What the connection offers of it.
    pub(super) offered: Vec<Ranked>,
}

/// What an arranging tool builds on; `None` for every other tool.
pub(super) fn connection(placement: &Placement) -> Option<&Connection> {
    match placement.tool()?.settings {
        ToolSettings::RankingGrid(_) | ToolSettings::BucketingTool(_) => {
            placement.connection.as_ref()
        }
        _ => None,
    }
}

/// From what the placement builds on to what holds the data.
fn chain(library: &Library, placement: &Placement) -> Vec<PlacementId> {
    let mut chain = Vec::new();
    let mut next = connection(placement);
    while let Some(connection) = next {
        let Some(source) = connection.source else {
            break;
        };
        chain.push(source);
        next = library.placement(source).and_then(self::connection);
    }
    chain
}

/// What the arranging tools among these placements work on.
pub(crate) fn sources(library: &Library, placements: &[PlacementId]) -> HashSet<PlacementId> {
    let placements = placements.iter().filter_map(|id| library.placement(*id));
    placements
        .flat_map(|placement| chain(library, placement))
        .collect()
}

/// Reads what the arranging tools among the stored show off what they arrange.
pub(super) fn fill(library: &Library, stored: &mut HashMap<PlacementId, Stored>) {
    let place = |id: &PlacementId| Some((library.index_of(*id)?, library.placement(*id)?));
    let mut arranging: Vec<_> = stored.keys().filter_map(place).collect();
    arranging.retain(|(_, placement)| connection(placement).is_some());
    // A source stands earlier than what builds on it.
    arranging.sort_by_key(|(index, _)| *index);
    for (_, placement) in arranging {
        let value = shown(library, stored, placement);
        if let Some(arranged) = stored.get_mut(&placement.id) {
            arranged.value = value;
        }
    }
}

fn shown(
    library: &Library,
    stored: &HashMap<PlacementId, Stored>,
    placement: &Placement,
) -> Private<Value> {
    let value = |id: Option<&PlacementId>| stored.get(id?).map(|one| &one.value);
    let chain = chain(library, placement);
    let (source, held) = match (value(chain.first()), value(chain.last())) {
        (Some(Private::Open(source)), Some(Private::Open(Value::Tool(held)))) => (source, held),
        (Some(Private::Locked), _) => return Private::Locked,
        _ => return Private::Empty,
    };
    let (Some(connection), Some(tool)) = (connection(placement), placement.tool()) else {
        return Private::Empty;
    };
    let offered = offered(source, &connection.filter);
    let data = match &tool.settings {
        ToolSettings::RankingGrid(rules) => {
            ToolData::Ranking(ranking::read(held, &offered, rules.top as usize))
        }
        ToolSettings::BucketingTool(rules) => ToolData::Buckets(bucket::read(held, offered, rules)),
        _ => return Private::Empty,
    };
    Private::Open(Value::Tool(data))
}

/// What a source offers, best first.
fn offered(value: &Value, filter: &Filter) -> Vec<Ranked> {
    let items = match value {
        Value::Tool(ToolData::List(list)) => {
            let item = |item: &list::Item| {
                let id = RankedId::Item(item.id?);
                let label = item.content.clone();
                Some(Ranked { id, label })
            };
            list.items.iter().filter_map(item).collect()
        }
        Value::Tool(ToolData::Skills(skills)) => {
            let skill = |tag: &skills::Tag| {
                let id = RankedId::Skill(tag.id?);
                let label = tag.name.clone();
                Some(Ranked { id, label })
            };
            // Cut already.
            return skills.best(filter).into_iter().filter_map(skill).collect();
        }
        Value::Tool(ToolData::Ranking(ranking)) => ranking.items.clone(),
        Value::Tool(ToolData::Buckets(buckets)) => buckets.all().cloned().collect(),
        _ => Vec::new(),
    };
    filter.cut(items)
}

/// What the placement works on; `None` before there is an answer at its source.
pub(super) async fn source(
    scope: &Scope,
    library: &Library,
    placement: &Placement,
) -> Result<Option<Source>, Error> {
    let connection = connection(placement);
    let connection = connection.ok_or(Error::Corrupt("a tool with nothing to arrange"))?;
    let chain = chain(library, placement);
    let places: Vec<i32> = chain.iter().map(|id| id.0).collect();
    let uses = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(scope.among_numbers(Column::StemId, &places));
    let rows = scope.gather(uses).await?;
    let mut stored = HashMap::with_capacity(rows.len());
    let mut held = None;
    for row in rows {
        let Some(id) = row.stem_id.map(PlacementId) else {
            continue;
        };
        let mut kept = Stored {
            value: Private::Empty,
            updated_at: row.updated_at,
            revision: row.revision,
        };
        let tool = library.placement(id).and_then(Placement::tool);
        if let Some(tool) = tool.filter(|_| chain.last() == Some(&id)) {
            let mut data = load_tool(scope, library, &tool.tool, &[row.id]).await?;
            if let Some(Private::Open(data)) = data.remove(&row.id) {
                kept.value = Private::Open(Value::Tool(data.clone()));
                held = Some((row.id, data));
            }
        }
        stored.insert(id, kept);
    }
    fill(library, &mut stored);
    let shown = connection.source.and_then(|id| stored.get(&id));
    let shown = shown.map(|one| &one.value);
    let (Some(Private::Open(shown)), Some((instance, held))) = (shown, held) else {
        return Ok(None);
    };
    let unlimited = Filter {
        top: None,
        nth: None,
        ..connection.filter.clone()
    };
    Ok(Some(Source {
        instance,
        held,
        all: offered(shown, &unlimited),
        offered: offered(shown, &connection.filter),
    }))
}
