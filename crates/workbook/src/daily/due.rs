//! Since when a tool is due. All of it is counted in days of the person's own calendar, so that a change of
//! the clocks moves nothing.

use dreamtree_content::Frequency;
use time::{Date, Duration};

/// The day since which the tool is due, if it is today.
pub(super) fn since(frequency: Frequency, last: Option<Date>, today: Date) -> Option<Date> {
    Some(next(frequency, last, today)).filter(|due| *due <= today)
}

/// The day from which on the tool is due, be it past or to come. It was last worked with on `last`: a daily tool is due
/// from the next day on; a weekly one when nothing was done today or on the seven days before it, a monthly one for
/// thirty. One that was never worked with is due today.
pub(super) fn next(frequency: Frequency, last: Option<Date>, today: Date) -> Date {
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
        for (frequency, quiet_until, due) in [
            (Frequency::Daily, last, date!(2026 - 03 - 02)),
            (
                Frequency::Weekly,
                date!(2026 - 03 - 08),
                date!(2026 - 03 - 09),
            ),
            (
                Frequency::Monthly,
                date!(2026 - 03 - 31),
                date!(2026 - 04 - 01),
            ),
        ] {
            assert_eq!(since(frequency, Some(last), quiet_until), None);
            assert_eq!(since(frequency, Some(last), due), Some(due));
            let later = due.saturating_add(Duration::days(40));
            assert_eq!(since(frequency, Some(last), later), Some(due));
            assert_eq!(since(frequency, None, last), Some(last));
        }
        let tomorrow = date!(2026 - 03 - 02);
        assert_eq!(since(Frequency::Daily, Some(tomorrow), last), None);
    }
}
