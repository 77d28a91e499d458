//! The uses of tools that a person has, the one saved last first, and what they hold.

use std::collections::HashMap;

use dreamtree_content::{Library, PlacementId, ToolId, ToolKind};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Instance, read};
use crate::{
    Answered, Error, InstanceId, Value,
    entity::{
        user_tool_changes,
        user_tool_instances::{Column, Entity},
    },
    tool::{
        self, ToolData,
        skills::{Tag, tagged},
    },
};

/// The most uses of one page.
const LARGEST_PAGE: i32 = 100;

/// The longest text that may be looked for, in characters.
const LONGEST_SEARCH: usize = 100;

/// Where a use of a tool comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A placement of the workbook.
    Workbook,
    /// The person.
    Standalone,
}

/// Which uses are wanted; all that hold at once.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Those of this tool.
    pub tool: Option<ToolId>,
    /// Those that come from there.
    pub origin: Option<Origin>,
    /// Those whose title or summary has this in it, in whatever case, as far as it can be read.
    pub search: Option<String>,
}

/// A place in the list: right behind this use, which need not be there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When it was last saved.
    pub updated_at: Instant,
    /// The use.
    pub id: InstanceId,
}

/// Some uses of tools.
#[derive(Clone, Debug)]
pub struct Page {
    /// The uses.
    pub instances: Vec<Instance>,
    /// True when more of them follow.
    pub has_next: bool,
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

/// The wanted uses behind `after`, at most `first` (1 to 100); one statement. Uses of tools that left the workbook are
/// not there.
pub async fn page(
    scope: &Scope,
    library: &Library,
    wanted: &Wanted,
    first: i32,
    after: Option<Place>,
) -> Result<Page, Error> {
    if !(1..=LARGEST_PAGE).contains(&first) {
        return Err(Error::invalid("first", "must be 1 to 100"));
    }
    let search = search(wanted)?;
    let tools = library.tools().iter().map(|tool| tool.id);
    let tools = tools.filter(|tool| wanted.tool.is_none_or(|wanted| wanted == *tool));
    let origin = |origin| match origin {
        Origin::Workbook => Column::StemId.is_not_null(),
        Origin::Standalone => Column::StemId.is_null(),
    };
    let filter = Condition::all()
        .add(Column::ToolId.is_in(tools.map(|tool| tool.0)))
        .add_option(wanted.origin.map(origin))
        .add_option(after.map(Place::older));
    // What is sealed is looked through here, so a search reads on to the end.
    let most = u64::from(first.unsigned_abs()) + 1;
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(filter)
        .order_by_desc(Column::UpdatedAt)
        .order_by_desc(Column::Id)
        .limit(search.is_none().then_some(most))
        .all(scope.connection())
        .await?;
    let mut instances: Vec<Instance> = rows.iter().map(|row| read(scope, row)).collect();
    if let Some(search) = search {
        instances.retain(|one| has(&one.title, &search) || has(&one.summary, &search));
    }
    let most = usize::try_from(first).unwrap_or(usize::MAX);
    let has_next = instances.len() > most;
    instances.truncate(most);
    Ok(Page {
        instances,
        has_next,
    })
}

/// The person's use of a tool with this id; one statement.
pub async fn find(scope: &Scope, library: &Library, id: InstanceId) -> Result<Instance, Error> {
    let row = Entity::find_by_id((scope.user(), id));
    let row = row.one(scope.connection()).await?;
    let row = row.filter(|row| library.tool(ToolId(row.tool_id)).is_some());
    let row = row.ok_or_else(|| Error::missing("id"))?;
    Ok(read(scope, &row))
}

/// The text to look for, in lower case; blanks look for nothing.
fn search(wanted: &Wanted) -> Result<Option<String>, Error> {
    let search = wanted.search.as_deref().map(str::trim).unwrap_or_default();
    if search.chars().count() > LONGEST_SEARCH {
        let rule = format!("must not be longer than {LONGEST_SEARCH} characters");
        return Err(Error::invalid("search", rule));
    }
    Ok(Some(search.to_lowercase()).filter(|search| !search.is_empty()))
}

fn has(text: &Private<String>, search: &str) -> bool {
    match text {
        Private::Open(text) => text.to_lowercase().contains(search),
        Private::Empty | Private::Locked => false,
    }
}

impl Place {
    /// What comes behind it.
    fn older(self) -> Condition {
        let same_time = Condition::all()
            .add(Column::UpdatedAt.eq(self.updated_at))
            .add(Column::Id.lt(self.id));
        Condition::any()
            .add(Column::UpdatedAt.lt(self.updated_at))
            .add(same_time)
    }
}

/// What hangs on uses of tools, as far as it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// What they hold.
    pub data: HashMap<InstanceId, Private<ToolData>>,
    /// The skills tagged on them.
    pub skills: HashMap<Uuid, Vec<Tag>>,
    /// What they held, the latest change first; at most 100 of each.
    pub history: HashMap<InstanceId, Vec<Change>>,
}

impl Details {
    /// Reads what they hold: the statements of each kind of tool among them.
    pub async fn read_data(
        &mut self,
        scope: &Scope,
        library: &Library,
        instances: &[Instance],
    ) -> Result<(), Error> {
        let kind = |one: &Instance| library.tool(one.tool).map(|tool| tool.kind);
        let uses = instances
            .iter()
            .filter_map(|one| Some((kind(one)?, one.id)));
        self.data = tool::held_by(scope, library, uses).await?;
        let ranks = |one: &&Instance| kind(one) == Some(ToolKind::RankingGrid);
        let rankings = instances.iter().filter(ranks);
        let rankings: Vec<_> = rankings
            .filter_map(|one| Some((one.id, one.placement?)))
            .collect();
        if rankings.is_empty() {
            return Ok(());
        }
        // The order stands where what is ranked stands.
        let answered = Answered::find(scope).await?;
        let placements: Vec<PlacementId> = rankings.iter().map(|(_, at)| *at).collect();
        let mut stored = tool::load(scope, library, &answered, &placements).await?;
        for (id, placement) in rankings {
            let data = match stored.remove(&placement).map(|stored| stored.value) {
                Some(Private::Open(Value::Tool(data))) => Private::Open(data),
                Some(Private::Locked) => Private::Locked,
                _ => Private::Empty,
            };
            self.data.insert(id, data);
        }
        Ok(())
    }

    /// Reads the skills tagged on them; the statements of the skill tagger.
    pub async fn read_skills(
        &mut self,
        scope: &Scope,
        library: &Library,
        instances: &[Instance],
    ) -> Result<(), Error> {
        let targets: Vec<Uuid> = instances.iter().map(|one| one.id.uuid()).collect();
        self.skills = tagged(scope, library, &targets).await?;
        Ok(())
    }

    /// Reads what they held; one statement.
    pub async fn read_history(
        &mut self,
        scope: &Scope,
        instances: &[Instance],
    ) -> Result<(), Error> {
        use user_tool_changes::{Column, Entity};
        let rows = Entity::find()
            .filter(Column::UserId.eq(scope.user()))
            .filter(Column::InstanceId.is_in(instances.iter().map(|one| one.id)))
            .order_by_desc(Column::Revision)
            .all(scope.connection())
            .await?;
        for row in rows {
            let history = self.history.entry(row.instance_id).or_default();
            history.push(Change {
                revision: row.revision,
                changed_at: row.changed_at,
                content_hash: row.content_hash,
            });
        }
        Ok(())
    }
}
