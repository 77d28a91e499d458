//! The budget calculator: what comes in, what a life costs, and what an hour of work must bring at
//! least. `docs/budget.md` explains the formulas.

mod store;

use dreamtree_types::{TextFault, clean};
use iso_currency::Currency;
use serde::{Deserialize, Serialize};

use crate::{Error, sealed::optional};

pub use store::{Kept, get, set};
pub(crate) use store::{load, save};

/// 52 weeks of 40 hours.
const HOURS_A_YEAR: i64 = 2_080;
const MONTHS_A_YEAR: i64 = 12;

const MOST_LINES: usize = 100;
const LARGEST_AMOUNT: i64 = 9_000_000_000_000;
const LARGEST_TOTAL: i64 = 750_000_000_000_000;
const LARGEST_EXACT: i64 = (1 << 53) - 1;
const _: () = assert!(
    LARGEST_TOTAL * MONTHS_A_YEAR <= LARGEST_EXACT && LARGEST_AMOUNT * 100 <= LARGEST_EXACT,
    "clients that know floating point only read every total exactly",
);

const LONGEST_NAME: usize = 100;
const LONGEST_BENEFITS: usize = 2_000;
const LONGEST_NOTES: usize = 5_000;

/// A budget. Every amount is in minor units of its currency, such as cents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// The alphabetic ISO 4217 code of a currency that money is paid in.
    pub currency: String,
    /// Where the person pays taxes; at most 100 characters.
    pub region: Option<String>,
    /// As what; at most 100 characters.
    pub filing_status: Option<String>,
    /// At most 100.
    pub incomes: Vec<Income>,
    /// 1 to 100.
    pub expenses: Vec<Expense>,
    /// What an employer would have to offer besides money; at most 2,000 characters.
    pub benefits_needed: Option<String>,
    /// At most 5,000 characters.
    pub notes: Option<String>,
    /// What follows from the lines; never taken from a caller.
    pub totals: Totals,
}

/// Money that comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Income {
    /// Where from; 1 to 100 characters.
    pub name: String,
    /// 0 to 9,000,000,000,000.
    pub amount: i64,
    /// How often.
    pub period: Period,
    /// True when taxes are still to be paid from it.
    pub gross: bool,
}

/// How often an income comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Twelve times a year.
    Monthly,
    /// Once a year.
    Yearly,
}

/// Money that goes out every month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expense {
    /// What for; 1 to 100 characters.
    pub name: String,
    /// 0 to 9,000,000,000,000 a month.
    pub amount: i64,
    /// True when it cannot be done without.
    pub essential: bool,
}

/// What follows from the lines of a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// All expenses of a month.
    pub monthly_expenses: i64,
    /// Those of them that cannot be done without.
    pub essential_expenses: i64,
    /// All income of a month; a twelfth, rounded down, of what comes yearly, taken together.
    pub monthly_income: i64,
    /// Twelve months' expenses.
    pub annual_needs: i64,
    /// What an hour must bring at least: the annual needs over 2,080 hours, rounded up.
    pub hourly_batna: i64,
}

impl Totals {
    /// Of these lines; lines beyond the limits saturate.
    #[must_use]
    pub fn of(incomes: &[Income], expenses: &[Expense]) -> Self {
        let income = |period| {
            sum(incomes
                .iter()
                .filter(|income| income.period == period)
                .map(|income| income.amount))
        };
        let essential = expenses.iter().filter(|expense| expense.essential);
        let monthly_expenses = sum(expenses.iter().map(|expense| expense.amount));
        let annual_needs = monthly_expenses.saturating_mul(MONTHS_A_YEAR);
        Self {
            monthly_expenses,
            essential_expenses: sum(essential.map(|expense| expense.amount)),
            monthly_income: income(Period::Monthly)
                .saturating_add(income(Period::Yearly) / MONTHS_A_YEAR),
            annual_needs,
            hourly_batna: annual_needs / HOURS_A_YEAR + i64::from(annual_needs % HOURS_A_YEAR > 0),
        }
    }
}

fn sum(amounts: impl Iterator<Item = i64>) -> i64 {
    amounts.fold(0, i64::saturating_add)
}

/// The budget as it may be kept; `input` is the path of the input that it came in.
fn check(input: &str, budget: &Budget) -> Result<Budget, Error> {
    let path = |field: &str| format!("{input}.{field}");
    if budget.incomes.len() > MOST_LINES {
        return Err(Error::invalid(
            path("incomes"),
            "may have at most 100 lines",
        ));
    }
    if !(1..=MOST_LINES).contains(&budget.expenses.len()) {
        return Err(Error::invalid(path("expenses"), "needs 1 to 100 lines"));
    }
    let currency = check_currency(&path("currency"), &budget.currency)?;
    let text =
        |field: &str, text: &Option<String>, max| optional(text.as_deref(), max, &path(field));
    let region = text("region", &budget.region, LONGEST_NAME)?;
    let filing_status = text("filingStatus", &budget.filing_status, LONGEST_NAME)?;
    let benefits_needed = text("benefitsNeeded", &budget.benefits_needed, LONGEST_BENEFITS)?;
    let notes = text("notes", &budget.notes, LONGEST_NOTES)?;
    let mut incomes = budget.incomes.clone();
    for (index, income) in incomes.iter_mut().enumerate() {
        let line = path(&format!("incomes[{index}]"));
        income.name = check_line(&line, &income.name, income.amount)?;
    }
    let mut expenses = budget.expenses.clone();
    for (index, expense) in expenses.iter_mut().enumerate() {
        let line = path(&format!("expenses[{index}]"));
        expense.name = check_line(&line, &expense.name, expense.amount)?;
    }
    let totals = Totals::of(&incomes, &expenses);
    if totals.monthly_expenses > LARGEST_TOTAL {
        return Err(Error::invalid(
            path("expenses"),
            "may add up to at most 750,000,000,000,000",
        ));
    }
    Ok(Budget {
        currency,
        region,
        filing_status,
        incomes,
        expenses,
        benefits_needed,
        notes,
        totals,
    })
}

/// The code of a currency that money is paid in: ISO 4217 has codes for metals, units of account, tests
/// and nothing at all, too.
fn check_currency(field: &str, code: &str) -> Result<String, Error> {
    let known = Currency::from_code(code);
    let paid_in = known.filter(|currency| !currency.is_special() && !currency.is_fund());
    let currency = paid_in.ok_or_else(|| {
        let message = "is not the ISO 4217 code of a currency that money is paid in, such as EUR";
        Error::invalid(field, message)
    })?;
    Ok(currency.code().to_owned())
}

/// The line's name as it may be kept.
fn check_line(line: &str, name: &str, amount: i64) -> Result<String, Error> {
    if !(0..=LARGEST_AMOUNT).contains(&amount) {
        let message = "must be 0 to 9,000,000,000,000";
        return Err(Error::invalid(format!("{line}.amount"), message));
    }
    let fault = |fault: TextFault| Error::invalid(format!("{line}.name"), fault.to_string());
    clean(name, LONGEST_NAME).map_err(fault)
}

#[cfg(test)]
mod tests;
