//! `coaching/skill-tags.toml`.

use std::sync::Arc;

use serde::Deserialize;

use super::{super::entries::entries, check_key, competency_id, ids, place, tag_id};
use crate::{
    edition::{Draft, uuid_of},
    entity::{skill_tag, tag_action, tag_insight},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTag {
    key: String,
    name: String,
    framework: String,
    level: i32,
    competencies: Vec<String>,
    weakness: Option<String>,
    strength: Option<String>,
    action: Option<String>,
}

/// Adds the tags of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    let all = entries::<WrittenTag>(draft, file, text, "skill_tag");
    for (index, (at, written)) in all.into_iter().enumerate() {
        check_key(draft, &at, &written.key);
        let id = tag_id(&written.key);
        let insights = [
            ("weakness", written.weakness),
            ("strength", written.strength),
        ];
        for (kind, text) in insights {
            let row = text.map(|text| tag_insight::Model {
                id: uuid_of("insight", &format!("{id}:{kind}")),
                skill_tag_id: id,
                insight_type: kind.to_owned(),
                insight_text: text,
                is_active: true,
            });
            draft.coaching.insights.extend(row.map(|row| at.row(row)));
        }
        let action = written.action.map(|text| tag_action::Model {
            id: uuid_of("action", &format!("of:{id}")),
            skill_tag_id: id,
            action_text: text,
            is_active: true,
        });
        draft.coaching.actions.extend(action.map(|row| at.row(row)));
        let competencies = written.competencies.iter();
        draft.coaching.tags.push(at.row(skill_tag::Model {
            id,
            competencies: ids(competencies.map(|key| competency_id(&written.framework, key))),
            key: written.key,
            name: written.name,
            framework: written.framework,
            level: written.level,
            sort_order: place(index),
            is_active: true,
        }));
    }
}
