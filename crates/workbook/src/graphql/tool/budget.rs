//! The budget calculator at the edge.

use async_graphql::{Enum, InputObject, SimpleObject};
use dreamtree_api::Plain;

use super::money::MinorUnits;
use crate::tool::budget::{Budget, Expense, Income, Period, Totals};

/// A budget. It takes the place of the person's budget; the totals are computed from its lines. It needs an
/// open vault.
#[derive(InputObject)]
pub struct BudgetCalculatorInput {
    /// The currency of every amount, one that money is paid in: an alphabetic code of ISO 4217 in capital letters,
    /// such as `EUR`.
    pub currency: String,
    /// Where you pay taxes; at most 100 characters.
    pub region: Option<String>,
    /// As what you pay them; at most 100 characters.
    pub filing_status: Option<String>,
    /// What comes in; at most 100 lines.
    #[graphql(default)]
    pub incomes: Vec<BudgetIncomeInput>,
    /// What goes out every month; 1 to 100 lines that add up to at most 750,000,000,000,000.
    pub expenses: Vec<BudgetExpenseInput>,
    /// What an employer would have to offer besides money; at most 2,000 characters.
    pub benefits_needed: Option<String>,
    /// At most 5,000 characters.
    pub notes: Option<String>,
}

/// Money that comes in.
#[derive(InputObject)]
pub struct BudgetIncomeInput {
    /// Where it comes from; 1 to 100 characters.
    pub name: String,
    /// How much, each time; 0 to 9,000,000,000,000.
    pub amount: MinorUnits,
    /// How often.
    pub period: IncomePeriod,
    /// True when taxes are still to be paid from it.
    pub gross: bool,
}

/// Money that goes out every month.
#[derive(InputObject)]
pub struct BudgetExpenseInput {
    /// What it is for; 1 to 100 characters.
    pub name: String,
    /// How much a month; 0 to 9,000,000,000,000.
    pub amount: MinorUnits,
    /// True when you cannot do without it.
    pub essential: bool,
}

/// How often an income comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "Period")]
pub enum IncomePeriod {
    /// Twelve times a year.
    Monthly,
    /// Once a year.
    Yearly,
}

/// A budget, sealed with its owner's key; a person has one.
#[derive(SimpleObject, Plain)]
pub struct BudgetAnswer {
    /// The currency of every amount: an alphabetic code of ISO 4217, such as `EUR`.
    pub currency: String,
    /// Where the person pays taxes; at most 100 characters.
    pub region: Option<String>,
    /// As what they pay them; at most 100 characters.
    pub filing_status: Option<String>,
    /// What comes in; at most 100 lines.
    pub incomes: Vec<BudgetIncome>,
    /// What goes out every month; at most 100 lines.
    pub expenses: Vec<BudgetExpense>,
    /// What an employer would have to offer besides money; at most 2,000 characters.
    pub benefits_needed: Option<String>,
    /// At most 5,000 characters.
    pub notes: Option<String>,
    /// What follows from the lines.
    pub totals: BudgetTotals,
}

/// Money that comes in.
#[derive(SimpleObject, Plain)]
pub struct BudgetIncome {
    /// Where it comes from; 1 to 100 characters.
    pub name: String,
    /// How much, each time; 0 to 9,000,000,000,000.
    pub amount: MinorUnits,
    /// How often.
    pub period: IncomePeriod,
    /// True when taxes are still to be paid from it.
    pub gross: bool,
}

/// Money that goes out every month.
#[derive(SimpleObject, Plain)]
pub struct BudgetExpense {
    /// What it is for; 1 to 100 characters.
    pub name: String,
    /// How much a month; 0 to 9,000,000,000,000.
    pub amount: MinorUnits,
    /// True when the person cannot do without it.
    pub essential: bool,
}

/// What follows from the lines of a budget.
#[derive(SimpleObject, Plain)]
pub struct BudgetTotals {
    /// All expenses of a month.
    pub monthly_expenses: MinorUnits,
    /// The essential expenses of a month.
    pub essential_expenses: MinorUnits,
    /// All income of a month: what comes monthly, and a twelfth of all that comes yearly, rounded down. Gross and
    /// net count alike.
    pub monthly_income: MinorUnits,
    /// 12 × `monthlyExpenses`.
    pub annual_needs: MinorUnits,
    /// What an hour of work must bring at least, after taxes: `annualNeeds` / 2,080 (52 weeks of 40 hours),
    /// rounded up.
    pub hourly_batna: MinorUnits,
}

impl From<BudgetCalculatorInput> for Budget {
    fn from(input: BudgetCalculatorInput) -> Self {
        Self {
            currency: input.currency,
            region: input.region,
            filing_status: input.filing_status,
            incomes: input.incomes.into_iter().map(Income::from).collect(),
            expenses: input.expenses.into_iter().map(Expense::from).collect(),
            benefits_needed: input.benefits_needed,
            notes: input.notes,
            totals: Totals::default(),
        }
    }
}

impl From<BudgetIncomeInput> for Income {
    fn from(input: BudgetIncomeInput) -> Self {
        Self {
            name: input.name,
            amount: input.amount.0,
            period: input.period.into(),
            gross: input.gross,
        }
    }
}

impl From<BudgetExpenseInput> for Expense {
    fn from(input: BudgetExpenseInput) -> Self {
        Self {
            name: input.name,
            amount: input.amount.0,
            essential: input.essential,
        }
    }
}

impl From<Budget> for BudgetAnswer {
    fn from(budget: Budget) -> Self {
        Self {
            currency: budget.currency,
            region: budget.region,
            filing_status: budget.filing_status,
            incomes: budget.incomes.into_iter().map(BudgetIncome::from).collect(),
            expenses: budget
                .expenses
                .into_iter()
                .map(BudgetExpense::from)
                .collect(),
            benefits_needed: budget.benefits_needed,
            notes: budget.notes,
            totals: budget.totals.into(),
        }
    }
}

impl From<Income> for BudgetIncome {
    fn from(income: Income) -> Self {
        Self {
            name: income.name,
            amount: MinorUnits(income.amount),
            period: income.period.into(),
            gross: income.gross,
        }
    }
}

impl From<Expense> for BudgetExpense {
    fn from(expense: Expense) -> Self {
        Self {
            name: expense.name,
            amount: MinorUnits(expense.amount),
            essential: expense.essential,
        }
    }
}

impl From<Totals> for BudgetTotals {
    fn from(totals: Totals) -> Self {
        Self {
            monthly_expenses: MinorUnits(totals.monthly_expenses),
            essential_expenses: MinorUnits(totals.essential_expenses),
            monthly_income: MinorUnits(totals.monthly_income),
            annual_needs: MinorUnits(totals.annual_needs),
            hourly_batna: MinorUnits(totals.hourly_batna),
        }
    }
}
