//! The proposals that wait, or what became of them.

use dreamtree_api::Cursor;
use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, format_description::well_known::Iso8601};

use super::{Proposal, ReviewError, ReviewStatus, read};
use crate::{
    SkillProposalKind,
    entity::skill_proposal::{Column, Entity},
};

/// The most proposals that one page may hold.
const MOST: i32 = 100;

/// Proposals in the order of their days.
#[derive(Clone, Debug)]
pub struct Page {
    /// At most as many as were asked for.
    pub proposals: Vec<Proposal>,
    /// True when more follow.
    pub has_next: bool,
}

/// The `first` (1 to 100) proposals of this status behind the cursor, the longest known first; one statement.
pub async fn page(
    scope: &Scope,
    status: ReviewStatus,
    first: i32,
    after: Option<Cursor<SkillProposalKind>>,
) -> Result<Page, ReviewError> {
    let count = u64::try_from(first)
        .ok()
        .filter(|_| (1..=MOST).contains(&first));
    let rule = || ReviewError::Invalid("first", format!("must be 1 to {MOST}"));
    let count = count.ok_or_else(rule)?;
    let mut wanted = Entity::find().filter(Column::Status.eq(status.as_str()));
    if let Some(cursor) = after {
        let day = Date::parse(&cursor.key, &Iso8601::DATE).map_err(|_| ReviewError::Cursor)?;
        let same_day = Condition::all()
            .add(Column::ProposedOn.eq(day))
            .add(Column::Id.gt(cursor.id));
        let behind = Condition::any()
            .add(Column::ProposedOn.gt(day))
            .add(same_day);
        wanted = wanted.filter(behind);
    }
    let rows = wanted
        .order_by_asc(Column::ProposedOn)
        .order_by_asc(Column::Id)
        .limit(count + 1)
        .all(scope.connection())
        .await?;
    let mut proposals: Vec<Proposal> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    let has_next = proposals.len() as u64 > count;
    if has_next {
        proposals.pop();
    }
    Ok(Page {
        proposals,
        has_next,
    })
}

impl Proposal {
    /// Where in the queue it stands.
    #[must_use]
    pub fn cursor(&self) -> Cursor<SkillProposalKind> {
        Cursor {
            key: self.proposed_on.to_string(),
            id: self.id,
        }
    }
}
