//! All tools as a person has them: open or not, how often used, when due.

use dreamtree_content::{Library, Placement, Tool, ToolSettings};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use time::Date;

use crate::{
    Answered, Error, Position,
    daily::{Work, due_on},
};

/// A tool as a person has it.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// The tool.
    pub tool: &'a Tool,
    /// What has to be reached to open it; `None` for a tool that no module places.
    pub opened_by: Option<&'a Placement>,
    /// True when the person has reached it.
    pub open: bool,
    /// True when it can be used outside of the workbook.
    pub standalone: bool,
    /// How often the person uses it.
    pub uses: usize,
    /// How many of these stand outside of the workbook.
    pub standalone_uses: usize,
    /// When one of them was last saved.
    pub last_used: Option<Instant>,
    /// The day on which it is due, be it past or to come, where the person lives; `None` before it is open, and for a
    /// tool without a reminder.
    pub due_on: Option<Date>,
}

/// All tools in the order in which the workbook opens them, those that it does not place at the end. Two statements.
pub async fn all<'a>(scope: &Scope, library: &'a Library) -> Result<Vec<Item<'a>>, Error> {
    let answered = Answered::find(scope).await?;
    let position = Position::of(library, &answered);
    let work = Work::find(scope, library).await?;
    let mut tools: Vec<(Option<usize>, &Tool)> = library
        .tools()
        .iter()
        .map(|tool| (library.first_placement_of(tool.id), &**tool))
        .collect();
    tools.sort_by_key(|(first, tool)| (first.unwrap_or(usize::MAX), tool.id));
    let items = tools.into_iter().map(|(first, tool)| {
        let open = first.is_some_and(|index| position.opens(index));
        let uses = work.uses(tool.id);
        Item {
            tool,
            opened_by: first.and_then(|index| library.placements().get(index)),
            open,
            standalone: ToolSettings::standalone(tool.kind).is_some(),
            uses: uses.total,
            standalone_uses: uses.standalone,
            last_used: uses.last,
            due_on: due_on(&work, tool, scope.now()).filter(|_| open),
        }
    });
    Ok(items.collect())
}
