//! The arithmetic of a self-assessment, in whole numbers: 3.7 − 0.3 is not quite 3.4 in floating
//! point, and a floor next to it would be off by one.

use std::{cmp::Ordering, num::NonZeroI32};

/// How far a score must stand out from the average, in tenths.
const MARGIN: i32 = 3;

/// An average of one score or more that is still a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Average {
    sum: i32,
    count: NonZeroI32,
}

/// Where a score stands among all scores of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Something to build on.
    Strength,
    /// Neither ahead nor behind: both rules hold for it.
    Balanced,
    /// Something to work on.
    Improvement,
}

impl Average {
    /// The average of these scores; `None` of nothing.
    pub fn of(scores: impl IntoIterator<Item = i32>) -> Option<Self> {
        let (sum, count) = scores
            .into_iter()
            .fold((0, 0), |(sum, count), score| (sum + score, count + 1));
        NonZeroI32::new(count).map(|count| Self { sum, count })
    }

    /// How many scores it is made of.
    #[must_use]
    pub const fn count(self) -> i32 {
        self.count.get()
    }

    /// Rounded to two decimals, halves up.
    #[must_use]
    pub fn rounded(self) -> f64 {
        let count = self.count();
        let hundredths = (200 * self.sum + count).div_euclid(2 * count);
        f64::from(hundredths) / 100.0
    }

    /// Where a score stands: a strength from ⌊average + 0.3⌋ on, an improvement up to
    /// ⌊average − 0.3⌋, balanced where both hold. The two thresholds are at most one apart, so for
    /// whole scores at least one always holds.
    #[must_use]
    pub fn standing(self, score: i32) -> Standing {
        let strength = self.floor_with(MARGIN);
        let improvement = self.floor_with(-MARGIN);
        match (score.cmp(&strength), score.cmp(&improvement)) {
            (Ordering::Less, _) => Standing::Improvement,
            (_, Ordering::Greater) => Standing::Strength,
            _ => Standing::Balanced,
        }
    }

    /// ⌊sum / count + tenths / 10⌋ over the common denominator.
    const fn floor_with(self, tenths: i32) -> i32 {
        let count = self.count();
        (10 * self.sum + tenths * count).div_euclid(10 * count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn average(sum: i32, count: i32) -> Average {
        let count = NonZeroI32::new(count).unwrap();
        Average { sum, count }
    }

    fn thresholds(average: Average) -> (i32, i32) {
        (average.floor_with(MARGIN), average.floor_with(-MARGIN))
    }

    /// For 15 scores with an average between n and n + 1, by the numerator of the fraction over 15:
    /// strength is n + 1 from 11/15 (0.733…) on, improvement is n − 1 up to 4/15 (0.266…).
    #[test]
    fn thresholds_agree_with_a_table_made_by_hand() {
        #[rustfmt::skip]
        let offsets = [
            (0, -1), (0, -1), (0, -1), (0, -1), (0, -1),
            (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0),
            (1, 0), (1, 0), (1, 0), (1, 0),
        ];
        for sum in 15..=75 {
            let (whole, part) = (sum / 15, usize::try_from(sum % 15).unwrap());
            let (strength, improvement) = offsets[part];
            let expected = (whole + strength, whole + improvement);
            assert_eq!(thresholds(average(sum, 15)), expected, "sum {sum}");
        }
    }

    #[test]
    fn both_thresholds_meet_for_24_of_the_61_sums() {
        let meet = |sum: &i32| {
            let (strength, improvement) = thresholds(average(*sum, 15));
            strength == improvement
        };
        assert_eq!((15..=75).count(), 61);
        assert_eq!((15..=75).filter(meet).count(), 24);
    }

    #[test]
    fn a_margin_of_exactly_three_tenths_counts() {
        assert_eq!(thresholds(average(37, 10)), (4, 3));
        assert_eq!(thresholds(average(33, 10)), (3, 3));
        assert_eq!(thresholds(average(23, 10)), (2, 2));
        assert_eq!(thresholds(average(47, 10)), (5, 4));
    }

    /// The rules as they are written down, for every average that 1 to 15 scores can have.
    #[test]
    fn every_score_has_exactly_one_standing() {
        for count in 1..=15 {
            for sum in count..=5 * count {
                let average = average(sum, count);
                let (strength, improvement) = thresholds(average);
                for score in 1..=5 {
                    let expected = match (score >= strength, score <= improvement) {
                        (true, true) => Standing::Balanced,
                        (true, false) => Standing::Strength,
                        (false, true) => Standing::Improvement,
                        (false, false) => panic!("{score} of {average:?} stands nowhere"),
                    };
                    assert_eq!(average.standing(score), expected);
                }
            }
        }
    }

    #[test]
    fn averages_are_rounded_to_two_decimals_halves_up() {
        assert_eq!(Average::of([]), None);
        for (scores, rounded) in [
            (average(10, 3), 3.33),
            (average(11, 3), 3.67),
            (average(29, 8), 3.63), // 3.625
            (average(75, 15), 5.0),
        ] {
            let difference = scores.rounded() - rounded;
            assert!(difference.abs() < 1e-9, "{scores:?}");
        }
    }
}
