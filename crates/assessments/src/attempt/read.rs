//! Attempts as they are.

use std::collections::HashMap;

use dreamtree_content::coaching::AssessmentId;
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use futures_util::try_join;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::Attempt;
use crate::{
    AttemptId, Error,
    entity::{
        attempt_competencies::{self, Entity as Competencies},
        attempt_insights::{self, Entity as Insights},
        attempt_responses::{self, Entity as Responses},
        user_attempts::{Column, Entity, Model},
    },
};

/// The most attempts of one page.
pub const LARGEST_ATTEMPT_PAGE: i32 = 20;

/// Some attempts, the one begun last first.
#[derive(Clone, Debug)]
pub struct AttemptPage {
    /// The attempts.
    pub attempts: Vec<Attempt>,
    /// True when there are older ones.
    pub has_next: bool,
}

/// The person's own attempts.
pub(super) fn owned(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(scope.user()))
}

/// The attempt with all that belongs to it; one statement.
pub async fn find_attempt(scope: &Scope, id: AttemptId) -> Result<Option<Attempt>, Error> {
    let row = scope.gather_one(owned(scope).filter(Column::Id.eq(id)));
    let ids = [id];
    let (row, belongings) = try_join!(
        async { row.await.map_err(Error::from) },
        Belongings::of(scope, &ids)
    )?;
    let found = belongings.add_to(scope, row.into_iter().collect())?;
    Ok(found.into_iter().next())
}

/// The same; a refusal where there is none.
pub async fn get_attempt(scope: &Scope, id: AttemptId) -> Result<Attempt, Error> {
    find_attempt(scope, id).await?.ok_or(Error::UnknownAttempt)
}

/// A place in the list of attempts: right behind this one. Ids alone say nothing about the order: clients make them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptPlace {
    /// When it began.
    pub started_at: Instant,
    /// The attempt.
    pub id: AttemptId,
}

impl AttemptPlace {
    /// What comes behind it.
    fn older(self) -> Condition {
        let same_time = Condition::all()
            .add(Column::StartedAt.eq(self.started_at))
            .add(Column::Id.lt(self.id));
        Condition::any()
            .add(Column::StartedAt.lt(self.started_at))
            .add(same_time)
    }
}

/// The `first` (0 to 20) attempts that were begun before `after`, the last one first; at one assessment or at all. Two
/// statements.
pub async fn attempt_page(
    scope: &Scope,
    assessment: Option<AssessmentId>,
    first: i32,
    after: Option<AttemptPlace>,
) -> Result<AttemptPage, Error> {
    let kept = usize::try_from(first).map_err(|_| Error::AttemptsFirst)?;
    if first > LARGEST_ATTEMPT_PAGE {
        return Err(Error::AttemptsFirst);
    }
    let limit = first.unsigned_abs() + 1;
    let select = owned(scope)
        .filter(Condition::all().add_option(assessment.map(|id| Column::AssessmentId.eq(id))))
        .filter(Condition::all().add_option(after.map(AttemptPlace::older)))
        .order_by_desc(Column::StartedAt)
        .order_by_desc(Column::Id)
        .limit(u64::from(limit));
    let mut rows = scope.gather(select).await?;
    let has_next = rows.len() > kept;
    rows.truncate(kept);
    let ids: Vec<AttemptId> = rows.iter().map(|row| row.id).collect();
    let belongings = Belongings::of(scope, &ids).await?;
    Ok(AttemptPage {
        attempts: belongings.add_to(scope, rows)?,
        has_next,
    })
}

/// What belongs to some attempts.
struct Belongings {
    responses: Vec<attempt_responses::Model>,
    competencies: Vec<attempt_competencies::Model>,
    insights: Vec<attempt_insights::Model>,
}

impl Belongings {
    /// One statement, together with what is asked beside it.
    async fn of(scope: &Scope, attempts: &[AttemptId]) -> Result<Self, Error> {
        use attempt_competencies::Column as Competency;
        use attempt_insights::Column as Insight;
        use attempt_responses::Column as Response;
        let user = scope.user();
        let responses = Responses::find()
            .filter(Response::UserId.eq(user))
            .filter(scope.among(Response::AttemptId, attempts));
        let competencies = Competencies::find()
            .filter(Competency::UserId.eq(user))
            .filter(scope.among(Competency::AttemptId, attempts));
        let insights = Insights::find()
            .filter(Insight::UserId.eq(user))
            .filter(scope.among(Insight::AttemptId, attempts));
        let (responses, competencies, insights) = try_join!(
            scope.gather(responses),
            scope.gather(competencies),
            scope.gather(insights)
        )?;
        Ok(Self {
            responses,
            competencies,
            insights,
        })
    }

    /// The attempts, in the order of their rows.
    fn add_to(self, scope: &Scope, rows: Vec<Model>) -> Result<Vec<Attempt>, Error> {
        let mut responses = by_attempt(self.responses, |row| row.attempt_id);
        let mut competencies = by_attempt(self.competencies, |row| row.attempt_id);
        let mut insights = by_attempt(self.insights, |row| row.attempt_id);
        let attempt = |row: Model| {
            Attempt::of(
                &row,
                responses.remove(&row.id).unwrap_or_default(),
                competencies.remove(&row.id).unwrap_or_default(),
                insights.remove(&row.id).and_then(|mut all| all.pop()),
                scope.now(),
            )
        };
        rows.into_iter().map(attempt).collect()
    }
}

fn by_attempt<T>(rows: Vec<T>, attempt: impl Fn(&T) -> AttemptId) -> HashMap<AttemptId, Vec<T>> {
    let mut found: HashMap<AttemptId, Vec<T>> = HashMap::new();
    for row in rows {
        found.entry(attempt(&row)).or_default().push(row);
    }
    found
}
