//! What a named placement gives.

use dreamtree_content::{Connection, Filter, Placement, ToolKind, ToolSettings};
use dreamtree_types::{Instant, Private};

use super::{Carried, Found, Gap, Offer, pick::many, search, texts};
use crate::{
    Value, View,
    flow_log::Entry,
    tool::{
        ToolData,
        flow::Flow,
        list::List,
        ranking::Ranking,
        record::{self, Record},
        skills::{Skills, Tag},
    },
};

/// What the placement gives through this connection.
pub(super) fn find(source: &Placement, view: &View, connection: &Connection) -> Found {
    let stored = view.stored.get(&source.id);
    match stored.map(|stored| (&stored.value, stored.updated_at)) {
        None | Some((Private::Empty, _)) => Found::one(
            Offer {
                data: nothing(source, connection),
                gap: Some(Gap::NotAnswered),
            },
            None,
        ),
        Some((Private::Locked, at)) => Found::one(Offer::gap(Gap::Locked), Some(at)),
        Some((Private::Open(value), at)) => filtered(value, &connection.filter, at),
    }
}

/// What stands for a collection that is not there yet.
fn nothing(source: &Placement, connection: &Connection) -> Option<Carried> {
    let placed = source.tool()?;
    let data = match (placed.tool.kind, &placed.settings) {
        (ToolKind::RankingGrid, _) => ToolData::Ranking(Ranking::default()),
        (_, ToolSettings::ListBuilder(settings)) => ToolData::List(List {
            name: settings.list.clone(),
            items: Vec::new(),
        }),
        // A form tells one story, and a tree is one tree.
        (ToolKind::SoaredForm | ToolKind::IdeaTree, _) => return None,
        _ => return Carried::none(connection.data),
    };
    Some(Carried::Value(Value::Tool(data)))
}

fn filtered(value: &Value, filter: &Filter, at: Instant) -> Found {
    let whole = |value: &Value| Found::one(Offer::of(Carried::Value(value.clone())), Some(at));
    let Value::Tool(data) = value else {
        return whole(value);
    };
    match data {
        ToolData::List(list) => items(list, filter, at),
        ToolData::Skills(all) => skills(all.skills.clone(), filter, Some(at)),
        ToolData::Ranking(ranking) => {
            let wrap = |items| {
                tool(ToolData::Ranking(Ranking {
                    items,
                    choices: None,
                }))
            };
            many(ranking.items.clone(), filter, |_| true, wrap, Some(at))
        }
        ToolData::Flow(all) => flow(all.entries.clone(), filter, Some(at)),
        ToolData::Dashboard(dashboard) => {
            Found::one(texts::dashboard(Some(dashboard), filter), Some(at))
        }
        ToolData::Record(record) => records(record, filter, at),
        ToolData::Collection(collection) => search::collected(collection, filter, at),
        _ => whole(value),
    }
}

/// Filled-in forms; of one field of them, those that have it.
fn records(record: &Record, filter: &Filter, at: Instant) -> Found {
    let asked = |key: &str| filter.field.as_deref().is_none_or(|wanted| wanted == key);
    let mut entries = record.entries.clone();
    for entry in &mut entries {
        entry.fields.retain(|field| asked(&field.key));
        entry.history.retain(|change| asked(&change.key));
    }
    let values: Vec<Private<()>> = entries
        .iter()
        .flat_map(|entry| &entry.fields)
        .map(|field| field.value.clone().map(drop))
        .filter(|value| *value != Private::Empty)
        .collect();
    let is_there = |entry: &record::Entry| {
        let mut fields = entry.fields.iter();
        filter.field.is_none() || fields.any(|field| field.value != Private::Empty)
    };
    let wrap = |entries| tool(ToolData::Record(Record { entries }));
    let found = many(entries, filter, is_there, wrap, Some(at));
    search::shut(found, values.iter())
}

fn items(list: &List, filter: &Filter, at: Instant) -> Found {
    let name = list.name.clone();
    let wrap = |items| tool(ToolData::List(List { name, items }));
    many(list.items.clone(), filter, |_| true, wrap, Some(at))
}

/// Skills in the order that the filter asks for, as far as they pass it.
pub(super) fn skills(mut all: Vec<Tag>, filter: &Filter, at: Option<Instant>) -> Found {
    Tag::sort(&mut all, filter);
    let wrap = |skills| tool(ToolData::Skills(Skills { skills }));
    many(all, filter, |tag| tag.fits(filter), wrap, at)
}

/// Entries of the flow log, as far as they pass the filter.
pub(super) fn flow(
    all: Vec<(Option<crate::FlowLogId>, Entry)>,
    filter: &Filter,
    at: Option<Instant>,
) -> Found {
    let fits = |(_, entry): &(_, Entry)| filter.high.is_none() || entry.is_high_flow();
    let wrap = |entries| tool(ToolData::Flow(Flow { entries }));
    many(all, filter, fits, wrap, at)
}

const fn tool(data: ToolData) -> Carried {
    Carried::Value(Value::Tool(data))
}
