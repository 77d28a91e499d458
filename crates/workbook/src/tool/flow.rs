//! The flow tracker: how much energy and focus an activity gave on a day.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{FlowSettings, ToolSettings};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private, clean};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, macros::date};

use super::{Site, ToolData};
use crate::{
    Error, FlowLogId, InstanceId,
    entity::user_flow_logs::{ActiveModel, Column, Entity},
    sealed,
};

const ENTRIES: &str = "value.flowTracker.entries";
const MOST_ENTRIES: usize = 200;
const LONGEST_ACTIVITY: usize = 200;
const LONGEST_NOTES: usize = 2_000;
const FIRST_DAY: Date = date!(1970 - 01 - 01);

/// A flow log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// When it is read: the latest day first, the entries of a day as they were written.
    pub entries: Vec<Entry>,
}

/// An entry of the flow log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Kept when the entry is saved again; `None` for a new one.
    pub id: Option<FlowLogId>,
    /// The day, where the person was.
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

/// Puts the log in the place of what was there. Entries that come with their id keep it.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, flow: &Flow) -> Result<(), Error> {
    let ToolSettings::FlowTracker(settings) = &site.tool.settings else {
        return Err(Error::Corrupt("a flow tracker without limits"));
    };
    let entries = check(settings, scope.now(), &flow.entries)?;
    let known = known(scope, site.instance).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let created_at = match entry.id {
            None => scope.now(),
            Some(id) => *known
                .get(&id)
                .ok_or_else(|| Error::missing(format!("{ENTRIES}[{index}].id")))?,
        };
        rows.push(ActiveModel {
            user_id: Set(scope.user()),
            id: Set(entry.id.unwrap_or_default()),
            instance_id: Set(Some(site.instance)),
            activity: Set(entry.activity),
            energy: Set(entry.energy),
            focus: Set(entry.focus),
            logged_date: Set(entry.date),
            notes: Set(entry.notes),
            created_at: Set(created_at),
        });
    }
    replace(scope, site.instance, rows).await
}

/// The entries, their texts cleaned.
fn check(settings: &FlowSettings, now: Instant, entries: &[Entry]) -> Result<Vec<Entry>, Error> {
    let min = settings.min_items as usize;
    if !(min..=MOST_ENTRIES).contains(&entries.len()) {
        return Err(Error::invalid(
            ENTRIES,
            format!("needs {min} to {MOST_ENTRIES} entries"),
        ));
    }
    // East of Greenwich the next day has begun already.
    let last_day = now.date().next_day().unwrap_or(Date::MAX);
    let mut ids = HashSet::new();
    let mut checked = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let field = |name: &str| format!("{ENTRIES}[{index}].{name}");
        if entry.id.is_some_and(|id| !ids.insert(id)) {
            return Err(Error::twice(field("id")));
        }
        if !(FIRST_DAY..=last_day).contains(&entry.date) {
            return Err(Error::invalid(
                field("date"),
                "must be a day from 1970 until today",
            ));
        }
        if !(-2..=2).contains(&entry.energy) {
            return Err(Error::invalid(field("energy"), "must be -2 to 2"));
        }
        if !(1..=5).contains(&entry.focus) {
            return Err(Error::invalid(field("focus"), "must be 1 to 5"));
        }
        let activity = clean(&entry.activity, LONGEST_ACTIVITY)
            .map_err(|fault| Error::invalid(field("activity"), fault.to_string()))?;
        let notes = sealed::optional(entry.notes.as_deref(), LONGEST_NOTES, &field("notes"))?;
        checked.push(Entry {
            activity,
            notes,
            ..*entry
        });
    }
    Ok(checked)
}

async fn known(scope: &Scope, instance: InstanceId) -> Result<HashMap<FlowLogId, Instant>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .all(scope.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.created_at))
        .collect())
}

async fn replace(scope: &Scope, instance: InstanceId, rows: Vec<ActiveModel>) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .exec(scope.connection())
        .await?;
    if !rows.is_empty() {
        Entity::insert_many(rows)
            .exec_without_returning(scope.connection())
            .await?;
    }
    Ok(())
}

/// The logs of these instances, in one statement.
pub(crate) async fn load(
    scope: &Scope,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.is_in(instances.iter().copied()))
        .order_by_desc(Column::LoggedDate)
        .order_by_asc(Column::Id)
        .all(scope.connection())
        .await?;
    let mut logs: HashMap<InstanceId, Flow> = instances
        .iter()
        .map(|instance| (*instance, Flow::default()))
        .collect();
    for row in rows {
        let Some(log) = row.instance_id.and_then(|instance| logs.get_mut(&instance)) else {
            continue;
        };
        log.entries.push(Entry {
            id: Some(row.id),
            date: row.logged_date,
            activity: row.activity,
            energy: row.energy,
            focus: row.focus,
            notes: row.notes,
        });
    }
    let open = |(instance, log)| (instance, Private::Open(ToolData::Flow(log)));
    Ok(logs.into_iter().map(open).collect())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: Instant = datetime!(2025-06-30 23:30 UTC);

    fn entry(date: Date) -> Entry {
        Entry {
            id: None,
            date,
            activity: " Bees ".to_owned(),
            energy: 2,
            focus: 5,
            notes: None,
        }
    }

    fn checked(entries: &[Entry]) -> Result<Vec<Entry>, Error> {
        check(&FlowSettings { min_items: 1 }, NOW, entries)
    }

    fn blamed(entry: Entry) -> String {
        match checked(&[entry]) {
            Err(Error::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_day_may_be_tomorrow_in_greenwich_but_no_later() {
        let tomorrow = date!(2025 - 07 - 01);
        assert_eq!(checked(&[entry(tomorrow)]).unwrap()[0].activity, "Bees");
        assert_eq!(
            blamed(entry(date!(2025 - 07 - 02))),
            "value.flowTracker.entries[0].date"
        );
        assert_eq!(
            blamed(entry(date!(1969 - 12 - 31))),
            "value.flowTracker.entries[0].date"
        );
    }

    #[test]
    fn figures_stay_on_their_scales() {
        let day = date!(2025 - 06 - 30);
        let drained = Entry {
            energy: -3,
            ..entry(day)
        };
        assert_eq!(blamed(drained), "value.flowTracker.entries[0].energy");
        let absent = Entry {
            focus: 0,
            ..entry(day)
        };
        assert_eq!(blamed(absent), "value.flowTracker.entries[0].focus");
    }

    #[test]
    fn too_few_too_many_and_twins_are_refused() {
        let day = entry(date!(2025 - 06 - 30));
        assert!(matches!(checked(&[]), Err(Error::Invalid { .. })));
        let many = vec![day.clone(); MOST_ENTRIES + 1];
        assert!(matches!(checked(&many), Err(Error::Invalid { .. })));
        let twin = Entry {
            id: Some(FlowLogId::new()),
            ..day
        };
        assert!(matches!(
            checked(&[twin.clone(), twin]),
            Err(Error::Duplicate { .. })
        ));
    }
}
