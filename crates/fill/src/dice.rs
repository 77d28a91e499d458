//! What a person's rows are drawn from: random numbers that repeat themselves, and a clock that moves by a
//! millisecond with every id.

use dreamtree_crypto::Entropy;
use dreamtree_types::{Id, Instant, Kind};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use time::{Duration, macros::datetime};
use uuid::{Builder, Uuid};

/// When the first person comes; each one comes a second after the other.
const BEGIN: Instant = datetime!(2026-01-05 08:00 UTC);

/// Random numbers and times of one person.
pub(crate) struct Dice {
    random: ChaCha8Rng,
    now: Instant,
}

impl Dice {
    /// Those of the person with this number, from their beginning.
    pub(crate) fn new(seed: u64, person: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(person);
        let since = i64::try_from(person).unwrap_or(i64::MAX / 2);
        Self {
            random,
            now: BEGIN + Duration::seconds(since),
        }
    }

    /// The present of this person.
    pub(crate) const fn now(&self) -> Instant {
        self.now
    }

    /// An id that sorts behind all earlier ones of the person.
    pub(crate) fn uuid(&mut self) -> Uuid {
        self.now += Duration::MILLISECOND;
        let millis = self.now.unix_timestamp_nanos() / 1_000_000;
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        let millis = u64::try_from(millis).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// The same, of a kind.
    pub(crate) fn id<K: Kind>(&mut self) -> Id<K> {
        Id::from(self.uuid())
    }

    /// A number from 0 that is smaller than `count`; 0 where there is none.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.random.next_u64()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let count = usize::try_from(high.saturating_sub(low) + 1).unwrap_or(1);
        low + i32::try_from(self.below(count)).unwrap_or_default()
    }

    /// One of these.
    pub(crate) fn pick<T: Copy, const N: usize>(&mut self, among: &[T; N]) -> T {
        among[self.below(N)]
    }

    /// So many of these, none twice; all of them where there are fewer.
    pub(crate) fn some<T: Copy>(&mut self, among: &[T], count: usize) -> Vec<T> {
        let mut all = among.to_vec();
        let count = count.min(all.len());
        for place in 0..count {
            let other = place + self.below(all.len() - place);
            all.swap(place, other);
        }
        all.truncate(count);
        all
    }
}

/// For keys and envelopes. They open like any others, but whoever knows the seed knows them.
impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) -> dreamtree_crypto::Result<()> {
        self.random.fill_bytes(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_repeats_themselves_and_nobody_else() {
        let ids = |seed, person| {
            let mut dice = Dice::new(seed, person);
            [dice.uuid(), dice.uuid()]
        };
        assert_eq!(ids(1, 7), ids(1, 7));
        assert_ne!(ids(1, 7), ids(1, 8));
        assert_ne!(ids(1, 7), ids(2, 7));
        let [first, second] = ids(1, 7);
        assert!(first < second && second < ids(1, 8)[0]);
    }

    #[test]
    fn numbers_reach_both_ends() {
        let mut dice = Dice::new(1, 1);
        let drawn: Vec<i32> = (0..200).map(|_| dice.between(-2, 2)).collect();
        assert_eq!(drawn.iter().min(), Some(&-2));
        assert_eq!(drawn.iter().max(), Some(&2));
    }

    #[test]
    fn nothing_is_drawn_twice() {
        let mut drawn = Dice::new(1, 1).some(&[1, 2, 3, 4, 5], 9);
        drawn.sort_unstable();
        assert_eq!(drawn, [1, 2, 3, 4, 5]);
    }
}
