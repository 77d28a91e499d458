//! Required placements, counted.

use dreamtree_content::Placement;

use crate::Answered;

/// Required placements, and how many of them are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Required placements.
    pub required: usize,
    /// Required placements that are answered.
    pub answered: usize,
}

impl Count {
    /// Counts the required ones among these.
    pub(crate) fn of(placements: &[Placement], answered: &Answered) -> Self {
        let mut count = Self::default();
        for placement in placements.iter().filter(|one| one.required) {
            count.required += 1;
            count.answered += usize::from(answered.contains(placement.id));
        }
        count
    }

    /// True when nothing required is left.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        self.answered == self.required
    }

    /// 0 to 100, rounded down: 100 only when nothing required is left, and always where nothing is required.
    #[must_use]
    pub const fn percent(self) -> usize {
        if self.required == 0 {
            return 100;
        }
        self.answered * 100 / self.required
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_percent_is_all_of_it() {
        for required in 0..=1_200 {
            let percent = |answered| Count { required, answered }.percent();
            assert_eq!(percent(required), 100);
            assert!((1..required).all(|answered| percent(answered - 1) <= percent(answered)));
            assert!(required == 0 || (percent(0) == 0 && percent(required - 1) < 100));
        }
    }
}
