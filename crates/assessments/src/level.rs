//! The five texts of a competency. People see them without numbers and in an order that does not
//! give the numbers away, so that they choose what describes them and not what they wish to score.

use dreamtree_content::{Competency, CompetencyId, Level, LevelId, Library};

use crate::Error;

/// The text that somebody chose for one competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is rated.
    pub competency: CompetencyId,
    /// The level whose text was chosen.
    pub level: LevelId,
}

/// The levels of a competency in an order of its own, the same on every visit: by a mix of the level's
/// id and the competency's.
#[must_use]
pub fn shuffled(competency: &Competency) -> Vec<&Level> {
    let mut levels: Vec<&Level> = competency.levels.iter().collect();
    levels.sort_by_cached_key(|level| {
        mixed(competency.id.uuid().as_u128() ^ level.id.uuid().as_u128())
    });
    levels
}

/// The number with its bits stirred; the multiplier is an odd one with many bits set (2^128 / the golden ratio).
const fn mixed(number: u128) -> u128 {
    let stirred = (number ^ (number >> 61)).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    (stirred ^ (stirred >> 67)).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
}

/// The scores behind the chosen texts, in the same order.
pub fn scores_of(library: &Library, choices: &[Choice]) -> Result<Vec<(CompetencyId, i32)>, Error> {
    let competencies = library.competencies();
    choices
        .iter()
        .enumerate()
        .map(|(entry, choice)| Ok((choice.competency, score(competencies, entry, choice)?)))
        .collect()
}

fn score(competencies: &[Competency], entry: usize, choice: &Choice) -> Result<i32, Error> {
    let chosen = competencies
        .iter()
        .find(|one| one.id == choice.competency)
        .ok_or(Error::UnknownCompetency { entry })?;
    let is_chosen = |level: &&Level| level.id == choice.level;
    if let Some(level) = chosen.levels.iter().find(is_chosen) {
        return Ok(level.level);
    }
    let elsewhere = competencies
        .iter()
        .flat_map(|one| &one.levels)
        .any(|level| is_chosen(&level));
    Err(if elsewhere {
        Error::ForeignLevel { entry }
    } else {
        Error::UnknownLevel { entry }
    })
}

#[cfg(test)]
mod tests {
    use dreamtree_content::CompetencyCategory;

    use uuid::Uuid;

    use super::*;

    fn competency(number: u128) -> Competency {
        let levels = (1..=5).map(|level: i32| Level {
            id: LevelId::from(Uuid::from_u128(
                number * 10 + u128::from(level.unsigned_abs()),
            )),
            level,
            description: format!("text {level}"),
        });
        Competency {
            id: CompetencyId::from(Uuid::from_u128(number)),
            name: String::new(),
            definition: String::new(),
            category: CompetencyCategory::Strategic,
            sort_order: 1,
            relevant_modules: Vec::new(),
            levels: levels.collect(),
        }
    }

    #[test]
    fn the_place_of_a_text_tells_nothing_about_its_level() {
        let mut at_first_place = [0; 5];
        for number in 0..1_000 {
            let competency = competency(number);
            let levels: Vec<i32> = shuffled(&competency)
                .iter()
                .map(|level| level.level)
                .collect();
            let mut sorted = levels.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [1, 2, 3, 4, 5]);
            at_first_place[usize::try_from(levels[0] - 1).unwrap()] += 1;
        }
        for count in at_first_place {
            assert!((150..=250).contains(&count), "{at_first_place:?}");
        }
    }

    #[test]
    fn a_choice_must_fit_its_competency() {
        let known = [competency(1), competency(2)];
        let choice = |competency: usize, level: LevelId| Choice {
            competency: known[competency].id,
            level,
        };
        let own = choice(0, known[0].levels[3].id);
        assert_eq!(score(&known, 0, &own).unwrap(), 4);
        let foreign = score(&known, 7, &choice(0, known[1].levels[3].id));
        assert!(matches!(foreign, Err(Error::ForeignLevel { entry: 7 })));
        let unknown = score(&known, 7, &choice(0, LevelId::new()));
        assert!(matches!(unknown, Err(Error::UnknownLevel { entry: 7 })));
    }
}
