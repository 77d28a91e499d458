//! Several questions in one statement. What the fields of a request ask of a snapshot at the same time goes to the
//! database as one `UNION ALL`, however many tables it is about. Nobody waits for a clock: the questions of a request
//! are all there once its task has nothing else to do.

mod slots;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, QueryResult, QueryTrait,
    Select, Statement, TryIntoModel,
    sea_query::{SelectStatement, SqlWriterValues},
};
use tokio::{
    sync::{Mutex as Baton, oneshot},
    task::yield_now,
};

use crate::Transaction;
use slots::Column;

/// The questions that wait to be asked.
#[derive(Default)]
pub(crate) struct Gather {
    waiting: Mutex<Vec<Question>>,
    /// Whoever holds it asks for all that wait.
    baton: Baton<()>,
}

struct Question {
    select: SelectStatement,
    columns: Arc<[Column]>,
    answer: oneshot::Sender<Answer>,
}

type Answer = Result<Rows, DbErr>;

/// The rows of a question.
enum Rows {
    /// Of one that was asked alone: as its table has them.
    Own(Vec<QueryResult>),
    /// Of one among others: the columns have taken these places.
    Shared(Vec<QueryResult>, Vec<usize>),
}

impl Gather {
    /// The rows of a select, in its order.
    pub(crate) async fn all<E: EntityTrait>(
        &self,
        transaction: &Transaction,
        select: Select<E>,
    ) -> Result<Vec<E::Model>, DbErr>
    where
        E::ActiveModel: TryIntoModel<E::Model>,
    {
        let (answer, mut answered) = oneshot::channel();
        let columns = slots::columns::<E>()?;
        let question = Question {
            select: select.into_query(),
            columns: Arc::clone(&columns),
            answer,
        };
        self.waiting().push(question);
        yield_now().await;
        let baton = self.baton.lock().await;
        if answered.is_empty() {
            let questions = std::mem::take(&mut *self.waiting());
            // Boxed: whoever waits for an answer would be larger by all of it.
            Box::pin(ask(transaction, questions)).await;
        }
        drop(baton);
        let gone = |_| DbErr::Custom("whoever asked for all gave up".to_owned());
        match answered.try_recv().map_err(gone)?? {
            Rows::Own(rows) => rows
                .iter()
                .map(|row| E::Model::from_query_result(row, ""))
                .collect(),
            Rows::Shared(rows, taken) => rows
                .iter()
                .map(|row| slots::model::<E>(row, &columns, &taken))
                .collect(),
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Question>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks all of it in one statement and hands out the answers. Whoever asked may have given up, also in the middle of this:
/// then nothing is left to ask.
async fn ask(transaction: &Transaction, mut questions: Vec<Question>) {
    if questions.is_empty() {
        return;
    }
    if let [only] = &*questions {
        let statement = transaction.get_database_backend().build(&only.select);
        let found = transaction.query_all_raw(statement).await;
        if let Some(only) = questions.pop() {
            drop(only.answer.send(found.map(Rows::Own)));
        }
        return;
    }
    match ask_many(transaction, &questions).await {
        Ok(answers) => {
            for (question, rows) in questions.into_iter().zip(answers) {
                drop(question.answer.send(Ok(rows)));
            }
        }
        Err(error) => {
            for question in questions {
                drop(question.answer.send(Err(error.clone())));
            }
        }
    }
}

async fn ask_many(transaction: &Transaction, questions: &[Question]) -> Result<Vec<Rows>, DbErr> {
    let backend = transaction.get_database_backend();
    let tables = questions.iter().map(|question| &*question.columns);
    let places = slots::places(tables);
    let mut answers = Vec::with_capacity(questions.len());
    let mut union = match backend {
        DbBackend::Postgres => SqlWriterValues::new("$", true),
        _ => SqlWriterValues::new("?", false),
    };
    for (
        number,
        Question {
            select, columns, ..
        },
    ) in questions.iter().enumerate()
    {
        let taken = slots::taken(&places, columns);
        slots::write(
            &mut union, number, select, columns, &taken, &places, backend,
        )
        .map_err(|error| DbErr::Type(error.to_string()))?;
        answers.push((Vec::new(), taken));
    }
    let (sql, values) = union.into_parts();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    for row in transaction.query_all_raw(statement).await? {
        let number: i32 = row.try_get_by_index(0)?;
        let answer = usize::try_from(number)
            .ok()
            .and_then(|at| answers.get_mut(at));
        let (rows, _) = answer.ok_or_else(|| DbErr::Type(format!("a row of question {number}")))?;
        rows.push(row);
    }
    let shared = |(rows, taken)| Rows::Shared(rows, taken);
    Ok(answers.into_iter().map(shared).collect())
}

impl fmt::Debug for Gather {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Gather").finish_non_exhaustive()
    }
}
