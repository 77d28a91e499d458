//! `coaching/learning.toml`.

use std::sync::Arc;

use serde::{Deserialize, de::DeserializeOwned};
use toml::Spanned;

use super::{super::entries::fitted, check_key, competency_id, ids, place};
use crate::{
    edition::{Draft, Origin, uuid_of},
    entity::{learning_path_category, learning_resource},
    toml_at::{line_of, parse},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    category: Vec<Spanned<toml::Value>>,
    #[serde(default)]
    resource: Vec<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCategory {
    key: String,
    framework: String,
    level: i32,
    competencies: Vec<String>,
    when: String,
    title: String,
    description: String,
    icon: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenResource {
    key: String,
    kind: String,
    categories: Vec<String>,
    title: String,
    about: String,
    author: Option<String>,
    year: Option<i32>,
    publisher: Option<String>,
    journal: Option<String>,
    minutes: Option<i32>,
    #[serde(default)]
    steps: Vec<String>,
    url: Option<String>,
}

/// Adds the categories and resources of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    let Some(written) = parse::<File>(draft, &Origin::new(file, 1), text) else {
        return;
    };
    let categories = placed::<WrittenCategory>(draft, file, text, written.category);
    for (index, (at, category)) in categories.into_iter().enumerate() {
        check_key(draft, &at, &category.key);
        let row = category_row(category, place(index));
        draft.coaching.categories.push(at.row(row));
    }
    let resources = placed::<WrittenResource>(draft, file, text, written.resource);
    for (index, (at, resource)) in resources.into_iter().enumerate() {
        check_key(draft, &at, &resource.key);
        let row = resource_row(resource, place(index));
        draft.coaching.resources.push(at.row(row));
    }
}

fn placed<T: DeserializeOwned>(
    draft: &mut Draft,
    file: &Arc<str>,
    text: &str,
    entries: Vec<Spanned<toml::Value>>,
) -> Vec<(Origin, T)> {
    let place = |entry: Spanned<toml::Value>| {
        let at = Origin::new(file, 1 + line_of(text, entry.span().start));
        let entry = fitted(draft, &at, entry.into_inner())?;
        Some((at, entry))
    };
    entries.into_iter().filter_map(place).collect()
}

fn category_id(key: &str) -> uuid::Uuid {
    uuid_of("learning-category", key)
}

fn category_row(written: WrittenCategory, order: i32) -> learning_path_category::Model {
    let competencies = written.competencies.iter();
    learning_path_category::Model {
        id: category_id(&written.key),
        competencies: ids(competencies.map(|key| competency_id(&written.framework, key))),
        key: written.key,
        framework: written.framework,
        level: written.level,
        shown_when: written.when,
        title: written.title,
        description: written.description,
        icon: written.icon,
        sort_order: order,
        is_active: true,
    }
}

fn resource_row(written: WrittenResource, order: i32) -> learning_resource::Model {
    learning_resource::Model {
        id: uuid_of("learning-resource", &written.key),
        key: written.key,
        resource_type: written.kind,
        categories: ids(written.categories.iter().map(|key| category_id(key))),
        title: written.title,
        description: written.about,
        author: written.author,
        year: written.year,
        publisher: written.publisher,
        journal: written.journal,
        minutes: written.minutes,
        steps: serde_json::Value::from(written.steps).to_string(),
        url: written.url,
        sort_order: order,
        is_active: true,
    }
}
