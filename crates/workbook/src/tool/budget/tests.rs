//! The formulas and the limits.

use super::*;

fn income(amount: i64, period: Period) -> Income {
    Income {
        name: "Pay".to_owned(),
        amount,
        period,
        gross: true,
    }
}

fn expense(amount: i64, essential: bool) -> Expense {
    Expense {
        name: "Rent".to_owned(),
        amount,
        essential,
    }
}

fn budget(expenses: Vec<Expense>) -> Budget {
    Budget {
        currency: "EUR".to_owned(),
        expenses,
        ..Budget::default()
    }
}

/// The input field that is refused.
fn refused(budget: &Budget) -> Option<String> {
    match check("input", budget) {
        Err(Error::Invalid { field, .. }) => field.strip_prefix("input.").map(str::to_owned),
        _ => None,
    }
}

#[test]
fn the_example_of_the_documentation_comes_out() {
    let incomes = [
        income(210_000, Period::Monthly),
        income(100_000, Period::Yearly),
        income(50_000, Period::Yearly),
    ];
    let expenses = [
        expense(95_000, true),
        expense(42_050, true),
        expense(13_000, true),
        expense(25_000, false),
    ];
    let totals = Totals {
        monthly_expenses: 175_050,
        essential_expenses: 150_050,
        monthly_income: 222_500,
        annual_needs: 2_100_600,
        hourly_batna: 1_010,
    };
    assert_eq!(Totals::of(&incomes, &expenses), totals);
}

#[test]
fn the_hour_is_rounded_up_and_the_yearly_income_down() {
    let hour = |amount| Totals::of(&[], &[expense(amount, false)]).hourly_batna;
    // 520 × 12 = 6,240 = 3 × 2,080.
    assert_eq!([hour(0), hour(1), hour(520), hour(521)], [0, 1, 3, 4]);
    let month = |amounts: &[i64]| {
        let incomes: Vec<_> = amounts
            .iter()
            .map(|amount| income(*amount, Period::Yearly))
            .collect();
        Totals::of(&incomes, &[]).monthly_income
    };
    assert_eq!([month(&[11]), month(&[12]), month(&[11, 11])], [0, 1, 1]);
}

#[test]
fn totals_never_come_from_the_caller() {
    let mut given = budget(vec![expense(520, true)]);
    given.totals.hourly_batna = 1_000_000;
    assert_eq!(
        check("input", &given)
            .map(|budget| budget.totals.hourly_batna)
            .ok(),
        Some(3)
    );
}

#[test]
fn amounts_and_their_sum_have_limits() {
    let line = |amount| vec![expense(1, true), expense(amount, true)];
    assert_eq!(refused(&budget(line(LARGEST_AMOUNT))), None);
    assert_eq!(
        refused(&budget(line(LARGEST_AMOUNT + 1))).as_deref(),
        Some("expenses[1].amount")
    );
    assert_eq!(
        refused(&budget(line(-1))).as_deref(),
        Some("expenses[1].amount")
    );
    assert_eq!(
        refused(&budget(line(i64::MIN))).as_deref(),
        Some("expenses[1].amount")
    );
    assert_eq!(
        refused(&budget(vec![expense(7_500_000_000_000, true); 100])),
        None
    );
    assert_eq!(
        refused(&budget(vec![expense(7_500_000_000_001, true); 100])).as_deref(),
        Some("expenses")
    );
    let mut rich = budget(line(1));
    rich.incomes = vec![income(LARGEST_AMOUNT, Period::Monthly); MOST_LINES];
    let totals = check("input", &rich)
        .map(|budget| budget.totals)
        .unwrap_or_default();
    assert_eq!(totals.monthly_income, 900_000_000_000_000);
}

#[test]
fn lines_are_counted_first() {
    assert_eq!(refused(&budget(vec![])).as_deref(), Some("expenses"));
    assert_eq!(
        refused(&budget(vec![expense(-1, true); MOST_LINES + 1])).as_deref(),
        Some("expenses")
    );
    let mut many = budget(vec![expense(1, true)]);
    many.incomes = vec![income(-1, Period::Yearly); MOST_LINES + 1];
    assert_eq!(refused(&many).as_deref(), Some("incomes"));
}

#[test]
fn names_texts_and_currency_are_checked() {
    let mut given = budget(vec![expense(1, true)]);
    given.region = Some(" Berlin ".to_owned());
    given.notes = Some(" ".to_owned());
    let kept = check("input", &given).unwrap_or_default();
    assert_eq!((kept.region.as_deref(), kept.notes), (Some("Berlin"), None));
    for currency in ["", "eur", "EURO", "ZZZ", "XXX", "XTS", "XAU", "XDR", "CLF"] {
        given.currency = currency.to_owned();
        assert_eq!(refused(&given).as_deref(), Some("currency"), "{currency}");
    }
    given.currency = "JPY".to_owned();
    given.filing_status = Some("x".repeat(LONGEST_NAME + 1));
    assert_eq!(refused(&given).as_deref(), Some("filingStatus"));
    given.filing_status = None;
    given.incomes = vec![
        income(1, Period::Monthly),
        Income {
            name: " ".to_owned(),
            ..income(1, Period::Monthly)
        },
    ];
    assert_eq!(refused(&given).as_deref(), Some("incomes[1].name"));
}
