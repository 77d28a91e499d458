//! Questions about what people tell only those whom they trust.

use super::{
    Warning,
    prose::{holds, words},
    texts::choices,
};
use crate::{Shape, ToolKind, check::View};

/// The rule's name.
pub(super) const RULE: &str = "private-topic";

/// Words that a question uses when it asks about health, money, addiction, faith, sexuality or trouble at home.
const WORDS: [&str; 87] = [
    "abuse",
    "abused",
    "addicted",
    "addiction",
    "affair",
    "afraid",
    "alcohol",
    "anxiety",
    "anxious",
    "arrested",
    "ashamed",
    "bankrupt",
    "bereaved",
    "burnout",
    "childhood",
    "convicted",
    "debt",
    "debts",
    "depressed",
    "depression",
    "diagnosed",
    "diagnosis",
    "died",
    "disability",
    "disabled",
    "disease",
    "divorce",
    "divorced",
    "doctor",
    "drinking",
    "drugs",
    "drunk",
    "earn",
    "earned",
    "earnings",
    "faith",
    "family",
    "father",
    "gay",
    "gender",
    "grief",
    "grieve",
    "health",
    "hospital",
    "husband",
    "illness",
    "income",
    "jealous",
    "lesbian",
    "loan",
    "loans",
    "lonely",
    "marriage",
    "medication",
    "medicine",
    "miscarriage",
    "money",
    "mortgage",
    "mother",
    "overdraft",
    "pain",
    "parents",
    "partner",
    "politics",
    "pregnancy",
    "pregnant",
    "prison",
    "psychiatrist",
    "quarrel",
    "quarrels",
    "rape",
    "religion",
    "religious",
    "salary",
    "savings",
    "sex",
    "sexual",
    "sexuality",
    "shame",
    "sick",
    "sleep",
    "suicide",
    "therapist",
    "therapy",
    "violence",
    "wages",
    "wife",
];

/// A question that uses one of the words is private, or its author says why not. The same goes for fields of a form.
pub(super) fn check(view: &View<'_>, found: &mut Vec<Warning>) {
    for row in view.reading.iter().filter(|row| row.block_type == "prompt") {
        let prompt = row.content_id.and_then(|id| view.prompts.get(&id));
        let Some(prompt) = prompt.filter(|prompt| !prompt.is_private) else {
            continue;
        };
        let choices = choices(prompt.input_config.as_deref());
        let wordings = row.wordings.as_deref().unwrap_or_default();
        for word in met(&format!("{}\n{wordings}\n{choices}", prompt.prompt_text)) {
            found.push(Warning {
                at: row.at.clone(),
                rule: RULE,
                id: row.id.to_string(),
                message: format!("asks about {word:?} and is not private"),
            });
        }
    }
    for row in view.draft.tools.iter().filter(|row| row.is_active) {
        let kind = ToolKind::parse(&row.kind);
        let shape = kind.and_then(|kind| Shape::parse(kind, row.config.as_deref()).ok());
        let Some(form) = shape.as_ref().and_then(Shape::form) else {
            continue;
        };
        for field in form.fields.iter().filter(|field| !field.private) {
            let hint = field.hint.as_deref().unwrap_or_default();
            for word in met(&format!("{}\n{hint}", field.label)) {
                found.push(Warning {
                    at: row.at.clone(),
                    rule: RULE,
                    id: format!("tool:{}.{}", row.name, field.key),
                    message: format!("asks about {word:?} and is not private"),
                });
            }
        }
    }
}

/// The words of the list that stand in a text.
fn met(text: &str) -> Vec<&'static str> {
    let words = words(text);
    let stands = |word: &&str| holds(&words, word);
    WORDS.into_iter().filter(stands).collect()
}
