//! The Daily Dos: going on with the workbook, and the tools that come back every day, week or month.

mod due;
mod snooze;
mod work;

pub use snooze::Snooze;
pub(crate) use snooze::{all as snoozes, snooze};
pub(crate) use work::Work;

use dreamtree_content::{Frequency, Library, PlacementId, Reminder, Tool, ToolId};
use dreamtree_database::Scope;
use dreamtree_identity::settings;
use dreamtree_types::{Instant, Zone};
use time::{Date, Duration};

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

/// What a person may do on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// Going on first, then what comes back daily, weekly, monthly.
    pub todos: Vec<DailyDo>,
    /// The beginning of the next day, in the person's time zone.
    pub until: Instant,
}

/// A tool that comes back, whether it is due or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reminded<'a> {
    /// The tool.
    pub(crate) tool: &'a Tool,
    /// How often it comes back, and in which words.
    pub(crate) reminder: &'a Reminder,
    /// The place of its first placement.
    index: usize,
    /// The day from which on it is due.
    due: Date,
    /// The day until which it rests.
    rests: Option<Date>,
}

/// What a person's calendar has to say of today and of tools that come back.
#[derive(Debug)]
pub(crate) struct Days<'a> {
    /// The zone in which the person's days begin.
    pub(crate) zone: Zone,
    /// Today, there.
    pub(crate) today: Date,
    /// Where the person stands.
    pub(crate) position: Position,
    /// The tools that they have reached and that have a reminder: daily ones first, then weekly and monthly ones.
    pub(crate) reminded: Vec<Reminded<'a>>,
}

impl<'a> Days<'a> {
    /// The days of the scope's person. Two statements.
    pub(crate) async fn find(scope: &Scope, library: &'a Library) -> Result<Self, Error> {
        let answered = Answered::find(scope).await?;
        let position = Position::of(library, &answered);
        let work = Work::find(scope, library).await?;
        let today = work.zone.local_date(scope.now());
        let mut tools: Vec<&Tool> = library.tools().iter().map(|tool| &**tool).collect();
        tools.sort_by_key(|tool| tool.id);
        let mut coming = Vec::new();
        for frequency in [Frequency::Daily, Frequency::Weekly, Frequency::Monthly] {
            for tool in &tools {
                let Some(reminder) = &tool.reminder else {
                    continue;
                };
                let Some(index) = library.first_placement_of(tool.id) else {
                    continue;
                };
                if reminder.frequency == frequency && position.opens(index) {
                    coming.push(Reminded {
                        tool,
                        reminder,
                        index,
                        due: due::from(frequency, work.of(tool), today),
                        rests: work.rest(tool.id),
                    });
                }
            }
        }
        Ok(Self {
            zone: work.zone,
            today,
            position,
            reminded: coming,
        })
    }
}

impl Reminded<'_> {
    /// The first day from `today` on which it may be seen.
    pub(crate) fn next(&self, today: Date) -> Date {
        self.due.max(today).max(self.rests.unwrap_or(today))
    }
}

/// What the scope's person may do today. Two statements.
pub async fn find(scope: &Scope, library: &Library) -> Result<Today, Error> {
    let days = Days::find(scope, library).await?;
    let today = days.zone.start_of(days.today);
    let due = days.reminded.iter();
    let due = due.filter(|one| one.next(days.today) == days.today);
    let tools = due.map(|one| DailyDo {
        reason: Reason::Tool(one.tool.id, one.reminder.frequency),
        title: Some(one.tool.title.clone()),
        prompt: one.reminder.prompt.clone(),
        due_since: days.zone.start_of(one.due),
        placement: library.placements()[one.index].id,
    });
    let resume = resume(library, days.position, today);
    Ok(Today {
        todos: resume.into_iter().chain(tools).collect(),
        until: days.zone.start_of(days.today.saturating_add(Duration::DAY)),
    })
}

/// The day on which a tool with a reminder is due, be it past or to come, as far as the person's work says.
pub(crate) fn due_on(work: &Work, tool: &Tool, now: Instant) -> Option<Date> {
    let reminder = tool.reminder.as_ref()?;
    let last = work.of(tool);
    let due = due::from(reminder.frequency, last, work.zone.local_date(now));
    Some(work.rest(tool.id).map_or(due, |until| due.max(until)))
}

/// The card that leads back into the workbook.
pub(crate) fn resume(library: &Library, position: Position, due_since: Instant) -> Option<DailyDo> {
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
