//! What a person has before them, as calendar programs read it: iCalendar, RFC 5545. No text of it is private: the words
//! of tools, and the titles of milestones.

use dreamtree_content::{Frequency, Library};
use dreamtree_database::Scope;
use dreamtree_types::{CalendarFeedId, Instant};
use icalendar::{Calendar, Component, Event, Property};
use time::{Date, Month};
use tokio::try_join;

use crate::{
    Error,
    daily::{self, Days},
    milestone::{self, Milestone, Wanted},
};

const NAME: &str = "DreamTree";

/// How often programs are asked to look again.
const REFRESH: &str = "PT1H";

/// The calendar of the scope's person, for the feed that asks. Whole days of the person's own time zone: going on and
/// tools that come back, each from the next day on which it is due, and milestones on the last day of their quarter.
/// Three statements.
pub async fn write(
    scope: &Scope,
    library: &Library,
    feed: CalendarFeedId,
) -> Result<String, Error> {
    let milestones = milestone::all(scope, Wanted::default());
    let (milestones, days) = try_join!(milestones, Days::find(scope, library))?;
    let mut calendar = Calendar::new();
    calendar
        .append_property(Property::new("METHOD", "PUBLISH"))
        .append_property(Property::new("X-WR-CALNAME", NAME))
        .append_property(Property::new("X-WR-TIMEZONE", days.zone.name()))
        .append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    let since = days.zone.start_of(days.today);
    if let Some(todo) = daily::resume(library, days.position, since) {
        let mut event = whole_day(&format!("resume-{feed}"), days.today, since);
        event.summary("Go on with the workbook");
        event.add_property("RRULE", "FREQ=DAILY");
        if let Some(title) = &todo.title {
            event.description(&plain(title));
        }
        calendar.push(event);
    }
    for one in &days.reminded {
        let id = format!("tool-{}-{feed}", one.tool.id.0);
        let mut event = whole_day(&id, one.next(days.today), since);
        event.summary(&plain(&one.tool.title));
        event.add_property("RRULE", rule(one.reminder.frequency));
        if let Some(prompt) = &one.reminder.prompt {
            event.description(&plain(prompt));
        }
        calendar.push(event);
    }
    for milestone in milestones {
        let id = format!("milestone-{}", milestone.id);
        let mut event = whole_day(&id, last_day(&milestone)?, milestone.updated_at);
        event.summary(&plain(&milestone.title));
        calendar.push(event);
    }
    Ok(calendar.to_string())
}

/// An event that takes no time of its day, as it was at an instant.
fn whole_day(id: &str, day: Date, at: Instant) -> Event {
    let mut event = Event::new();
    let start = Property::new("DTSTART", digits(day))
        .add_parameter("VALUE", "DATE")
        .done();
    let (date, time) = (digits(at.date()), at.time());
    let (hour, minute, second) = time.as_hms();
    event
        .uid(&format!("{id}@dreamtree"))
        .append_property(start)
        .add_property(
            "DTSTAMP",
            format!("{date}T{hour:02}{minute:02}{second:02}Z"),
        )
        .add_property("TRANSP", "TRANSPARENT");
    event
}

fn digits(day: Date) -> String {
    let (year, month, day) = day.to_calendar_date();
    format!("{year:04}{:02}{day:02}", u8::from(month))
}

const fn rule(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Daily => "FREQ=DAILY",
        Frequency::Weekly => "FREQ=WEEKLY",
        Frequency::Monthly => "FREQ=MONTHLY",
    }
}

/// The last day of the milestone's quarter; of a whole year, its last day.
fn last_day(milestone: &Milestone) -> Result<Date, Error> {
    let month = match milestone.quarter {
        Some(1) => Month::March,
        Some(2) => Month::June,
        Some(3) => Month::September,
        _ => Month::December,
    };
    Date::from_calendar_date(milestone.year, month, month.length(milestone.year))
        .map_err(|_| Error::Corrupt("the year of a milestone"))
}

/// The text in one line: a line break would end the property.
fn plain(text: &str) -> String {
    let one_line = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(one_line).collect()
}
