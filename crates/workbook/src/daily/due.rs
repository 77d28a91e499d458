//! Since when a tool is due. All of it is counted in days of the person's own calendar, so that a change of
//! the clocks moves nothing.

use dreamtree_content::Frequency;
use time::{Date, Duration};

/// The day from which on the tool is due. It was last worked with on `last`: a daily tool is due from the next day on;
/// a weekly one when nothing was done today or on the seven days before it, a monthly one for thirty. One that was
/// never worked with is due today.
pub(super) fn from(frequency: Frequency, last: Option<Date>, today: Date) -> Date {
    let quiet = match frequency {
        Frequency::Daily => 0,
        Frequency::Weekly => 7,
        Frequency::Monthly => 30,
    };
    last.map_or(today, |last| last.saturating_add(Duration::days(quiet + 1)))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn each_frequency_has_its_quiet_days() {
        let last = date!(2026 - 03 - 01);
        for (frequency, due) in [
            (Frequency::Daily, date!(2026 - 03 - 02)),
            (Frequency::Weekly, date!(2026 - 03 - 09)),
            (Frequency::Monthly, date!(2026 - 04 - 01)),
        ] {
            for today in [last, due, due.saturating_add(Duration::days(40))] {
                assert_eq!(from(frequency, Some(last), today), due);
            }
            assert_eq!(from(frequency, None, last), last);
        }
    }
}
