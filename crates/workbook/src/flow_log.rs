//! The flow log: how much energy and focus an activity gave on a day. Entries are written one at a time,
//! or as a whole by the flow tracker at a placement ([`crate::tool::flow`]).

mod page;

use std::ops::RangeInclusive;

use dreamtree_content::Library;
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use serde::{Deserialize, Serialize};
use time::{Date, macros::date};

use crate::{
    Error, FlowLogId, InstanceId,
    entity::user_flow_logs::{Column, Entity, Model},
    field::{self, on_scale},
    instance,
    owned::{self, Owned, Saved, is_stale},
    text,
};

pub(crate) use page::latest;
pub use page::{Page, Place, Wanted, count, page};

const ENERGY: RangeInclusive<i32> = -2..=2;
const FOCUS: RangeInclusive<i32> = 1..=5;
const HIGH_ENERGY: i32 = 1;
const HIGH_FOCUS: i32 = 4;
const LONGEST_ACTIVITY: usize = 200;
const LONGEST_NOTES: usize = 2_000;
const FIRST_DAY: Date = date!(1970 - 01 - 01);

/// An entry of the flow log.
#[derive(Clone, Debug)]
pub struct FlowLog {
    /// The entry among the person's.
    pub id: FlowLogId,
    /// Which use of the flow tracker it belongs to; `None` for one that was written by itself.
    pub instance: Option<InstanceId>,
    /// What it says.
    pub entry: Entry,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What an entry of the flow log says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day, where the person was; from 1970 until today.
    pub date: Date,
    /// What they did; 1 to 200 characters.
    pub activity: String,
    /// −2, it drained, to 2, it gave energy.
    pub energy: i32,
    /// 1, elsewhere, to 5, absorbed.
    pub focus: i32,
    /// At most 2,000 characters.
    pub notes: Option<String>,
}

/// Several entries a day, for years.
impl Owned for Entity {
    type Id = FlowLogId;

    const MOST: u64 = 20_000;

    fn user() -> Column {
        Column::UserId
    }

    fn counters() -> (Column, Column) {
        (Column::Revision, Column::UpdatedAt)
    }

    fn counted(row: &mut Model) -> (&mut i32, &mut Instant) {
        (&mut row.revision, &mut row.updated_at)
    }
}

impl Entry {
    /// True when the activity gave energy (1 or more) and the person was absorbed (4 or more).
    #[must_use]
    pub const fn is_high_flow(&self) -> bool {
        self.energy >= HIGH_ENERGY && self.focus >= HIGH_FOCUS
    }
}

/// What to change about an entry; only the notes can be taken away.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The day.
    pub date: Patch<Date>,
    /// What they did.
    pub activity: Patch<String>,
    /// How much energy it gave.
    pub energy: Patch<i32>,
    /// How absorbed they were.
    pub focus: Patch<i32>,
    /// Anything else.
    pub notes: Patch<String>,
}

/// Adds an entry of no placement. One with this id that is there already is returned as it is.
pub async fn create(scope: &Scope, id: Option<FlowLogId>, entry: Entry) -> Result<FlowLog, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return Ok(read(&known));
    }
    let entry = check(entry, scope.now(), "input")?;
    let row = row(scope, id.unwrap_or_default(), None, entry);
    Ok(read(&owned::insert::<Entity>(scope, row).await?))
}

/// Changes an entry, wherever it was written.
pub async fn update(
    scope: &Scope,
    library: &Library,
    id: FlowLogId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<FlowLog>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(&row)));
    }
    let mut entry = said(&row);
    field::required(&mut entry.date, draft.date, "input.date")?;
    field::required(&mut entry.activity, draft.activity, "input.activity")?;
    field::required(&mut entry.energy, draft.energy, "input.energy")?;
    field::required(&mut entry.focus, draft.focus, "input.focus")?;
    entry.notes = draft.notes.onto(entry.notes);
    say(&mut row, check(entry, scope.now(), "input")?);
    owned::replace::<Entity>(scope, &mut row).await?;
    if let Some(instance) = row.instance_id {
        instance::touch(scope, library, instance).await?;
    }
    Ok(Saved::Done(read(&row)))
}

/// Takes an entry away, unless it belongs to a use of the flow tracker.
pub(crate) async fn delete(
    scope: &Scope,
    id: FlowLogId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    instance::refuse(row.instance_id)?;
    owned::delete::<Entity>(scope, id).await
}

/// The entry as it may be kept, its texts cleaned; `input` is the path of the input that it came in.
pub(crate) fn check(mut entry: Entry, now: Instant, input: &str) -> Result<Entry, Error> {
    let path = |name: &str| format!("{input}.{name}");
    // East of Greenwich the next day has begun already.
    let last_day = now.date().next_day().unwrap_or(Date::MAX);
    if !(FIRST_DAY..=last_day).contains(&entry.date) {
        return Err(Error::invalid(
            path("date"),
            "must be a day from 1970 until today",
        ));
    }
    on_scale(entry.energy, &ENERGY, &path("energy"))?;
    on_scale(entry.focus, &FOCUS, &path("focus"))?;
    let activity = Patch::Set(entry.activity);
    entry.activity = text::required(String::new(), activity, LONGEST_ACTIVITY, &path("activity"))?;
    let notes = entry.notes.take().into();
    entry.notes = text::patch(None, notes, LONGEST_NOTES, &path("notes"))?;
    Ok(entry)
}

/// A new row for a checked entry.
pub(crate) fn row(
    scope: &Scope,
    id: FlowLogId,
    instance: Option<InstanceId>,
    entry: Entry,
) -> Model {
    Model {
        user_id: scope.user(),
        id,
        instance_id: instance,
        activity: entry.activity,
        energy: entry.energy,
        focus: entry.focus,
        logged_date: entry.date,
        notes: entry.notes,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    }
}

/// Puts a checked entry in the place of what the row says.
pub(crate) fn say(row: &mut Model, entry: Entry) {
    row.logged_date = entry.date;
    row.activity = entry.activity;
    row.energy = entry.energy;
    row.focus = entry.focus;
    row.notes = entry.notes;
}

/// What the row says.
pub(crate) fn said(row: &Model) -> Entry {
    Entry {
        date: row.logged_date,
        activity: row.activity.clone(),
        energy: row.energy,
        focus: row.focus,
        notes: row.notes.clone(),
    }
}

fn read(row: &Model) -> FlowLog {
    FlowLog {
        entry: said(row),
        id: row.id,
        instance: row.instance_id,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
