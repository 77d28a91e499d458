//! What a person wants to find out about a career option, in their order.

use std::collections::{HashMap, HashSet};

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Patch};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Select,
    sea_query::{CaseStatement, Expr},
};
use serde::{Deserialize, Serialize};

use crate::{
    CareerOptionId, Error, OptionQuestionId,
    entity::{
        user_career_options,
        user_option_questions::{Column, Entity, Model},
    },
    field,
    owned::{self, Saved, is_stale},
    text,
};

const LONGEST_TEXT: usize = 500;

/// Something to find out about a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question among the person's.
    pub id: OptionQuestionId,
    /// The path.
    pub career_option: CareerOptionId,
    /// 1 to 500 characters.
    pub text: String,
    /// True once the person has found out.
    pub answered: bool,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What to change about a question; of a new one, what it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Cannot be taken away.
    pub text: Patch<String>,
    /// Cannot be taken away.
    pub answered: Patch<bool>,
}

/// The questions of every path, in their order; one statement.
pub(crate) async fn by_option(
    scope: &Scope,
) -> Result<HashMap<CareerOptionId, Vec<Question>>, Error> {
    let mut groups: HashMap<CareerOptionId, Vec<Question>> = HashMap::new();
    for row in scope.gather(in_order(scope)).await? {
        groups
            .entry(row.career_option_id)
            .or_default()
            .push(read(row));
    }
    Ok(groups)
}

/// The questions of one path, in their order; one statement.
pub(crate) async fn of(scope: &Scope, option: CareerOptionId) -> Result<Vec<Question>, Error> {
    let rows = rows_of(scope, option).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Adds a question behind the others of its path. One with this id that is there already is returned as it is.
pub async fn create(
    scope: &Scope,
    id: Option<OptionQuestionId>,
    option: CareerOptionId,
    draft: Draft,
) -> Result<Question, Error> {
    if let Some(known) = owned::known::<Entity>(scope, id).await? {
        return Ok(read(known));
    }
    owned::find::<user_career_options::Entity>(scope, option, "input.careerOption").await?;
    let last = rows_of(scope, option).await?.pop();
    let mut row = Model {
        user_id: scope.user(),
        id: id.unwrap_or_default(),
        career_option_id: option,
        text: String::new(),
        position: last.map_or(1, |last| last.position + 1),
        is_answered: false,
        revision: 1,
        created_at: scope.now(),
        updated_at: scope.now(),
    };
    apply(&mut row, draft)?;
    Ok(read(owned::insert::<Entity>(scope, row).await?))
}

/// Changes a question.
pub async fn update(
    scope: &Scope,
    id: OptionQuestionId,
    expected: Option<i32>,
    draft: Draft,
) -> Result<Saved<Question>, Error> {
    let mut row = owned::find::<Entity>(scope, id, "input.id").await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(read(row)));
    }
    apply(&mut row, draft)?;
    owned::replace::<Entity>(scope, &mut row).await?;
    Ok(Saved::Done(read(row)))
}

/// Takes a question away.
pub(crate) async fn delete(
    scope: &Scope,
    id: OptionQuestionId,
    expected: Option<i32>,
) -> Result<(), Error> {
    owned::take::<Entity>(scope, id, expected).await
}

/// Puts these questions of one path first, in this order; its others follow in theirs. One that moves counts a change.
pub(crate) async fn order(scope: &Scope, ids: &[OptionQuestionId]) -> Result<(), Error> {
    let Some(first) = ids.first() else {
        return Ok(());
    };
    let first = owned::find::<Entity>(scope, *first, "input.ids[0]").await?;
    let rows = rows_of(scope, first.career_option_id).await?;
    let mut seen = HashSet::new();
    for (index, id) in ids.iter().enumerate() {
        let field = || format!("input.ids[{index}]");
        if !rows.iter().any(|row| row.id == *id) {
            return Err(Error::missing(field()));
        }
        if !seen.insert(*id) {
            return Err(Error::twice(field()));
        }
    }
    let rest = rows
        .iter()
        .map(|row| row.id)
        .filter(|id| !seen.contains(id));
    let order = ids.iter().copied().chain(rest).zip(1_i32..);
    let before: HashMap<_, _> = rows.iter().map(|row| (row.id, row.position)).collect();
    let moved: Vec<_> = order
        .filter(|(id, position)| before.get(id) != Some(position))
        .collect();
    place(scope, &moved).await
}

async fn place(scope: &Scope, moved: &[(OptionQuestionId, i32)]) -> Result<(), Error> {
    if moved.is_empty() {
        return Ok(());
    }
    let mut position = CaseStatement::new();
    for (id, number) in moved {
        position = position.case(Column::Id.eq(*id), Expr::value(*number));
    }
    Entity::update_many()
        .col_expr(Column::Position, position.into())
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(moved.iter().map(|(id, _)| *id)))
        .exec(scope.connection())
        .await?;
    Ok(())
}

async fn rows_of(scope: &Scope, option: CareerOptionId) -> Result<Vec<Model>, Error> {
    let mine = in_order(scope).filter(Column::CareerOptionId.eq(option));
    Ok(scope.gather(mine).await?)
}

fn in_order(scope: &Scope) -> Select<Entity> {
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
}

fn apply(row: &mut Model, draft: Draft) -> Result<(), Error> {
    let known = std::mem::take(&mut row.text);
    row.text = text::required(known, draft.text, LONGEST_TEXT, "input.text")?;
    field::required(&mut row.is_answered, draft.answered, "input.answered")
}

fn read(row: Model) -> Question {
    Question {
        id: row.id,
        career_option: row.career_option_id,
        text: row.text,
        answered: row.is_answered,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
