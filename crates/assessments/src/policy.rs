//! How an answer counts, by the kind of assessment.

use dreamtree_content::coaching::{AnswerKey, ChoiceKey, Kind, Question};

use crate::Fraction;

/// What an answer, or the lack of one, brings out of what the question can bring.
#[must_use]
pub fn points(
    kind: Kind,
    question: &Question,
    key: &AnswerKey,
    choice: Option<ChoiceKey>,
) -> Fraction {
    match kind {
        Kind::Keyed => Fraction {
            earned: if choice == Some(key.correct) {
                question.weight
            } else {
                0
            },
            possible: question.weight,
        },
    }
}
