//! The uses of tools that a person has, the one saved last first.

use dreamtree_content::{Library, ToolId};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Instance, read};
use crate::{
    Error, InstanceId,
    entity::user_tool_instances::{Column, Entity},
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
    let tools: Vec<i32> = tools.map(|tool| tool.0).collect();
    let origin = |origin| match origin {
        Origin::Workbook => Column::StemId.is_not_null(),
        Origin::Standalone => Column::StemId.is_null(),
    };
    let filter = Condition::all()
        .add(scope.among_numbers(Column::ToolId, &tools))
        .add_option(wanted.origin.map(origin))
        .add_option(after.map(Place::older));
    // What is sealed is looked through here, so a search reads on to the end.
    let most = u64::from(first.unsigned_abs()) + 1;
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(filter)
        .order_by_desc(Column::UpdatedAt)
        .order_by_desc(Column::Id)
        .limit(search.is_none().then_some(most));
    let rows = scope.gather(rows).await?;
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
    let row = scope.gather_one(row).await?;
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
