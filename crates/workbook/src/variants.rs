//! How readers fare with the wordings of an exercise: counts that point at nobody.

use std::fmt;

use dreamtree_content::{Library, VariantGroup};
use dreamtree_database::Scope;
use sea_orm::DbErr;

use crate::{Answered, Count};

/// Fewer people than this are not counted aloud.
const FEWEST: usize = 5;

/// What becomes of the exercises that have several wordings.
#[derive(Clone, Debug)]
pub struct VariantReport<'a> {
    library: &'a Library,
    groups: Vec<(VariantGroup<'a>, Vec<Tally>)>,
}

/// People who met the same wording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those who have answered anything in the exercise.
    pub answered: People,
    /// Those among them who have answered everything that it requires.
    pub completed: People,
}

/// How many people, as far as it may be told: `<5`, or rounded down to fives, such as `25+`. Rounding keeps two figures
/// from being subtracted from each other, or yesterday's from today's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People(usize);

impl<'a> VariantReport<'a> {
    /// A report on nobody yet.
    #[must_use]
    pub fn new(library: &'a Library) -> Self {
        let groups = library.variant_groups().into_iter();
        Self {
            library,
            groups: groups
                .map(|group| (group, vec![Tally::default(); group.wordings]))
                .collect(),
        }
    }

    /// Adds the scope's person; one statement.
    pub async fn add(&mut self, scope: &Scope) -> Result<(), DbErr> {
        let answered = Answered::find(scope).await?;
        for (group, tallies) in &mut self.groups {
            let placements = &self.library.placements()[group.exercise.span.clone()];
            let began = placements.iter().any(|one| answered.contains(one.id));
            let tally = tallies.get_mut(group.wording_for(scope.user()));
            if let Some(tally) = tally.filter(|_| began) {
                tally.answered.0 += 1;
                tally.completed.0 += usize::from(Count::of(placements, &answered).is_complete());
            }
        }
        Ok(())
    }

    /// The groups in the order of reading, each with a tally for every wording.
    #[must_use]
    pub fn groups(&self) -> &[(VariantGroup<'a>, Vec<Tally>)] {
        &self.groups
    }
}

impl fmt::Display for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 / FEWEST * FEWEST {
            0 => write!(f, "<{FEWEST}"),
            at_least => write!(f, "{at_least}+"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_people_are_not_counted() {
        for (people, shown) in [
            (0, "<5"),
            (4, "<5"),
            (5, "5+"),
            (9, "5+"),
            (10, "10+"),
            (104, "100+"),
        ] {
            assert_eq!(People(people).to_string(), shown);
        }
    }
}
