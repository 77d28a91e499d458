//! What all things of a person's own have in common: a row is found by its id, changed as a whole, and
//! counts its changes, so that the later one of two devices notices the other.

use dreamtree_database::Scope;
use dreamtree_types::{Instant, UserId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait,
    PrimaryKeyTrait, QueryFilter, Value, sea_query::Expr,
};
use uuid::Uuid;

use crate::Error;

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved<T> {
    /// It was written; this is what is there now.
    Done(T),
    /// It was made from an older version than what is there now, which is this; nothing was written.
    Stale(T),
}

impl<T> Saved<T> {
    /// What is there now.
    pub const fn value(&self) -> &T {
        match self {
            Self::Done(value) | Self::Stale(value) => value,
        }
    }

    /// The same outcome, shown as something else.
    pub fn map<U>(self, show: impl FnOnce(T) -> U) -> Saved<U> {
        match self {
            Self::Done(value) => Saved::Done(show(value)),
            Self::Stale(value) => Saved::Stale(show(value)),
        }
    }
}

/// A table whose rows have an id of their own and count their changes.
pub(crate) trait Owned: EntityTrait {
    /// Names a row among the person's.
    type Id: Copy;

    /// The most rows that a person may have.
    const MOST: u64 = 500;

    /// The column of the person.
    fn user() -> Self::Column;

    /// The columns of the number of changes and of the time of the last one.
    fn counters() -> (Self::Column, Self::Column);

    /// What stands in them.
    fn counted(row: &mut Self::Model) -> (&mut i32, &mut Instant);
}

/// Says of tables that they are [`Owned`].
macro_rules! owned {
    ($($entity:ident: $id:ident),* $(,)?) => {$(
        impl Owned for crate::entity::$entity::Entity {
            type Id = crate::$id;

            fn user() -> Self::Column {
                crate::entity::$entity::Column::UserId
            }

            fn counters() -> (Self::Column, Self::Column) {
                use crate::entity::$entity::Column;
                (Column::Revision, Column::UpdatedAt)
            }

            fn counted(row: &mut Self::Model) -> (&mut i32, &mut Instant) {
                (&mut row.revision, &mut row.updated_at)
            }
        }
    )*};
}

owned! {
    user_career_options: CareerOptionId,
    user_companies: CompanyId,
    user_contacts: ContactId,
    user_experiences: ExperienceId,
    user_failure_reframes: ReframeId,
    user_idea_trees: IdeaTreeId,
    user_jobs: JobId,
    user_locations: LocationId,
    user_milestones: MilestoneId,
    user_option_questions: OptionQuestionId,
    user_skills: UserSkillId,
    user_stories: StoryId,
}

/// The row with this id, which the input names at `field`.
pub(crate) async fn find<E: Owned>(scope: &Scope, id: E::Id, field: &str) -> Result<E::Model, Error>
where
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<(UserId, E::Id)>,
{
    let row = E::find_by_id((scope.user(), id))
        .one(scope.connection())
        .await?;
    row.ok_or_else(|| Error::missing(field))
}

/// The row that a request to make one names by an id of the client's own, if it is there already: the request is a
/// repeated one then, and what else it says counts for nothing. No statement without an id.
pub(crate) async fn known<E: Owned>(
    scope: &Scope,
    id: Option<E::Id>,
) -> Result<Option<E::Model>, Error>
where
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<(UserId, E::Id)>,
{
    let Some(id) = id else {
        return Ok(None);
    };
    let known = E::find_by_id((scope.user(), id));
    Ok(known.one(scope.connection()).await?)
}

/// Adds a row that is not there yet, if there is room for one more.
pub(crate) async fn insert<E: Owned>(scope: &Scope, row: E::Model) -> Result<E::Model, Error>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Clone + Sync,
    E::ActiveModel: Send,
{
    let count = E::find()
        .filter(E::user().eq(scope.user()))
        .count(scope.connection())
        .await?;
    if count >= E::MOST {
        let most = E::MOST;
        let message = format!("There are {most} of these already; delete one first.");
        return Err(Error::invalid("input", message));
    }
    let all_set = row.clone().into_active_model().reset_all();
    E::insert(all_set)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(row)
}

/// True when the caller has not seen the latest change.
pub(crate) fn is_stale(revision: i32, expected: Option<i32>) -> bool {
    expected.is_some_and(|expected| expected != revision)
}

/// Writes a changed row as its next version.
pub(crate) async fn replace<E: Owned>(scope: &Scope, row: &mut E::Model) -> Result<(), Error>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Clone,
    E::ActiveModel: Send,
{
    let (revision, updated_at) = E::counted(row);
    *revision += 1;
    *updated_at = scope.now();
    let all_set = row.clone().into_active_model().reset_all();
    all_set.update(scope.connection()).await?;
    Ok(())
}

/// Lets go of a row that is about to be taken away: rows that name it in `column` stay, changed, and name none.
pub(crate) async fn release<E: Owned>(
    scope: &Scope,
    column: E::Column,
    id: impl Into<Value>,
) -> Result<(), Error> {
    let (revision, updated_at) = E::counters();
    E::update_many()
        .col_expr(column, Expr::value(None::<Uuid>))
        .col_expr(revision, Expr::col(revision).add(1))
        .col_expr(updated_at, Expr::value(scope.now()))
        .filter(E::user().eq(scope.user()))
        .filter(column.eq(id))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Takes a row away that nothing else depends on, unless the caller has not seen its latest change.
pub(crate) async fn take<E: Owned>(
    scope: &Scope,
    id: E::Id,
    expected: Option<i32>,
) -> Result<(), Error>
where
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<(UserId, E::Id)>,
{
    let mut row = find::<E>(scope, id, "input.id").await?;
    if is_stale(*E::counted(&mut row).0, expected) {
        return Err(Error::Stale);
    }
    delete::<E>(scope, id).await
}

/// Takes a row away.
pub(crate) async fn delete<E: Owned>(scope: &Scope, id: E::Id) -> Result<(), Error>
where
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<(UserId, E::Id)>,
{
    E::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    Ok(())
}
