//! Completing an attempt: the server scores it, once, and writes down what it found.

use std::collections::BTreeMap;

use dreamtree_content::{
    Library,
    coaching::{Coaching, CompetencyId, Kind, Tier},
};
use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::{Attempt, Reached, Served, Status, read::get_attempt};
use crate::{
    AttemptId, Error, Fraction,
    entity::{attempt_competencies, attempt_responses, user_attempts},
    policy,
    score::moment,
};

/// Scores an open attempt; questions without an answer count as missed. One that is completed already stays as it is, so a
/// request may be repeated. Four statements.
pub async fn complete(scope: &Scope, library: &Library, id: AttemptId) -> Result<Attempt, Error> {
    let mut attempt = get_attempt(scope, id).await?;
    if attempt.status == Status::Completed {
        return Ok(attempt);
    }
    attempt.check_open()?;
    let coaching = library.coaching();
    let kind = coaching
        .assessment(attempt.assessment)
        .ok_or(Error::Behind)?
        .kind;
    let reached = score(scope, coaching, kind, &mut attempt)?;
    write_attempt(scope, id, &reached).await?;
    write_answers(scope, &attempt).await?;
    let rows = reached.competencies.iter().cloned();
    let rows = rows.map(IntoActiveModel::into_active_model);
    attempt_competencies::Entity::insert_many::<attempt_competencies::ActiveModel, _>(rows)
        .exec_without_returning(scope.connection())
        .await?;
    attempt.status = Status::Completed;
    attempt.ended_at = Some(reached.completed_at);
    attempt.reached = Some(reached);
    Ok(attempt)
}

/// What the attempt has reached: Σ (weight · correct) / Σ weight over all questions that were served, and the same for each
/// competency.
fn score(
    scope: &Scope,
    coaching: &Coaching,
    kind: Kind,
    attempt: &mut Attempt,
) -> Result<Reached, Error> {
    let mut of: BTreeMap<CompetencyId, Vec<Fraction>> = BTreeMap::new();
    for served in &mut attempt.questions {
        let question = coaching.question(served.version);
        let key = coaching.answer_key(served.version);
        let (question, key) = question.zip(key).ok_or(Error::Behind)?;
        let points = policy::points(kind, question, key, served.choice);
        served.is_correct = points.earned == points.possible;
        of.entry(question.competency).or_default().push(points);
    }
    let tier = |score: Fraction| -> Result<&Tier, Error> {
        let tier = coaching.tier_of(score.earned, score.possible);
        tier.ok_or(Error::Behind)
    };
    let completed_at = moment(scope);
    let competencies = of
        .iter()
        .map(|(&competency_id, points)| {
            let part: Fraction = points.iter().copied().sum();
            Ok(attempt_competencies::Model {
                user_id: scope.user(),
                attempt_id: attempt.id,
                competency_id,
                earned: part.earned,
                possible: part.possible,
                tier_id: tier(part)?.id,
                completed_at,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let whole: Fraction = of.into_values().flatten().sum();
    let tier = tier(whole)?;
    let times = attempt.questions.iter().filter_map(|one| one.response_time);
    Ok(Reached {
        score: whole,
        tier: tier.id,
        passed: tier.passed,
        time_spent: times.reduce(i32::saturating_add),
        completed_at,
        competencies,
    })
}

async fn write_attempt(scope: &Scope, id: AttemptId, reached: &Reached) -> Result<(), Error> {
    use user_attempts::Column;
    let done = user_attempts::Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Completed.as_str()))
        .col_expr(Column::EndedAt, Expr::value(reached.completed_at))
        .col_expr(Column::Earned, Expr::value(reached.score.earned))
        .col_expr(Column::Possible, Expr::value(reached.score.possible))
        .col_expr(Column::TierId, Expr::value(reached.tier))
        .col_expr(Column::IsPassed, Expr::value(reached.passed))
        .col_expr(Column::TimeSpent, Expr::value(reached.time_spent))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(Status::InProgress.as_str()))
        .exec(scope.connection())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(Error::Closed(Status::Completed))
    }
}

async fn write_answers(scope: &Scope, attempt: &Attempt) -> Result<(), Error> {
    use attempt_responses::Column;
    let correct = attempt.questions.iter().filter(|one| one.is_correct);
    let correct = correct.map(|one: &Served| one.position);
    attempt_responses::Entity::update_many()
        .col_expr(
            Column::IsCorrect,
            Expr::col(Column::Position).is_in(correct),
        )
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::AttemptId.eq(attempt.id))
        .exec(scope.connection())
        .await?;
    Ok(())
}
