//! Time zones: when a person's days begin. The zones are part of the program, so that a machine without a
//! zone database, or with an old one, counts the same days.

use jiff::{Timestamp, civil, tz::TimeZone};
use thiserror::Error;
use time::{Date, Duration};

use crate::Instant;

/// The name is not in the IANA database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not a time zone of the IANA database, such as Europe/Berlin")]
pub struct UnknownZone;

/// A time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated Universal Time, whose days all have 24 hours.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The zone with this IANA name, in any case.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        match TimeZone::get(name) {
            Ok(zone) if zone.iana_name().is_some() && !zone.is_unknown() => Ok(Self(zone)),
            _ => Err(UnknownZone),
        }
    }

    /// The name as the IANA database writes it, such as `Europe/Berlin`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The day that is written on the calendars of the zone at this instant.
    #[must_use]
    pub fn local_date(&self, at: Instant) -> Date {
        let seconds = Timestamp::from_second(at.unix_timestamp())
            .map_or(0, |moment| self.0.to_offset(moment).seconds());
        at.saturating_add(Duration::seconds(seconds.into())).date()
    }

    /// The first instant of a day. That is midnight, unless the clocks jump over it.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Instant {
        let midnight = day.midnight().assume_utc();
        let Ok(moment) = Timestamp::from_second(midnight.unix_timestamp()) else {
            return midnight;
        };
        let civil: civil::Date = TimeZone::UTC.to_datetime(moment).date();
        let start = civil
            .to_zoned(self.0.clone())
            .and_then(|zoned| zoned.start_of_day());
        start.map_or(midnight, |zoned| {
            let seconds = zoned.timestamp().as_second();
            Instant::UNIX_EPOCH + Duration::seconds(seconds)
        })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::parse(name).unwrap()
    }

    #[test]
    fn a_zone_is_known_by_its_name_in_any_case() {
        assert_eq!(zone("europe/berlin").name(), "Europe/Berlin");
        assert_eq!(zone("UTC"), Zone::UTC);
        for name in [
            "",
            "Berlin",
            "Mars/Olympus",
            "Etc/Unknown",
            "+02:00",
            "/etc/localtime",
        ] {
            assert_eq!(Zone::parse(name), Err(UnknownZone), "{name}");
        }
    }

    #[test]
    fn a_day_begins_where_the_person_is() {
        let berlin = zone("Europe/Berlin");
        for (day, start, next) in [
            // 23 hours, then 25: the clocks go forward in spring and back in autumn.
            (
                date!(2026 - 03 - 29),
                datetime!(2026-03-28 23:00 UTC),
                datetime!(2026-03-29 22:00 UTC),
            ),
            (
                date!(2026 - 10 - 25),
                datetime!(2026-10-24 22:00 UTC),
                datetime!(2026-10-25 23:00 UTC),
            ),
        ] {
            assert_eq!(berlin.start_of(day), start);
            assert_eq!(berlin.start_of(day.next_day().unwrap()), next);
            let moment = Duration::MICROSECOND;
            assert_eq!(
                berlin.local_date(start - moment),
                day.previous_day().unwrap()
            );
            assert_eq!(berlin.local_date(start), day);
            assert_eq!(berlin.local_date(next - moment), day);
            assert_eq!(berlin.local_date(next), day.next_day().unwrap());
        }
    }

    #[test]
    fn a_day_may_begin_after_midnight_or_far_from_greenwich() {
        let day = date!(2018 - 11 - 04);
        let start = datetime!(2018-11-04 03:00 UTC);
        assert_eq!(
            zone("America/Sao_Paulo").start_of(day),
            start,
            "at 01:00 there"
        );
        let noon = datetime!(2026-01-01 12:00 UTC);
        assert_eq!(
            zone("Pacific/Kiritimati").local_date(noon),
            date!(2026 - 01 - 02)
        );
        assert_eq!(zone("Etc/GMT+12").local_date(noon), date!(2026 - 01 - 01));
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap() {
        for day in [Date::MIN, Date::MAX] {
            let start = zone("Pacific/Kiritimati").start_of(day);
            assert!((start - day.midnight().assume_utc()).abs() <= Duration::days(1));
            let local = zone("Etc/GMT+12").local_date(day.midnight().assume_utc());
            assert!((local - day).abs() <= Duration::DAY);
        }
    }
}
