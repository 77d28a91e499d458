//! Exact scores.

use std::cmp::Ordering;

/// What was reached, out of what could have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fraction {
    /// 0 to `possible`.
    pub earned: i32,
    /// Positive, but for the sum of nothing.
    pub possible: i32,
}

impl Fraction {
    /// In percent, rounded half up; 0 for the sum of nothing. To be shown, never to be compared.
    #[must_use]
    pub const fn percent(self) -> i32 {
        if self.possible == 0 {
            return 0;
        }
        (200 * self.earned + self.possible) / (2 * self.possible)
    }

    /// Which of two scores is higher, without rounding.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        let left = i64::from(self.earned) * i64::from(other.possible);
        let right = i64::from(other.earned) * i64::from(self.possible);
        left.cmp(&right)
    }
}

impl std::iter::Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            earned: sum.earned + part.earned,
            possible: sum.possible + part.possible,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn of(earned: i32, possible: i32) -> Fraction {
        Fraction { earned, possible }
    }

    #[test]
    fn halves_are_rounded_up() {
        let percents = [(0, 31), (1, 8), (1, 3), (2, 3), (1, 200), (31, 31), (0, 0)];
        let percents = percents.map(|(earned, possible)| of(earned, possible).percent());
        assert_eq!(percents, [0, 13, 33, 67, 1, 100, 0]);
    }

    #[test]
    fn what_shows_the_same_percentage_still_differs() {
        assert_eq!(of(699, 1_000).percent(), of(7, 10).percent());
        assert_eq!(of(699, 1_000).compare(of(7, 10)), Ordering::Less);
        assert_eq!(of(2, 4).compare(of(1, 2)), Ordering::Equal);
    }

    #[test]
    fn a_sum_adds_both() {
        let sum: Fraction = [of(1, 2), of(0, 3)].into_iter().sum();
        assert_eq!(sum, of(1, 5));
    }
}
