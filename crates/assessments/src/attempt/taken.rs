//! How somebody stands with each assessment.

use std::sync::Arc;

use dreamtree_content::coaching::{Assessment, AssessmentId};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect, sea_query::NullOrdering};

use super::{Status, read::owned};
use crate::{
    AttemptId, Error, Fraction, Trend,
    entity::user_attempts::{Column, Model},
};

/// The most attempts that are looked at, the latest ones.
const MOST: u64 = 500;

/// How somebody stands with an assessment.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// False while another assessment has to be passed first.
    pub unlocked: bool,
    /// True once it was passed, whatever came later.
    pub passed: bool,
    /// The attempt that can be taken up again.
    pub open: Option<AttemptId>,
    /// The attempt that was completed last.
    pub latest: Option<AttemptId>,
    /// How the scores went.
    pub scores: Option<Trend<Fraction>>,
}

/// Somebody's attempts that are open or completed; open ones first, then the one completed last. Ids say nothing about the
/// order: clients make them.
#[derive(Clone, Debug)]
pub struct Taken {
    rows: Vec<Model>,
    now: Instant,
}

/// The person's attempts; one statement.
pub async fn taken(scope: &Scope) -> Result<Arc<Taken>, Error> {
    let read = async {
        let words = [Status::InProgress, Status::Completed].map(Status::as_str);
        let select = owned(scope)
            .filter(Column::Status.is_in(words))
            .order_by_with_nulls(Column::EndedAt, Order::Desc, NullOrdering::First)
            .order_by_desc(Column::StartedAt)
            .order_by_desc(Column::Id)
            .limit(MOST);
        let rows = scope.gather(select).await?;
        let now = scope.now();
        Ok(Taken { rows, now })
    };
    scope.once(read).await
}

impl Taken {
    /// How the person stands with an assessment.
    #[must_use]
    pub fn standing(&self, assessment: &Assessment) -> Standing {
        let open = self.of(assessment.id, Status::InProgress);
        let completed = || self.of(assessment.id, Status::Completed);
        let mut open = open.filter(|row| row.expires_at > self.now);
        let score = |row: &Model| {
            let (earned, possible) = row.earned.zip(row.possible)?;
            Some(Fraction { earned, possible })
        };
        Standing {
            unlocked: assessment.requires.is_none_or(|id| self.passed(id)),
            passed: self.passed(assessment.id),
            open: open.next().map(|row| row.id),
            latest: completed().next().map(|row| row.id),
            scores: Trend::of(completed().filter_map(score), |a, b| a.compare(*b)),
        }
    }

    fn passed(&self, assessment: AssessmentId) -> bool {
        let mut completed = self.of(assessment, Status::Completed);
        completed.any(|row| row.is_passed == Some(true))
    }

    fn of(&self, assessment: AssessmentId, status: Status) -> impl Iterator<Item = &Model> {
        let wanted =
            move |row: &&Model| row.assessment_id == assessment && row.status == status.as_str();
        self.rows.iter().filter(wanted)
    }
}
