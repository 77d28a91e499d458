//! One assessment: its competencies and its questions.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{super::entries::fitted, assessment_id, check_key, competency_id, ids, place, tag_id};
use crate::{
    edition::{Draft, Origin, uuid_of},
    entity::{
        assessment, assessment_question, assessment_question_version, competency_display_name,
        competency_leverage_strength,
    },
    toml_at::{line_of, parse},
};

/// How questions of these files are scored.
const KIND: &str = "keyed";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    assessment: Spanned<toml::Value>,
    #[serde(default)]
    competency: Vec<Spanned<toml::Value>>,
    #[serde(default)]
    question: Vec<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAssessment {
    key: String,
    framework: String,
    level: i32,
    title: String,
    description: String,
    difficulty: String,
    minutes: i32,
    next: Option<String>,
    requires: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCompetency {
    key: String,
    name: String,
    definition: String,
    #[serde(default)]
    leverage: Vec<WrittenLeverage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLeverage {
    from: i32,
    below: Option<i32>,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuestion {
    key: String,
    competency: String,
    weight: i32,
    tags: Vec<String>,
    prompt: String,
    options: Vec<WrittenOption>,
    correct: String,
    explanation: String,
    weaker: BTreeMap<String, String>,
    #[serde(default)]
    retired: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WrittenOption {
    key: String,
    text: String,
}

/// Adds the assessment of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    let Some(written) = parse::<File>(draft, &Origin::new(file, 1), text) else {
        return;
    };
    let place_of =
        |entry: &Spanned<toml::Value>| Origin::new(file, 1 + line_of(text, entry.span().start));
    let at = place_of(&written.assessment);
    let head = fitted::<WrittenAssessment>(draft, &at, written.assessment.into_inner());
    let Some(head) = head else { return };
    if file.rsplit('/').next() != Some(&*format!("{}.toml", head.key)) {
        let message = format!(
            "an assessment of the key {:?} stands in a file of that name",
            head.key
        );
        draft.fault(&at, "file-name", message);
    }
    let assessment = Assessment::new(&head);
    draft.coaching.assessments.push(at.row(row(head)));
    for (index, entry) in written.competency.into_iter().enumerate() {
        let at = place_of(&entry);
        if let Some(competency) = fitted(draft, &at, entry.into_inner()) {
            assessment.competency(draft, &at, place(index), competency);
        }
    }
    for (index, entry) in written.question.into_iter().enumerate() {
        let at = place_of(&entry);
        if let Some(question) = fitted(draft, &at, entry.into_inner()) {
            assessment.question(draft, &at, place(index), &question);
        }
    }
}

fn row(head: WrittenAssessment) -> assessment::Model {
    assessment::Model {
        id: assessment_id(&head.key),
        key: head.key,
        kind: KIND.to_owned(),
        framework: head.framework,
        level: head.level,
        title: head.title,
        description: head.description,
        difficulty: head.difficulty,
        minutes: head.minutes,
        next_id: head.next.as_deref().map(assessment_id),
        requires_id: head.requires.as_deref().map(assessment_id),
        is_active: true,
    }
}

/// What the rest of the file belongs to.
struct Assessment {
    id: uuid::Uuid,
    framework: String,
}

impl Assessment {
    fn new(head: &WrittenAssessment) -> Self {
        Self {
            id: assessment_id(&head.key),
            framework: head.framework.clone(),
        }
    }

    fn competency(&self, draft: &mut Draft, at: &Origin, order: i32, written: WrittenCompetency) {
        check_key(draft, at, &written.key);
        let id = competency_id(&self.framework, &written.key);
        for range in written.leverage {
            let row = competency_leverage_strength::Model {
                id: uuid_of("leverage", &format!("{id}:{}", range.from)),
                competency_id: id,
                score_range_min: range.from,
                score_range_max: range.below,
                leverage_text: range.text,
                is_active: true,
            };
            draft.coaching.leverage.push(at.row(row));
        }
        let row = competency_display_name::Model {
            id,
            assessment_id: self.id,
            competency_key: written.key,
            framework: self.framework.clone(),
            display_name: written.name,
            definition: written.definition,
            sort_order: order,
            is_active: true,
        };
        draft.coaching.competencies.push(at.row(row));
    }

    fn question(&self, draft: &mut Draft, at: &Origin, order: i32, written: &WrittenQuestion) {
        check_key(draft, at, &written.key);
        let id = uuid_of("question", &written.key);
        let json = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
        let mut version = assessment_question_version::Model {
            id,
            question_id: id,
            competency_id: competency_id(&self.framework, &written.competency),
            difficulty_weight: written.weight,
            question: written.prompt.trim().to_owned(),
            options: json(serde_json::to_string(&written.options)),
            correct_answer: written.correct.clone(),
            explanation: written.explanation.trim().to_owned(),
            weaker: json(serde_json::to_string(&written.weaker)),
            tags: ids(written.tags.iter().map(|key| tag_id(key))),
            is_active: true,
        };
        let words = json(serde_json::to_string(&version));
        version.id = uuid_of("question-version", &words);
        version.is_active = !written.retired;
        draft.coaching.versions.push(at.row(version));
        let row = assessment_question::Model {
            id,
            assessment_id: self.id,
            key: written.key.clone(),
            question_order: order,
            is_active: !written.retired,
        };
        draft.coaching.questions.push(at.row(row));
    }
}
