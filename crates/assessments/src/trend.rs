//! How scores of the same thing went over time, whatever kind of assessment they come from.

use std::cmp::Ordering;

/// What became of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trend<T> {
    /// The last one.
    pub latest: T,
    /// The one before it.
    pub previous: Option<T>,
    /// The highest; of equal ones the latest.
    pub best: T,
    /// How many there were.
    pub count: usize,
}

impl<T: Copy> Trend<T> {
    /// The trend of scores that are told newest first; `None` when there is none.
    pub fn of(
        newest_first: impl IntoIterator<Item = T>,
        compare: impl Fn(&T, &T) -> Ordering,
    ) -> Option<Self> {
        let mut scores = newest_first.into_iter();
        let latest = scores.next()?;
        let mut trend = Self {
            latest,
            previous: None,
            best: latest,
            count: 1,
        };
        for score in scores {
            trend.previous = trend.previous.or(Some(score));
            trend.count += 1;
            if compare(&score, &trend.best) == Ordering::Greater {
                trend.best = score;
            }
        }
        Some(trend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latest_previous_and_best_are_told_apart() {
        let trend = Trend::of([3, 2, 5, 5, 1], Ord::cmp).unwrap();
        assert_eq!((trend.latest, trend.previous), (3, Some(2)));
        assert_eq!((trend.best, trend.count), (5, 5));
        let only = Trend::of([4], Ord::cmp).unwrap();
        assert_eq!((only.latest, only.previous, only.best), (4, None, 4));
        assert_eq!(Trend::<i32>::of([], Ord::cmp), None);
    }
}
