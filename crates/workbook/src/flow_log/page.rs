//! The flow log page by page: the newest day first, of a day the newest entry first.

use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use time::Date;

use super::{FlowLog, HIGH_ENERGY, HIGH_FOCUS, read};
use crate::{
    Error, FlowLogId,
    entity::user_flow_logs::{Column, Entity},
};

/// The most entries of one page.
const LARGEST_PAGE: i32 = 100;

/// The most entries that are looked at beside the log itself.
const LATEST: u64 = 500;

/// Which entries are wanted; all that hold at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Only those of high flow, or only the others.
    pub high_flow: Option<bool>,
    /// Only those of this day and later.
    pub from: Option<Date>,
    /// Only those of this day and earlier.
    pub to: Option<Date>,
}

/// A place in the log: right behind this entry, which need not be there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its day.
    pub date: Date,
    /// The entry.
    pub id: FlowLogId,
}

/// Some entries of the log.
#[derive(Clone, Debug)]
pub struct Page {
    /// The entries.
    pub entries: Vec<FlowLog>,
    /// True when there are older ones.
    pub has_next: bool,
}

/// The `first` (1 to 100) wanted entries behind `after`; one statement.
pub async fn page(
    scope: &Scope,
    wanted: Wanted,
    first: i32,
    after: Option<Place>,
) -> Result<Page, Error> {
    if !(1..=LARGEST_PAGE).contains(&first) {
        return Err(Error::invalid("first", "must be 1 to 100"));
    }
    let rows = of(scope, wanted)
        .filter(Condition::all().add_option(after.map(Place::older)))
        .order_by_desc(Column::LoggedDate)
        .order_by_desc(Column::Id)
        .limit(u64::from(first.unsigned_abs()) + 1)
        .all(scope.connection())
        .await?;
    let mut entries: Vec<FlowLog> = rows.iter().map(read).collect();
    let most = usize::try_from(first).unwrap_or(usize::MAX);
    let has_next = entries.len() > most;
    entries.truncate(most);
    Ok(Page { entries, has_next })
}

/// The latest entries, at most 500; one statement.
pub(crate) async fn latest(scope: &Scope) -> Result<Vec<FlowLog>, Error> {
    let rows = of(scope, Wanted::default())
        .order_by_desc(Column::LoggedDate)
        .order_by_desc(Column::Id)
        .limit(LATEST);
    let rows = scope.gather(rows).await?;
    Ok(rows.iter().map(read).collect())
}

/// How many entries are wanted, on all pages; one statement.
pub async fn count(scope: &Scope, wanted: Wanted) -> Result<usize, Error> {
    let count = of(scope, wanted).count(scope.connection()).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn of(scope: &Scope, wanted: Wanted) -> Select<Entity> {
    let is_high = Condition::all()
        .add(Column::Energy.gte(HIGH_ENERGY))
        .add(Column::Focus.gte(HIGH_FOCUS));
    let high_flow = |high| if high { is_high } else { is_high.not() };
    let filter = Condition::all()
        .add_option(wanted.high_flow.map(high_flow))
        .add_option(wanted.from.map(|day| Column::LoggedDate.gte(day)))
        .add_option(wanted.to.map(|day| Column::LoggedDate.lte(day)));
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(filter)
}

impl Place {
    /// What comes behind it.
    fn older(self) -> Condition {
        let same_day = Condition::all()
            .add(Column::LoggedDate.eq(self.date))
            .add(Column::Id.lt(self.id));
        Condition::any()
            .add(Column::LoggedDate.lt(self.date))
            .add(same_day)
    }
}
