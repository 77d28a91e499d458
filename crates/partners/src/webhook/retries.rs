//! How long to wait before a message is tried again.

use dreamtree_crypto::Entropy;
use time::Duration;

/// No pause is longer, whatever the other side asks for.
pub const LONGEST_PAUSE: Duration = Duration::hours(24);

/// Pauses get longer by up to this part at random, so that what failed together is not tried together.
const JITTER: i32 = 5;

/// The pauses between attempts, the first one behind the first attempt. After the last pause comes the last attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries(Vec<Duration>);

impl Retries {
    /// These pauses.
    #[must_use]
    pub const fn new(pauses: Vec<Duration>) -> Self {
        Self(pauses)
    }

    /// How long to wait after so many attempts, if there is to be another one. `asked` is what the other side has asked for.
    pub(crate) fn after(
        &self,
        attempts: i32,
        asked: Option<Duration>,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<Duration>, dreamtree_crypto::Error> {
        let done = usize::try_from(attempts).unwrap_or_default();
        let Some(pause) = done.checked_sub(1).and_then(|last| self.0.get(last)) else {
            return Ok(None);
        };
        let mut roll = [0];
        entropy.fill(&mut roll)?;
        let jitter = *pause * i32::from(roll[0]) / (i32::from(u8::MAX) * JITTER);
        let asked = asked.unwrap_or_default().min(LONGEST_PAUSE);
        Ok(Some((*pause + jitter).max(asked)))
    }
}

/// What Standard Webhooks proposes: for about three days.
impl Default for Retries {
    fn default() -> Self {
        let hours = [2, 5, 10, 14, 20, 24].map(Duration::hours);
        let first = [
            Duration::seconds(5),
            Duration::minutes(5),
            Duration::minutes(30),
        ];
        Self(first.into_iter().chain(hours).collect())
    }
}

#[cfg(test)]
mod tests {
    use dreamtree_crypto::Seeded;

    use super::*;

    fn pause(attempts: i32, asked: Option<Duration>, seed: u64) -> Option<Duration> {
        let pause = Retries::default().after(attempts, asked, &mut Seeded::new(seed));
        pause.unwrap()
    }

    #[test]
    fn pauses_grow_for_three_days_and_end() {
        let whole: Duration = (1..=9).filter_map(|one| pause(one, None, 1)).sum();
        assert!((75..=90).contains(&whole.whole_hours()), "{whole}");
        assert_eq!((pause(10, None, 1), pause(0, None, 1)), (None, None));
        assert_eq!((pause(i32::MAX, None, 1), pause(-1, None, 1)), (None, None));
    }

    #[test]
    fn no_two_wait_quite_as_long() {
        let mut seen: Vec<_> = (0..40).filter_map(|seed| pause(2, None, seed)).collect();
        let bounds = Duration::minutes(5)..=Duration::minutes(6);
        assert!(seen.iter().all(|one| bounds.contains(one)), "{seen:?}");
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 20, "{seen:?}");
    }

    #[test]
    fn who_asks_to_be_left_alone_is_left_alone_for_a_day_at_most() {
        let asked = |asked| pause(1, Some(asked), 1).unwrap();
        assert_eq!(asked(Duration::hours(3)), Duration::hours(3));
        assert_eq!(asked(Duration::days(300)), LONGEST_PAUSE);
        assert!(asked(Duration::ZERO) >= Duration::seconds(5));
    }
}
