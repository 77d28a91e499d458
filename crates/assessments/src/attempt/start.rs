//! Beginning an attempt, or taking up the one that is open.

use dreamtree_content::{
    Library,
    coaching::{Assessment, AssessmentId},
};
use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter};
use time::Duration;

use super::{
    Attempt, Status,
    abandon::end,
    read::{get_attempt, owned},
};
use crate::{
    AttemptId, Error,
    entity::{
        attempt_responses,
        user_attempts::{Column, Entity, Model},
    },
    score::moment,
};

/// How many days an attempt can be taken up again.
pub const DAYS_OPEN: i64 = 30;

/// The open attempt at an assessment, or a new one with this id. An id that was given before leads to that attempt, so a
/// request may be repeated. An attempt that was left for too long is ended on the way. Four statements at most.
pub async fn start(
    scope: &Scope,
    library: &Library,
    assessment: AssessmentId,
    id: Option<AttemptId>,
) -> Result<Attempt, Error> {
    let coaching = library.coaching();
    let assessment = coaching
        .assessments()
        .find(|one| one.id == assessment)
        .ok_or(Error::UnknownAssessment)?;
    let known = standing(scope, assessment, id).await?;
    if let Some(same) = known.iter().find(|row| Some(row.id) == id) {
        if same.assessment_id != assessment.id {
            return Err(Error::IdTaken);
        }
        return get_attempt(scope, same.id).await;
    }
    if id.is_some_and(|id| id.uuid().get_version_num() != 7) {
        return Err(Error::IdVersion);
    }
    let is_open = |row: &&Model| {
        row.assessment_id == assessment.id && row.status == Status::InProgress.as_str()
    };
    if let Some(open) = known.iter().find(is_open) {
        if Status::of(open, scope.now())? == Status::InProgress {
            return get_attempt(scope, open.id).await;
        }
        end(scope, open.id, Status::Expired).await?;
    }
    let passed = |required| {
        let mut all = known.iter();
        all.any(|row| row.assessment_id == required && row.is_passed == Some(true))
    };
    if assessment
        .requires
        .is_some_and(|required| !passed(required))
    {
        return Err(Error::Locked);
    }
    begin(scope, assessment, id.unwrap_or_default()).await
}

/// What decides about a new attempt: the open one, the one with the wanted id, those that were passed before it.
async fn standing(
    scope: &Scope,
    assessment: &Assessment,
    id: Option<AttemptId>,
) -> Result<Vec<Model>, Error> {
    let open = Condition::all()
        .add(Column::AssessmentId.eq(assessment.id))
        .add(Column::Status.eq(Status::InProgress.as_str()));
    let passed = assessment.requires.map(|required| {
        Condition::all()
            .add(Column::AssessmentId.eq(required))
            .add(Column::IsPassed.eq(true))
    });
    let any = Condition::any()
        .add(open)
        .add_option(passed)
        .add_option(id.map(|id| Column::Id.eq(id)));
    Ok(scope.gather(owned(scope).filter(any)).await?)
}

async fn begin(scope: &Scope, assessment: &Assessment, id: AttemptId) -> Result<Attempt, Error> {
    let now = moment(scope);
    let row = Model {
        user_id: scope.user(),
        id,
        assessment_id: assessment.id,
        status: Status::InProgress.as_str().to_owned(),
        started_at: now,
        expires_at: now + Duration::days(DAYS_OPEN),
        ended_at: None,
        earned: None,
        possible: None,
        tier_id: None,
        is_passed: None,
        time_spent: None,
    };
    let questions: Vec<attempt_responses::Model> = (1..)
        .zip(&assessment.served)
        .map(|(position, version)| attempt_responses::Model {
            user_id: scope.user(),
            attempt_id: id,
            position,
            version_id: *version,
            selected_answer: None,
            response_time: None,
            answered_at: None,
            is_correct: None,
        })
        .collect();
    let connection = scope.connection();
    Entity::insert(row.clone().into_active_model())
        .exec_without_returning(connection)
        .await?;
    let rows = questions.iter().cloned();
    let rows = rows.map(IntoActiveModel::into_active_model);
    attempt_responses::Entity::insert_many::<attempt_responses::ActiveModel, _>(rows)
        .exec_without_returning(connection)
        .await?;
    Attempt::of(&row, questions, Vec::new(), None, scope.now())
}
