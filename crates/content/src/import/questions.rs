//! Questions: `question`, `option_a` to `option_d`, `correct_answer` as a number, `explanation`, `competency_area`,
//! `assessment_level`; the rest may be left out.

use super::{
    AnswersFrom,
    known::{Known, key, list, refuse},
    write::{Entries, Entry, quoted},
};
use crate::{
    coaching::ChoiceKey,
    csv_set::{Cells, Reading, Shape},
};

/// The columns of the file.
pub(super) const SHAPE: Shape = Shape {
    required: &[
        "question",
        "option_a",
        "option_b",
        "option_c",
        "option_d",
        "correct_answer",
        "explanation",
        "competency_area",
        "assessment_level",
    ],
    optional: &[
        "id",
        "key",
        "assessment_id",
        "question_order",
        "difficulty_weight",
        "skill_tags",
        "created_at",
    ],
};

/// Adds the question of a row.
pub(super) fn question(
    cells: &mut Cells<'_>,
    from: AnswersFrom,
    known: &Known,
    entries: &mut Entries,
) -> Reading<()> {
    let stage = Known::stage(cells)?;
    let assessment = known.assessment(cells, stage)?;
    let area = cells.text("competency_area")?;
    let competency = known.competency(cells, assessment, &area)?;
    let prompt = cells.text("question")?;
    let best = best(cells, from)?;
    let weight = weight(cells)?;
    let mut tags = Vec::new();
    for word in list(&cells.optional("skill_tags").unwrap_or_default()) {
        let Some(tag) = known.tag(stage, &word) else {
            let message = format!("{word:?} is no tag of skill-tags.toml at this level");
            return Err(refuse(cells, "unknown-tag", message));
        };
        tags.push(tag.to_owned());
    }
    let mut options = String::from("options = [\n");
    for key in ChoiceKey::ALL {
        let word = key.as_str();
        let text = cells.text(&format!("option_{word}"))?;
        let text = quoted(text.trim());
        options.extend(["  { key = \"", word, "\", text = ", &text, " },\n"]);
    }
    options.push(']');
    let explanation = cells.text("explanation")?;
    let key = key(cells, &prompt);
    if known.has("question", &key) {
        entries.skip();
        return Ok(());
    }
    let entry = Entry::new("question")
        .text("key", &key)
        .text("competency", competency)
        .number("weight", weight)
        .list("tags", &tags)
        .text("prompt", &prompt)
        .line(&options)
        .text("correct", best.as_str())
        .text("explanation", &explanation)
        .line("weaker = {}");
    if !entries.add(&format!("{assessment}.toml"), "question", &key, &entry) {
        let message = format!("another row has the key {key} already");
        return Err(refuse(cells, "duplicate-key", message));
    }
    Ok(())
}

/// The option that a number stands for; one that is out of range is never bent into it.
fn best(cells: &mut Cells<'_>, from: AnswersFrom) -> Reading<ChoiceKey> {
    let number = cells.number("correct_answer")?;
    let (index, range) = match from {
        AnswersFrom::Zero => (Some(number), "0 to 3"),
        AnswersFrom::One => (number.checked_sub(1), "1 to 4"),
    };
    let index = index.and_then(|index| usize::try_from(index).ok());
    let found = index.and_then(|index| ChoiceKey::ALL.get(index));
    found.copied().ok_or_else(|| {
        let message = format!("correct_answer is {number}, and should be {range}");
        refuse(cells, "correct-answer", message)
    })
}

/// Whole numbers from 1 to 10; 1 where there is none.
fn weight(cells: &mut Cells<'_>) -> Reading<i32> {
    let weight = cells.number_or("difficulty_weight", 1)?;
    if (1..=10).contains(&weight) {
        return Ok(weight);
    }
    let message = format!("difficulty_weight is {weight}, and should be 1 to 10");
    Err(refuse(cells, "weight", message))
}
