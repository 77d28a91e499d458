//! Best answers that give themselves away, by their letter or by their length.

use super::Warning;
use crate::{
    check::View,
    coaching::{Choice, ChoiceKey},
    entity::assessment_question_version::Model,
};

/// The rule's name.
pub(super) const RULE: &str = "telltale-choices";

/// With fewer questions, shares mean nothing.
const FEWEST: usize = 10;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Warning>) {
    let coaching = &view.draft.coaching;
    for assessment in &coaching.assessments {
        let own = coaching.questions.iter();
        let own: Vec<_> = own
            .filter(|row| row.is_active && row.assessment_id == assessment.id)
            .map(|row| row.id)
            .collect();
        let versions = coaching.versions.iter();
        let best: Vec<Best> = versions
            .filter(|row| own.contains(&row.question_id))
            .filter_map(|row| best(row))
            .collect();
        let warning = |message| Warning {
            at: assessment.at.clone(),
            rule: RULE,
            id: assessment.key.clone(),
            message,
        };
        found.extend(telltale(&best).into_iter().map(warning));
    }
}

/// The best option of a question, and whether it is longer than all others.
type Best = (ChoiceKey, bool);

fn best(row: &Model) -> Option<Best> {
    let key = ChoiceKey::parse(&row.correct_answer)?;
    let choices: Vec<Choice> = serde_json::from_str(&row.options).ok()?;
    let length = |one: &Choice| one.text.chars().count();
    let others = choices.iter().filter(|one| one.key != key);
    let longest = others.map(length).max()?;
    let own = choices.iter().find(|one| one.key == key).map(length)?;
    Some((key, own > longest))
}

/// Each letter is best in a fifth to three tenths of the questions, and the best is the longest in 35 % at most.
fn telltale(best: &[Best]) -> Vec<String> {
    let all = best.len();
    if all < FEWEST {
        return Vec::new();
    }
    let mut messages = Vec::new();
    for key in ChoiceKey::ALL {
        let count = best.iter().filter(|one| one.0 == *key).count();
        if count * 5 < all || count * 10 > all * 3 {
            messages.push(format!(
                "{} is best in {count} of {all} questions, and should be in a fifth to three tenths",
                key.as_str()
            ));
        }
    }
    let longest = best.iter().filter(|one| one.1).count();
    if longest * 100 > all * 35 {
        messages.push(format!(
            "the best is the longest in {longest} of {all} questions, and should be in 35 % at most"
        ));
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty questions with these counts of best letters, of which so many are the longest.
    fn twenty(counts: [usize; 4], longest: usize) -> Vec<Best> {
        let letters = ChoiceKey::ALL.iter().zip(counts);
        let letters = letters.flat_map(|(key, count)| vec![*key; count]);
        letters
            .zip(0..)
            .map(|(key, place)| (key, place < longest))
            .collect()
    }

    #[test]
    fn letters_and_lengths_within_the_limits_say_nothing() {
        assert!(telltale(&twenty([4, 4, 6, 6], 7)).is_empty());
    }

    #[test]
    fn a_favourite_letter_shows() {
        let messages = telltale(&twenty([3, 5, 5, 7], 0));
        assert_eq!(messages.len(), 2);
        assert!(messages[0].starts_with("a is best in 3 of 20"));
        assert!(messages[1].starts_with("d is best in 7 of 20"));
    }

    #[test]
    fn length_shows() {
        let messages = telltale(&twenty([5, 5, 5, 5], 8));
        assert_eq!(messages.len(), 1);
        assert!(messages[0].starts_with("the best is the longest in 8 of 20"));
    }

    #[test]
    fn a_few_questions_have_no_shares() {
        assert!(telltale(&twenty([5, 2, 2, 0], 9)).is_empty());
    }
}
