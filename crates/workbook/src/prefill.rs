//! Earlier answers carried forward: what a placement's connection offers, or why it offers nothing.

use dreamtree_content::{Connection, Filter, Library, Placement};
use dreamtree_types::Private;

use crate::{
    Value, View,
    tool::{ToolData, skills::Skills},
};

/// What a connection brings to a placement.
#[derive(Clone, Debug)]
pub struct Prefill<'a> {
    /// The connection.
    pub connection: &'a Connection,
    /// Where the data comes from.
    pub source: &'a Placement,
    /// The data, or the lack of it.
    pub offer: Offer,
}

/// The data of a connection, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// The data.
    Value(Box<Value>),
    /// The source is not answered yet.
    NotAnswered,
    /// The source is answered, but its vault is locked.
    Locked,
    /// The source is answered, but nothing in it passes the connection's filter.
    NothingFits,
}

/// What the placement's connection brings, if it has one.
pub(crate) fn find<'a>(
    library: &'a Library,
    view: &View,
    placement: &'a Placement,
) -> Option<Prefill<'a>> {
    let connection = placement.connection.as_ref()?;
    let source = library.placement(connection.source)?;
    let offer = match view.stored.get(&source.id).map(|stored| &stored.value) {
        None | Some(Private::Empty) => Offer::NotAnswered,
        Some(Private::Locked) => Offer::Locked,
        Some(Private::Open(value)) => choose(value, &connection.filter),
    };
    Some(Prefill {
        connection,
        source,
        offer,
    })
}

fn choose(value: &Value, filter: &Filter) -> Offer {
    match value {
        Value::Tool(ToolData::Skills(skills)) => match skills.best(filter) {
            skills if skills.is_empty() => Offer::NothingFits,
            best => {
                let skills = Skills {
                    skills: best.into_iter().cloned().collect(),
                };
                Offer::Value(Box::new(Value::Tool(ToolData::Skills(skills))))
            }
        },
        other => Offer::Value(Box::new(other.clone())),
    }
}
