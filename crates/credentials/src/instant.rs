//! How instants stand in credentials.

use time::{OffsetDateTime, UtcOffset};

use crate::{Error, Result};

/// `2026-03-01T12:00:00Z`: XML's dateTime in UTC, to the second.
pub(crate) fn text(instant: OffsetDateTime) -> Result<String> {
    let utc = instant.to_offset(UtcOffset::UTC);
    if !(0..=9999).contains(&utc.year()) {
        return Err(Error::Time);
    }
    let (year, month, day) = utc.to_calendar_date();
    let (hour, minute, second) = utc.to_hms();
    Ok(format!(
        "{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z",
        u8::from(month)
    ))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn an_instant_is_told_in_utc_to_the_second() {
        let instant = datetime!(2026-03-01 13:05:09.75 +1);
        assert_eq!(text(instant).unwrap(), "2026-03-01T12:05:09Z");
        assert_eq!(text(datetime!(-1-01-01 0:00 UTC)), Err(Error::Time));
    }
}
