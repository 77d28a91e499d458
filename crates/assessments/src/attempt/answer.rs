//! Answering questions of an attempt. An answer can be given again until the attempt is completed; whether it is right is
//! not looked at before.

use std::collections::HashSet;

use dreamtree_content::{
    Library,
    coaching::{ChoiceKey, QuestionId},
};
use dreamtree_database::Scope;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{Attempt, Served, read::get_attempt};
use crate::{
    AttemptId, Error,
    entity::attempt_responses::{ActiveModel, Column, Entity},
    score::moment,
};

/// The most answers of one request.
pub const MOST_ANSWERS: usize = 100;

/// The longest time that an answer can take, in seconds: a day.
pub const LONGEST_TIME: i32 = 86_400;

/// What somebody chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question, one of the attempt.
    pub question: QuestionId,
    /// The chosen option.
    pub choice: ChoiceKey,
    /// How long it took, in seconds, 0 to 86,400.
    pub response_time: Option<i32>,
}

/// Keeps 1 to 100 answers to different questions of an open attempt, all or none; what was answered before is replaced.
/// Two statements, whatever their number.
pub async fn answer(
    scope: &Scope,
    library: &Library,
    id: AttemptId,
    answers: &[Answer],
) -> Result<Attempt, Error> {
    if answers.is_empty() || answers.len() > MOST_ANSWERS {
        return Err(Error::Answers);
    }
    let mut attempt = get_attempt(scope, id).await?;
    attempt.check_open()?;
    let coaching = library.coaching();
    let known = |one: &Served| coaching.question(one.version).is_some();
    if !attempt.questions.iter().all(known) {
        return Err(Error::Behind);
    }
    let now = moment(scope);
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(answers.len());
    for (entry, given) in answers.iter().enumerate() {
        if given
            .response_time
            .is_some_and(|seconds| !(0..=LONGEST_TIME).contains(&seconds))
        {
            return Err(Error::ResponseTime { entry });
        }
        let served = served(library, &mut attempt, given.question);
        let served = served.ok_or(Error::NotServed { entry })?;
        if !seen.insert(served.position) {
            return Err(Error::AnsweredTwice { entry });
        }
        served.choice = Some(given.choice);
        served.response_time = given.response_time;
        served.answered_at = Some(now);
        rows.push(ActiveModel {
            user_id: Set(scope.user()),
            attempt_id: Set(id),
            position: Set(served.position),
            version_id: Set(served.version),
            selected_answer: Set(Some(given.choice.as_str().to_owned())),
            response_time: Set(given.response_time),
            answered_at: Set(Some(now)),
            is_correct: Set(None),
        });
    }
    let key = [Column::UserId, Column::AttemptId, Column::Position];
    let replace = OnConflict::columns(key)
        .update_columns([
            Column::SelectedAnswer,
            Column::ResponseTime,
            Column::AnsweredAt,
        ])
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(attempt)
}

/// The question of the attempt, in whichever wording it was served.
fn served<'a>(
    library: &Library,
    attempt: &'a mut Attempt,
    question: QuestionId,
) -> Option<&'a mut Served> {
    let coaching = library.coaching();
    let is_it = |one: &&mut Served| {
        let asked = coaching.question(one.version);
        asked.is_some_and(|asked| asked.id == question)
    };
    attempt.questions.iter_mut().find(is_it)
}
