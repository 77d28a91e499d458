//! Orders of preference: the ranked ones count from 1 without a gap, the rest have no rank.

use std::{collections::HashMap, hash::Hash};

use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, TryGetable, Value,
    sea_query::{CaseStatement, Expr},
};

use crate::{Error, owned::Owned};

/// Ranks these rows from 1 and takes the rank from all others; a row whose rank is another one by that counts a change.
pub(crate) async fn set<E: Owned>(
    scope: &Scope,
    id: E::Column,
    rank: E::Column,
    ids: &[E::Id],
) -> Result<(), Error>
where
    E::Id: Into<Value> + Copy + Eq + Hash + TryGetable,
{
    let known: Vec<(E::Id, Option<i32>)> = E::find()
        .select_only()
        .columns([id, rank])
        .filter(E::user().eq(scope.user()))
        .into_tuple()
        .all(scope.connection())
        .await?;
    let known: HashMap<E::Id, Option<i32>> = known.into_iter().collect();
    let mut places = HashMap::new();
    for ((index, one), number) in ids.iter().enumerate().zip(1_i32..) {
        let field = || format!("input.ids[{index}]");
        if !known.contains_key(one) {
            return Err(Error::missing(field()));
        }
        if places.insert(*one, number).is_some() {
            return Err(Error::twice(field()));
        }
    }
    let moved = known
        .iter()
        .map(|(one, before)| (*one, *before, places.get(one).copied()))
        .filter(|(_, before, after)| before != after);
    let moved: Vec<_> = moved.map(|(one, _, after)| (one, after)).collect();
    write::<E>(scope, id, rank, &moved).await
}

/// Gives rows another rank, or none, as a change of theirs. A rank is taken by one row at a time, so all are freed
/// before they are given out again; two statements, none without rows.
async fn write<E: Owned>(
    scope: &Scope,
    id: E::Column,
    rank: E::Column,
    moved: &[(E::Id, Option<i32>)],
) -> Result<(), Error>
where
    E::Id: Into<Value> + Copy,
{
    let Some(first) = moved.first() else {
        return Ok(());
    };
    let mine = || {
        E::update_many()
            .filter(E::user().eq(scope.user()))
            .filter(id.is_in(moved.iter().map(|(one, _)| *one)))
    };
    mine()
        .col_expr(rank, Expr::value(None::<i32>))
        .exec(scope.connection())
        .await?;
    let mut place = CaseStatement::new().case(id.eq(first.0), Expr::value(first.1));
    for (one, number) in &moved[1..] {
        place = place.case(id.eq(*one), Expr::value(*number));
    }
    let (revision, updated_at) = E::counters();
    mine()
        .col_expr(rank, place.into())
        .col_expr(revision, Expr::col(revision).add(1))
        .col_expr(updated_at, Expr::value(scope.now()))
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
    E::Id: Into<Value> + Copy + Eq + Hash + TryGetable,
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
