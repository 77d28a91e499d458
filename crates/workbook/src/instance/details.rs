//! What hangs on uses of tools: what they hold, the skills tagged on them, what they held before.

use std::collections::HashMap;

use dreamtree_content::{Library, PlacementId, ToolKind};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tokio::try_join;

use super::Instance;
use crate::{
    Answered, Error, InstanceId, Value,
    entity::user_tool_changes::{Column, Entity},
    tag::Target,
    tool::{
        self, ToolData,
        skills::{Tag, tagged},
    },
};

/// Which details are wanted; what is not costs no statement.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What the uses hold.
    pub data: bool,
    /// The skills tagged on them.
    pub skills: bool,
    /// What they held before.
    pub history: bool,
}

/// What hangs on uses of tools, as far as it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// What they hold.
    pub data: HashMap<InstanceId, Private<ToolData>>,
    /// The skills tagged on them.
    pub skills: HashMap<Target, Vec<Tag>>,
    /// What they held, the latest change first; at most 100 of each.
    pub history: HashMap<InstanceId, Vec<Change>>,
}

/// What a use of a tool held at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The revision of the use that brought it.
    pub revision: i32,
    /// When it was saved.
    pub changed_at: Instant,
    /// Of what it held; `None` if that was private and could not be read.
    pub content_hash: Option<String>,
}

/// Reads what is asked for of these uses, all in one statement but for what a ranking or buckets put in order.
pub async fn details(
    scope: &Scope,
    library: &Library,
    instances: &[Instance],
    asked: Asked,
) -> Result<Details, Error> {
    let of = |wanted: bool| if wanted { instances } else { &[] };
    let (data, skills, history) = try_join!(
        data(scope, library, of(asked.data)),
        skills(scope, library, of(asked.skills)),
        history(scope, of(asked.history)),
    )?;
    Ok(Details {
        data,
        skills,
        history,
    })
}

async fn data(
    scope: &Scope,
    library: &Library,
    instances: &[Instance],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let uses = instances.iter().map(|one| (one.tool, one.id));
    let mut data = tool::held_by(scope, library, uses).await?;
    let orders = |one: &&Instance| {
        let kind = library.tool(one.tool).map(|tool| tool.kind);
        matches!(kind, Some(ToolKind::RankingGrid | ToolKind::BucketingTool))
    };
    let arranging = instances.iter().filter(orders);
    let arranging: Vec<(InstanceId, PlacementId)> = arranging
        .filter_map(|one| Some((one.id, one.placement?)))
        .collect();
    if arranging.is_empty() {
        return Ok(data);
    }
    // The order stands where what is put in order stands.
    let placements: Vec<PlacementId> = arranging.iter().map(|(_, at)| *at).collect();
    let mut rows = placements.clone();
    rows.extend(tool::arranged(library, &placements));
    rows.sort_unstable();
    let answered = Answered::with_rows(scope, &rows, false).await?;
    let mut stored = tool::load(scope, library, &answered, &placements).await?;
    for (id, placement) in arranging {
        let order = match stored.remove(&placement).map(|stored| stored.value) {
            Some(Private::Open(Value::Tool(data))) => Private::Open(data),
            Some(Private::Locked) => Private::Locked,
            _ => Private::Empty,
        };
        data.insert(id, order);
    }
    Ok(data)
}

async fn skills(
    scope: &Scope,
    library: &Library,
    instances: &[Instance],
) -> Result<HashMap<Target, Vec<Tag>>, Error> {
    let targets = instances.iter().map(|one| Target::Instance(one.id));
    tagged(scope, library, &targets.collect::<Vec<_>>()).await
}

async fn history(
    scope: &Scope,
    instances: &[Instance],
) -> Result<HashMap<InstanceId, Vec<Change>>, Error> {
    let mut history: HashMap<InstanceId, Vec<Change>> = HashMap::new();
    let ids: Vec<InstanceId> = instances.iter().map(|one| one.id).collect();
    if ids.is_empty() {
        return Ok(history);
    }
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(scope.among(Column::InstanceId, &ids))
        .order_by_desc(Column::Revision);
    for row in scope.gather(rows).await? {
        history.entry(row.instance_id).or_default().push(Change {
            revision: row.revision,
            changed_at: row.changed_at,
            content_hash: row.content_hash,
        });
    }
    Ok(history)
}
