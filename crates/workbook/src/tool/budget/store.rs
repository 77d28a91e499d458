//! A person's one row of `user_budget`: all but the currency is sealed.

use std::collections::HashMap;

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde::{Deserialize, Serialize};

use super::{Budget, Expense, Income, Totals, check};
use crate::{
    Error, InstanceId,
    entity::user_budget::{ActiveModel, Column, Entity, Model},
    owned::{Saved, is_stale},
    sealed::{Locked, Row},
    tool::ToolData,
};

const TABLE: &str = "user_budget";

/// What has no column of its own; sealed together.
#[derive(Default, Serialize, Deserialize)]
struct Details {
    region: Option<String>,
    filing_status: Option<String>,
    incomes: Vec<Income>,
    expenses: Vec<Expense>,
}

/// The person's budget as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The budget; empty before the first one, locked as a whole as soon as one value does not open.
    pub budget: Private<Budget>,
    /// Counts the times it was saved, here or at a placement; 0 before the first.
    pub revision: i32,
    /// When the first one was saved.
    pub created_at: Option<Instant>,
    /// When the latest one was saved.
    pub updated_at: Option<Instant>,
}

/// The person's budget; one statement.
pub async fn get(scope: &Scope) -> Result<Kept, Error> {
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    let Some(row) = scope.gather_one(mine).await? else {
        return Ok(Kept {
            budget: Private::Empty,
            revision: 0,
            created_at: None,
            updated_at: None,
        });
    };
    Ok(Kept {
        revision: row.revision,
        created_at: Some(row.created_at),
        updated_at: Some(row.updated_at),
        budget: read(scope, row).map_or(Private::Locked, Private::Open),
    })
}

/// Puts a budget in the place of the person's, if it is still the expected one.
pub async fn set(
    scope: &Scope,
    expected: Option<i32>,
    budget: &Budget,
) -> Result<Saved<Kept>, Error> {
    let known = get(scope).await?;
    if is_stale(known.revision, expected) {
        return Ok(Saved::Stale(known));
    }
    write(scope, check("input", budget)?).await?;
    Ok(Saved::Done(get(scope).await?))
}

/// Puts the budget of a placement in the place of the person's.
pub(crate) async fn save(scope: &Scope, budget: &Budget) -> Result<(), Error> {
    write(scope, check("value.budgetCalculator", budget)?).await
}

async fn write(scope: &Scope, budget: Budget) -> Result<(), Error> {
    let generation = scope.vault().generation()?;
    let details = Details {
        region: budget.region,
        filing_status: budget.filing_status,
        incomes: budget.incomes,
        expenses: budget.expenses,
    };
    let sealed = Row::new(scope, TABLE, scope.user());
    let totals = budget.totals;
    let row = ActiveModel {
        user_id: Set(scope.user()),
        monthly_expenses: Set(sealed.seal("monthly_expenses", Some(&totals.monthly_expenses))?),
        annual_needs: Set(sealed.seal("annual_needs", Some(&totals.annual_needs))?),
        hourly_batna: Set(sealed.seal("hourly_batna", Some(&totals.hourly_batna))?),
        benefits_needed: Set(sealed.seal("benefits_needed", budget.benefits_needed.as_ref())?),
        notes: Set(sealed.seal("notes", budget.notes.as_ref())?),
        details: Set(sealed.seal("details", Some(&details))?),
        currency: Set(budget.currency),
        key_generation: Set(Some(generation)),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    let again = OnConflict::column(Column::UserId)
        .update_columns([
            Column::MonthlyExpenses,
            Column::AnnualNeeds,
            Column::HourlyBatna,
            Column::BenefitsNeeded,
            Column::Notes,
            Column::Details,
            Column::Currency,
            Column::KeyGeneration,
            Column::UpdatedAt,
        ])
        .value(
            Column::Revision,
            Expr::col((Entity, Column::Revision)).add(1),
        )
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The person's budget, for each of these instances; one statement.
pub(crate) async fn load(
    scope: &Scope,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let kept = get(scope).await?;
    if matches!(kept.budget, Private::Empty) {
        return Ok(HashMap::new());
    }
    let data = kept.budget.map(ToolData::Budget);
    Ok(instances
        .iter()
        .map(|instance| (*instance, data.clone()))
        .collect())
}

/// The budget as a whole is locked as soon as one of its values does not open. The totals that are
/// kept count, because a row that was brought along from elsewhere may have no lines.
fn read(scope: &Scope, row: Model) -> Result<Budget, Locked> {
    let sealed = Row::new(scope, TABLE, row.user_id);
    let figure = |column, envelope: Option<&str>| sealed.part::<i64>(column, envelope);
    let details: Details = sealed
        .part("details", row.details.as_deref())?
        .unwrap_or_default();
    let lines = Totals::of(&details.incomes, &details.expenses);
    let totals = Totals {
        monthly_expenses: figure("monthly_expenses", row.monthly_expenses.as_deref())?
            .unwrap_or(lines.monthly_expenses),
        annual_needs: figure("annual_needs", row.annual_needs.as_deref())?
            .unwrap_or(lines.annual_needs),
        hourly_batna: figure("hourly_batna", row.hourly_batna.as_deref())?
            .unwrap_or(lines.hourly_batna),
        ..lines
    };
    Ok(Budget {
        currency: row.currency,
        region: details.region,
        filing_status: details.filing_status,
        incomes: details.incomes,
        expenses: details.expenses,
        benefits_needed: sealed.part("benefits_needed", row.benefits_needed.as_deref())?,
        notes: sealed.part("notes", row.notes.as_deref())?,
        totals,
    })
}
