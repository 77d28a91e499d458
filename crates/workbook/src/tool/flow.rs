//! The flow tracker: the flow log of one placement, written as a whole.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{FlowSettings, ToolSettings};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde::{Deserialize, Serialize};

use super::{Site, ToolData};
use crate::{
    Error, FlowLogId, InstanceId,
    entity::user_flow_logs::{Column, Entity, Model},
    flow_log::{self, Entry},
};

const ENTRIES: &str = "value.flowTracker.entries";
const MOST_ENTRIES: usize = 200;

/// A flow log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// When it is read: the latest day first, the entries of a day as they were written. An entry keeps
    /// its id when it is saved again with it; a new one has none.
    pub entries: Vec<(Option<FlowLogId>, Entry)>,
}

/// Puts the log in the place of what was there. Entries that come with their id keep it; what has changed
/// about them counts as one change.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, flow: &Flow) -> Result<(), Error> {
    let ToolSettings::FlowTracker(settings) = &site.tool.settings else {
        return Err(Error::Corrupt("a flow tracker without limits"));
    };
    let entries = check(settings, scope.now(), &flow.entries)?;
    let mut known = known(scope, site.instance).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for (index, (id, entry)) in entries.into_iter().enumerate() {
        let Some(id) = id else {
            let id = FlowLogId::new();
            rows.push(flow_log::row(scope, id, Some(site.instance), entry));
            continue;
        };
        let row = known.remove(&id);
        let mut row = row.ok_or_else(|| Error::missing(format!("{ENTRIES}[{index}].id")))?;
        if flow_log::said(&row) != entry {
            flow_log::say(&mut row, entry);
            row.revision += 1;
            row.updated_at = scope.now();
        }
        rows.push(row);
    }
    replace(scope, site.instance, rows).await
}

/// The entries, their texts cleaned.
fn check(
    settings: &FlowSettings,
    now: Instant,
    entries: &[(Option<FlowLogId>, Entry)],
) -> Result<Vec<(Option<FlowLogId>, Entry)>, Error> {
    let min = settings.min_items as usize;
    if !(min..=MOST_ENTRIES).contains(&entries.len()) {
        return Err(Error::invalid(
            ENTRIES,
            format!("needs {min} to {MOST_ENTRIES} entries"),
        ));
    }
    let mut ids = HashSet::new();
    let mut checked = Vec::with_capacity(entries.len());
    for (index, (id, entry)) in entries.iter().enumerate() {
        let input = format!("{ENTRIES}[{index}]");
        if id.is_some_and(|id| !ids.insert(id)) {
            return Err(Error::twice(format!("{input}.id")));
        }
        checked.push((*id, flow_log::check(entry.clone(), now, &input)?));
    }
    Ok(checked)
}

async fn known(scope: &Scope, instance: InstanceId) -> Result<HashMap<FlowLogId, Model>, Error> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .all(scope.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn replace(scope: &Scope, instance: InstanceId, rows: Vec<Model>) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .exec(scope.connection())
        .await?;
    if !rows.is_empty() {
        let rows = rows.into_iter();
        Entity::insert_many(rows.map(|row| row.into_active_model().reset_all()))
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
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(scope.among(Column::InstanceId, instances))
        .order_by_desc(Column::LoggedDate)
        .order_by_asc(Column::Id);
    let rows = scope.gather(mine).await?;
    let mut logs: HashMap<InstanceId, Flow> = instances
        .iter()
        .map(|instance| (*instance, Flow::default()))
        .collect();
    for row in rows {
        let Some(log) = row.instance_id.and_then(|instance| logs.get_mut(&instance)) else {
            continue;
        };
        log.entries.push((Some(row.id), flow_log::said(&row)));
    }
    let open = |(instance, log)| (instance, Private::Open(ToolData::Flow(log)));
    Ok(logs.into_iter().map(open).collect())
}

#[cfg(test)]
mod tests {
    use time::{
        Date,
        macros::{date, datetime},
    };

    use super::*;

    const NOW: Instant = datetime!(2025-06-30 23:30 UTC);

    fn entry(date: Date) -> Entry {
        Entry {
            date,
            activity: " Bees ".to_owned(),
            energy: 2,
            focus: 5,
            notes: None,
        }
    }

    fn checked(entries: &[(Option<FlowLogId>, Entry)]) -> Result<Vec<Entry>, Error> {
        let checked = check(&FlowSettings { min_items: 1 }, NOW, entries)?;
        Ok(checked.into_iter().map(|(_, entry)| entry).collect())
    }

    fn blamed(entry: Entry) -> String {
        match checked(&[(None, entry)]) {
            Err(Error::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_day_may_be_tomorrow_in_greenwich_but_no_later() {
        let tomorrow = date!(2025 - 07 - 01);
        assert_eq!(
            checked(&[(None, entry(tomorrow))]).unwrap()[0].activity,
            "Bees"
        );
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
        let many = vec![(None, day.clone()); MOST_ENTRIES + 1];
        assert!(matches!(checked(&many), Err(Error::Invalid { .. })));
        let twin = (Some(FlowLogId::new()), day);
        assert!(matches!(
            checked(&[twin.clone(), twin]),
            Err(Error::Duplicate { .. })
        ));
    }
}
