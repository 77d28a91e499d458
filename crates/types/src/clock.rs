//! Time is passed in, so that a test can stand still or jump a year.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use time::{Duration, OffsetDateTime};

use crate::Instant;

/// Where "now" comes from. Instants are cut to microseconds, the finest step both databases keep.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that moves only when told to; microseconds since 1970.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `instant` until it is moved.
    #[must_use]
    pub fn fixed(instant: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(micros(instant))))
    }

    /// The present instant, UTC.
    #[must_use]
    pub fn now(&self) -> Instant {
        let micros = match self {
            Self::System => micros(OffsetDateTime::now_utc()),
            Self::Fixed(at) => at.load(Ordering::SeqCst),
        };
        OffsetDateTime::UNIX_EPOCH + Duration::microseconds(micros)
    }

    /// Moves a fixed clock forward; the machine's clock goes its own way.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(at) = self {
            let step = i64::try_from(by.whole_microseconds()).unwrap_or(i64::MAX);
            at.fetch_add(step, Ordering::SeqCst);
        }
    }
}

fn micros(instant: Instant) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = Clock::fixed(OffsetDateTime::UNIX_EPOCH);
        assert_eq!(clock.now(), OffsetDateTime::UNIX_EPOCH);
        clock.advance(Duration::days(365));
        assert_eq!(clock.now().year(), 1971);
    }

    #[test]
    fn instants_have_no_nanoseconds() {
        assert_eq!(Clock::System.now().nanosecond() % 1_000, 0);
    }
}
