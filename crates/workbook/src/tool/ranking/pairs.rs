//! An order out of comparisons of two at a time, decided without a database.
//!
//! Whoever wins more pairs stands higher; equal numbers of wins are decided by the pairs among the equals. A pair that
//! was not compared is decided where it follows from others: who beats one that beats a third, beats the third, unless
//! the third beats them by another way. What stays open has to be asked.

use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::HashMap, hash::Hash};

use crate::Error;

/// Which of two came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice<T> {
    /// What was chosen.
    pub winner: T,
    /// What was not.
    pub loser: T,
}

/// How far comparing has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing<T> {
    /// All there is to rank: the best first, as far as it is known, otherwise as it was offered.
    pub order: Vec<T>,
    /// The pairs still to ask, those that stand closest to each other first; empty once the order is settled. A pair
    /// that was compared before is among them when it is part of a circle: one of its choices has to change.
    pub open: Vec<(T, T)>,
}

/// The order that these choices lead to; refused while a pair is open. `field` is where the input has the choices.
pub(super) fn settle<T: Copy + Eq + Hash>(
    offered: &[T],
    choices: &[Choice<T>],
    field: &str,
) -> Result<Vec<T>, Error> {
    let pairing = pair(offered, choices, field)?;
    match pairing.open.len() {
        0 => Ok(pairing.order),
        open => Err(Error::invalid(
            field,
            format!("leaves the order open: {open} pairs are still to be compared, see pairing"),
        )),
    }
}

/// How far these choices lead. Refuses a choice of what is not offered, between a thing and itself, or of a pair that
/// is there twice.
pub(super) fn pair<T: Copy + Eq + Hash>(
    offered: &[T],
    choices: &[Choice<T>],
    field: &str,
) -> Result<Pairing<T>, Error> {
    let places: HashMap<T, usize> = offered.iter().copied().zip(0..).collect();
    let mut board = Board::new(offered.len());
    for (index, choice) in choices.iter().enumerate() {
        let place = |one: &T, end: &str| {
            let place = places.get(one).copied();
            place.ok_or_else(|| Error::missing(format!("{field}[{index}].{end}")))
        };
        let (winner, loser) = (
            place(&choice.winner, "winner")?,
            place(&choice.loser, "loser")?,
        );
        if winner == loser {
            let rule = "cannot be compared with itself";
            return Err(Error::invalid(format!("{field}[{index}].loser"), rule));
        }
        if board.direct[winner][loser] || board.direct[loser][winner] {
            return Err(Error::twice(format!("{field}[{index}]")));
        }
        board.direct[winner][loser] = true;
    }
    board.follow();
    let (order, open) = board.rank();
    Ok(Pairing {
        order: order.into_iter().map(|place| offered[place]).collect(),
        open: open
            .into_iter()
            .map(|(one, other)| (offered[one], offered[other]))
            .collect(),
    })
}

/// Who beats whom, by the places of what is offered.
struct Board {
    /// By a choice.
    direct: Vec<Vec<bool>>,
    /// By a chain of choices.
    reach: Vec<Vec<bool>>,
}

impl Board {
    fn new(count: usize) -> Self {
        let nothing = vec![vec![false; count]; count];
        Self {
            direct: nothing.clone(),
            reach: nothing,
        }
    }

    /// Finds out what follows from the choices.
    fn follow(&mut self) {
        self.reach.clone_from(&self.direct);
        let count = self.reach.len();
        for via in 0..count {
            let beyond = self.reach[via].clone();
            for row in &mut self.reach {
                if row[via] {
                    for (reached, more) in row.iter_mut().zip(&beyond) {
                        *reached |= more;
                    }
                }
            }
        }
    }

    fn beats(&self, one: usize, other: usize) -> bool {
        if self.direct[one][other] || self.direct[other][one] {
            return self.direct[one][other];
        }
        self.reach[one][other] && !self.reach[other][one]
    }

    fn is_decided(&self, one: usize, other: usize) -> bool {
        self.beats(one, other) || self.beats(other, one)
    }

    /// The order, and the pairs that are open: those that are not decided. Once all are, those of the circles.
    fn rank(&self) -> (Vec<usize>, Vec<(usize, usize)>) {
        let mut ties = Vec::new();
        let all: Vec<usize> = (0..self.direct.len()).collect();
        let order = self.order(&all, &mut ties);
        let pairs = |wanted: &dyn Fn(usize, usize) -> bool| {
            let by_distance =
                (1..order.len()).flat_map(|distance| order.iter().zip(&order[distance..]));
            let pairs = by_distance.map(|(one, other)| (*one, *other));
            pairs
                .filter(|(one, other)| wanted(*one, *other))
                .collect::<Vec<_>>()
        };
        let mut open = pairs(&|one, other| !self.is_decided(one, other));
        if open.is_empty() {
            let both = |tie: &Vec<usize>, one, other| tie.contains(&one) && tie.contains(&other);
            open = pairs(&|one, other| ties.iter().any(|tie| both(tie, one, other)));
        }
        (order, open)
    }

    /// These by their wins among each other, equals by their wins among the equals and so on; what is still equal
    /// then is a tie.
    fn order(&self, group: &[usize], ties: &mut Vec<Vec<usize>>) -> Vec<usize> {
        let wins = |one: usize| {
            group
                .iter()
                .filter(|other| self.beats(one, **other))
                .count()
        };
        let mut counted: Vec<(usize, usize)> = group.iter().map(|one| (wins(*one), *one)).collect();
        counted.sort_by_key(|(wins, _)| Reverse(*wins));
        let mut order = Vec::with_capacity(group.len());
        for equals in counted.chunk_by(|(one, _), (other, _)| one == other) {
            let equals: Vec<usize> = equals.iter().map(|(_, one)| *one).collect();
            if equals.len() > 1 && equals.len() < group.len() {
                order.extend(self.order(&equals, ties));
                continue;
            }
            order.extend(&equals);
            if equals.len() > 1 {
                ties.push(equals);
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: &str = "choices";

    /// A small generator, so that a failure can be repeated.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, count: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(self.0 >> 33).unwrap() % count
        }

        fn shuffled(&mut self, count: usize) -> Vec<usize> {
            let mut all: Vec<usize> = (0..count).collect();
            for end in (1..count).rev() {
                all.swap(end, self.below(end + 1));
            }
            all
        }
    }

    fn chosen(winner: usize, loser: usize) -> Choice<usize> {
        Choice { winner, loser }
    }

    /// Whoever stands first in `wanted` wins.
    fn by(wanted: &[usize], one: usize, other: usize) -> Choice<usize> {
        let place = |id| wanted.iter().position(|other| *other == id);
        if place(one) < place(other) {
            chosen(one, other)
        } else {
            chosen(other, one)
        }
    }

    fn pairs(count: usize) -> Vec<(usize, usize)> {
        let pairs = (0..count).flat_map(|one| (0..one).map(move |other| (one, other)));
        pairs.collect()
    }

    #[test]
    fn all_comparisons_of_an_order_give_that_order() {
        for seed in 0..200 {
            let mut dice = Dice(seed);
            let count = dice.below(12);
            let (offered, wanted) = (dice.shuffled(count), dice.shuffled(count));
            let choices: Vec<_> = pairs(count)
                .into_iter()
                .map(|(one, other)| by(&wanted, one, other))
                .collect();
            assert_eq!(
                settle(&offered, &choices, FIELD).unwrap(),
                wanted,
                "seed {seed}"
            );
        }
    }

    #[test]
    fn asking_what_is_open_leads_to_the_order_without_asking_all() {
        let mut asked = 0;
        for seed in 0..200 {
            let mut dice = Dice(seed);
            let (offered, wanted) = (dice.shuffled(10), dice.shuffled(10));
            let mut choices = Vec::new();
            loop {
                let pairing = pair(&offered, &choices, FIELD).unwrap();
                let Some((one, other)) = pairing.open.first() else {
                    assert_eq!(pairing.order, wanted, "seed {seed}");
                    break;
                };
                choices.push(by(&wanted, *one, *other));
            }
            asked += choices.len();
        }
        assert!(asked < 200 * 40, "{asked} of {}", 200 * 45);
    }

    #[test]
    fn no_choices_lose_or_double_anything() {
        for seed in 0..500 {
            let mut dice = Dice(seed);
            let count = 1 + dice.below(9);
            let offered = dice.shuffled(count);
            let mut all = pairs(count);
            all.retain(|_| dice.below(3) > 0);
            let coin = |(one, other)| {
                if dice.below(2) == 0 {
                    chosen(one, other)
                } else {
                    chosen(other, one)
                }
            };
            let choices: Vec<_> = all.into_iter().map(coin).collect();
            let Pairing { mut order, open } = pair(&offered, &choices, FIELD).unwrap();
            let wins = |id: &usize| choices.iter().filter(|one| one.winner == *id).count();
            if choices.len() == pairs(count).len() {
                assert!(
                    order.is_sorted_by(|one, other| wins(one) >= wins(other)),
                    "seed {seed}"
                );
            }
            assert_eq!(open.is_empty(), settle(&offered, &choices, FIELD).is_ok());
            order.sort_unstable();
            assert_eq!(order, (0..count).collect::<Vec<_>>(), "seed {seed}");
        }
    }

    #[test]
    fn equals_are_decided_by_their_own_meeting() {
        // Two wins each for 0 and 1, one each for 2 and 3.
        let choices = [(1, 0), (0, 2), (0, 3), (1, 2), (3, 1), (2, 3)];
        let choices = choices.map(|(winner, loser)| chosen(winner, loser));
        assert_eq!(
            settle(&[0, 1, 2, 3], &choices, FIELD).unwrap(),
            [1, 0, 2, 3]
        );
    }

    #[test]
    fn a_circle_is_asked_again() {
        let circle = [chosen(0, 1), chosen(1, 2), chosen(2, 0)];
        let pairing = pair(&[0, 1, 2, 3], &circle, FIELD).unwrap();
        let new = [(2, 3), (1, 3), (0, 3)];
        assert_eq!(pairing.open, new, "what nobody was asked comes first");
        let with_last = [
            circle.as_slice(),
            &[chosen(0, 3), chosen(1, 3), chosen(2, 3)],
        ]
        .concat();
        let pairing = pair(&[0, 1, 2, 3], &with_last, FIELD).unwrap();
        assert_eq!(pairing.order, [0, 1, 2, 3]);
        assert_eq!(pairing.open, [(0, 1), (1, 2), (0, 2)]);
        assert!(matches!(
            settle(&[0, 1, 2, 3], &with_last, FIELD),
            Err(Error::Invalid { field, .. }) if field == FIELD
        ));
        let broken = [chosen(0, 1), chosen(1, 2), chosen(0, 2)];
        assert_eq!(settle(&[2, 1, 0], &broken, FIELD).unwrap(), [0, 1, 2]);
    }

    #[test]
    fn what_follows_is_not_asked() {
        let choices = [chosen(2, 1), chosen(1, 0)];
        assert_eq!(settle(&[0, 1, 2], &choices, FIELD).unwrap(), [2, 1, 0]);
        assert_eq!(settle::<usize>(&[], &[], FIELD).unwrap(), [0; 0]);
        assert_eq!(settle(&[7], &[], FIELD).unwrap(), [7]);
    }

    #[test]
    fn strangers_twins_and_mirrors_are_refused() {
        let refused = |choices: &[Choice<usize>]| pair(&[0, 1], choices, FIELD).unwrap_err();
        assert!(matches!(
            refused(&[chosen(0, 2)]),
            Error::NotFound { field } if field == "choices[0].loser"
        ));
        assert!(matches!(
            refused(&[chosen(0, 1), chosen(1, 0)]),
            Error::Duplicate { field } if field == "choices[1]"
        ));
        assert!(matches!(refused(&[chosen(1, 1)]), Error::Invalid { .. }));
    }
}
