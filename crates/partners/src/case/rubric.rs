//! Rubrics: how somebody works at each of the five levels of a competency. Here the levels have their numbers, which
//! the page of the self-assessment keeps from those who choose.

use dreamtree_content::{Competency, Level};
use serde::Serialize;
use uuid::Uuid;

use super::{Framework, Link, item::Item, made};

/// `CFRubric`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rubric {
    /// The identifier.
    pub identifier: Uuid,
    uri: String,
    title: String,
    last_change_date_time: String,
    #[serde(rename = "CFRubricCriteria")]
    criteria: Vec<Criterion>,
}

/// `CFRubricCriterion`: a rubric here has one.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    identifier: Uuid,
    uri: String,
    description: String,
    #[serde(rename = "CFItemURI")]
    item: Link,
    position: u32,
    rubric_id: Uuid,
    last_change_date_time: String,
    #[serde(rename = "CFRubricCriterionLevels")]
    levels: Vec<CriterionLevel>,
}

/// `CFRubricCriterionLevel`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CriterionLevel {
    identifier: Uuid,
    uri: String,
    description: String,
    quality: String,
    score: f64,
    position: i32,
    rubric_criterion_id: Uuid,
    last_change_date_time: String,
}

impl Rubric {
    /// One for each competency.
    pub(super) fn all(framework: &Framework) -> Vec<Self> {
        let competencies = framework.library.competencies().iter();
        competencies.map(|one| Self::of(framework, one)).collect()
    }

    fn of(framework: &Framework, one: &Competency) -> Self {
        let id = made("rubric", &one.id.to_string());
        let uri = framework.uri("CFRubrics", id);
        let criterion = made("criterion", &one.id.to_string());
        let level = |level: &Level| CriterionLevel {
            identifier: level.id.uuid(),
            uri: format!("{uri}#{}", level.id),
            description: level.description.clone(),
            quality: format!("Level {}", level.level),
            score: f64::from(level.level),
            position: level.level,
            rubric_criterion_id: criterion,
            last_change_date_time: framework.changed_at(),
        };
        let mut levels: Vec<&Level> = one.levels.iter().collect();
        levels.sort_by_key(|level| level.level);
        Self {
            identifier: id,
            title: one.name.clone(),
            last_change_date_time: framework.changed_at(),
            criteria: vec![Criterion {
                identifier: criterion,
                uri: format!("{uri}#{criterion}"),
                description: one.definition.clone(),
                item: Item::competency(framework, one).link(),
                position: 1,
                rubric_id: id,
                last_change_date_time: framework.changed_at(),
                levels: levels.into_iter().map(level).collect(),
            }],
            uri,
        }
    }
}
