//! Orders of preference: the ranked ones count from 1 without a gap, the rest have no rank.

use std::collections::HashSet;

use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Value,
    sea_query::{CaseStatement, Expr},
};

use crate::{Error, owned::Owned};

/// Ranks these rows from 1 and takes the rank from all others. A rank is taken by one row at a time, so all
/// are freed before they are given out again.
pub(crate) async fn set<E: Owned>(
    scope: &Scope,
    id: E::Column,
    rank: E::Column,
    ids: &[E::Id],
) -> Result<(), Error>
where
    E::Id: Into<Value> + Copy + Eq + std::hash::Hash + sea_orm::TryGetable,
{
    let known: Vec<E::Id> = E::find()
        .select_only()
        .column(id)
        .filter(E::user().eq(scope.user()))
        .into_tuple()
        .all(scope.connection())
        .await?;
    let known: HashSet<E::Id> = known.into_iter().collect();
    let mut seen = HashSet::new();
    for (index, one) in ids.iter().enumerate() {
        let field = || format!("input.ids[{index}]");
        if !known.contains(one) {
            return Err(Error::missing(field()));
        }
        if !seen.insert(*one) {
            return Err(Error::twice(field()));
        }
    }
    E::update_many()
        .col_expr(rank, Expr::value(None::<i32>))
        .filter(E::user().eq(scope.user()))
        .filter(rank.is_not_null())
        .exec(scope.connection())
        .await?;
    if ids.is_empty() {
        return Ok(());
    }
    let mut place = CaseStatement::new();
    for (number, one) in (1_i32..).zip(ids) {
        place = place.case(id.eq(*one), Expr::value(number));
    }
    E::update_many()
        .col_expr(rank, place.into())
        .filter(E::user().eq(scope.user()))
        .filter(id.is_in(ids.iter().copied()))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Numbers the ranked rows anew after one of them is gone.
pub(crate) async fn close_gaps<E: Owned>(
    scope: &Scope,
    id: E::Column,
    rank: E::Column,
) -> Result<(), Error>
where
    E::Id: Into<Value> + Copy + Eq + std::hash::Hash + sea_orm::TryGetable,
{
    let ranked: Vec<E::Id> = E::find()
        .select_only()
        .column(id)
        .filter(E::user().eq(scope.user()))
        .filter(rank.is_not_null())
        .order_by_asc(rank)
        .into_tuple()
        .all(scope.connection())
        .await?;
    set::<E>(scope, id, rank, &ranked).await
}
