//! The Daily Dos: going on with the workbook, and the tools that come back every day, week or month.

mod due;
mod snooze;
mod work;

pub(crate) use snooze::snooze;

use dreamtree_content::{Frequency, Library, PlacementId, ToolId};
use dreamtree_database::Scope;
use dreamtree_identity::settings;
use dreamtree_types::{Instant, Zone};
use tokio::try_join;

use crate::{Answered, Error, Position};

/// Something to do today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyDo {
    /// Why it is due.
    pub reason: Reason,
    /// What it is called: the exercise, or the tool.
    pub title: Option<String>,
    /// The tool's question.
    pub prompt: Option<String>,
    /// The beginning of the day since which it waits, in the person's time zone.
    pub due_since: Instant,
    /// Where to do it.
    pub placement: PlacementId,
}

/// Why something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The workbook is not complete.
    Resume,
    /// A tool comes back.
    Tool(ToolId, Frequency),
}

/// What the scope's person may do today: going on first, then what comes back daily, weekly, monthly. Three
/// statements.
pub async fn find(scope: &Scope, library: &Library) -> Result<Vec<DailyDo>, Error> {
    let (zone, snoozed) = try_join!(zone(scope), snooze::all(scope))?;
    let answered = Answered::find(scope).await?;
    let position = Position::of(library, &answered);
    let today = zone.local_date(scope.now());
    let work = work::last(scope, library, &zone).await?;
    let mut todos: Vec<DailyDo> = resume(library, position, zone.start_of(today))
        .into_iter()
        .collect();
    let mut tools: Vec<_> = library.tools().iter().collect();
    tools.sort_by_key(|tool| tool.id);
    for frequency in [Frequency::Daily, Frequency::Weekly, Frequency::Monthly] {
        for tool in &tools {
            let Some(reminder) = &tool.reminder else {
                continue;
            };
            let Some(index) = library.first_placement_of(tool.id) else {
                continue;
            };
            let asleep = snoozed.get(&tool.id).is_some_and(|until| today < *until);
            if reminder.frequency != frequency || !position.opens(index) || asleep {
                continue;
            }
            let due = due::since(frequency, work.of(tool), today);
            todos.extend(due.map(|day| DailyDo {
                reason: Reason::Tool(tool.id, frequency),
                title: Some(tool.title.clone()),
                prompt: reminder.prompt.clone(),
                due_since: zone.start_of(day),
                placement: library.placements()[index].id,
            }));
        }
    }
    Ok(todos)
}

/// The card that leads back into the workbook.
fn resume(library: &Library, position: Position, due_since: Instant) -> Option<DailyDo> {
    let Position::At(index) = position else {
        return None;
    };
    let placement = library.placements().get(index)?;
    Some(DailyDo {
        reason: Reason::Resume,
        title: library
            .exercise_of(placement)
            .map(|exercise| exercise.title.clone()),
        prompt: None,
        due_since,
        placement: placement.id,
    })
}

/// The zone in which the person's days begin.
async fn zone(scope: &Scope) -> Result<Zone, Error> {
    let settings = settings::get(scope).await?;
    Zone::parse(&settings.time_zone).map_err(|_| Error::Corrupt("a time zone that there is not"))
}
