//! The arithmetic of a self-assessment, in whole numbers: 3.7 − 0.3 is not quite 3.4 in floating
//! point, and a floor next to it would be off by one.

use std::cmp::Ordering;

/// How far a score must stand out from the average, in tenths.
const MARGIN: i64 = 3;

/// An average that is still a fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Average {
    sum: i64,
    count: i64,
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
    /// The average of these scores.
    pub fn of(scores: impl IntoIterator<Item = i32>) -> Self {
        scores
            .into_iter()
            .fold(Self::default(), |so_far, score| Self {
                sum: so_far.sum + i64::from(score),
                count: so_far.count + 1,
            })
    }

    /// How many scores it is made of.
    #[must_use]
    pub const fn count(self) -> i64 {
        self.count
    }

    /// Rounded to two decimals, halves up; `None` of nothing.
    #[must_use]
    pub fn rounded(self) -> Option<f64> {
        let hundredths = (200 * self.sum + self.count).checked_div_euclid(2 * self.count)?;
        i32::try_from(hundredths)
            .ok()
            .map(|number| f64::from(number) / 100.0)
    }

    /// Where a score stands: a strength from ⌊average + 0.3⌋ on, an improvement up to
    /// ⌊average − 0.3⌋, balanced where both hold. The two thresholds are at most one apart, so for
    /// whole scores at least one always holds. `None` of nothing.
    #[must_use]
    pub fn standing(self, score: i32) -> Option<Standing> {
        let score = i64::from(score);
        let strength = self.floor_with(MARGIN)?;
        let improvement = self.floor_with(-MARGIN)?;
        Some(match (score.cmp(&strength), score.cmp(&improvement)) {
            (Ordering::Less, _) => Standing::Improvement,
            (_, Ordering::Greater) => Standing::Strength,
            _ => Standing::Balanced,
        })
    }

    /// ⌊sum / count + tenths / 10⌋ over the common denominator.
    fn floor_with(self, tenths: i64) -> Option<i64> {
        (10 * self.sum + tenths * self.count).checked_div_euclid(10 * self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn average(sum: i64, count: i64) -> Average {
        Average { sum, count }
    }

    fn thresholds(average: Average) -> (i64, i64) {
        let strength = average.floor_with(MARGIN).unwrap();
        (strength, average.floor_with(-MARGIN).unwrap())
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
        let meet = |sum: &i64| {
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
                    let at = i64::from(score);
                    let expected = match (at >= strength, at <= improvement) {
                        (true, true) => Standing::Balanced,
                        (true, false) => Standing::Strength,
                        (false, true) => Standing::Improvement,
                        (false, false) => panic!("{at} of {average:?} stands nowhere"),
                    };
                    assert_eq!(average.standing(score), Some(expected));
                }
            }
        }
    }

    #[test]
    fn averages_are_rounded_to_two_decimals_halves_up() {
        assert_eq!(average(0, 0).rounded(), None);
        assert_eq!(average(10, 3).rounded(), Some(3.33));
        assert_eq!(average(11, 3).rounded(), Some(3.67));
        assert_eq!(average(29, 8).rounded(), Some(3.63), "3.625");
        assert_eq!(average(75, 15).rounded(), Some(5.0));
        assert_eq!(Average::default().standing(3), None);
    }
}
