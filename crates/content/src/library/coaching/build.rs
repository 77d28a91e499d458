//! From rows to what is kept in memory.

use std::collections::HashMap;

use super::{
    AnswerKey, Assessment, AssessmentId, Category, CategoryId, ChoiceKey, Coaching, Competency,
    CompetencyId, Difficulty, Framework, InsightType, Kind, PercentRange, Question, QuestionId,
    Resource, ResourceId, ResourceType, ShownWhen, SkillTag, TagId, Tier, TierId, Version,
    VersionId,
};
use crate::{
    entity::{
        assessment, assessment_question, assessment_question_version, assessment_tier,
        competency_display_name, competency_leverage_strength, learning_path_category,
        learning_resource, skill_tag, tag_action, tag_insight,
    },
    library::{
        RowError,
        rows::{Rows, json, word},
    },
};

/// Rows of the coaching tables: all where attempts hang on them, active ones otherwise.
#[derive(Debug, Default)]
pub(crate) struct CoachingParts {
    pub(crate) assessments: Vec<assessment::Model>,
    pub(crate) tiers: Vec<assessment_tier::Model>,
    pub(crate) competencies: Vec<competency_display_name::Model>,
    pub(crate) leverage: Vec<competency_leverage_strength::Model>,
    pub(crate) questions: Vec<assessment_question::Model>,
    pub(crate) versions: Vec<assessment_question_version::Model>,
    pub(crate) tags: Vec<skill_tag::Model>,
    pub(crate) insights: Vec<tag_insight::Model>,
    pub(crate) actions: Vec<tag_action::Model>,
    pub(crate) categories: Vec<learning_path_category::Model>,
    pub(crate) resources: Vec<learning_resource::Model>,
}

impl Coaching {
    /// Builds it from rows in any order.
    pub(crate) fn build(parts: CoachingParts) -> Result<Self, RowError> {
        let competencies = competencies(parts.competencies, parts.leverage)?;
        let served = served(parts.questions, &parts.versions);
        let mut assessments: Vec<Assessment> = parts
            .assessments
            .into_iter()
            .map(|row| assessment(row, &competencies, &served))
            .collect::<Rows<_>>()?;
        assessments
            .sort_by(|a, b| (a.framework, a.level, &a.key).cmp(&(b.framework, b.level, &b.key)));
        let versions = parts.versions.into_iter().map(version);
        let (mut tiers, former_tiers): (Vec<_>, Vec<_>) =
            parts.tiers.into_iter().partition(|row| row.is_active);
        tiers.sort_by_key(|row| row.from_percent);
        Ok(Self {
            assessments,
            competencies: competencies.into_iter().map(|one| (one.id, one)).collect(),
            versions: versions.collect::<Result<_, RowError>>()?,
            tags: tags(parts.tags, parts.insights, parts.actions)?,
            tiers: tiers.into_iter().map(tier).collect(),
            former_tiers: former_tiers.into_iter().map(tier).collect(),
            categories: categories(parts.categories)?,
            resources: resources(parts.resources)?,
        })
    }
}

fn competencies(
    rows: Vec<competency_display_name::Model>,
    leverage: Vec<competency_leverage_strength::Model>,
) -> Rows<Competency> {
    let mut texts: HashMap<_, Vec<(PercentRange, String)>> = HashMap::new();
    for row in leverage {
        let range = PercentRange {
            from: row.score_range_min,
            below: row.score_range_max,
        };
        let of = texts.entry(row.competency_id).or_default();
        of.push((range, row.leverage_text));
    }
    let mut all = rows
        .into_iter()
        .map(|row| {
            let framework = word(
                "competency_display_names",
                &row.id,
                &row.framework,
                Framework::parse,
            )?;
            Ok(Competency {
                id: CompetencyId::from(row.id),
                assessment: AssessmentId::from(row.assessment_id),
                name: row.display_name,
                definition: row.definition,
                sort_order: row.sort_order,
                framework,
                active: row.is_active,
                leverage: texts.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect::<Rows<_>>()?;
    all.sort_by_key(|one| (one.assessment, one.sort_order));
    Ok(all)
}

/// The active version of each active question, by assessment and in order.
fn served(
    mut questions: Vec<assessment_question::Model>,
    versions: &[assessment_question_version::Model],
) -> HashMap<AssessmentId, Vec<VersionId>> {
    let active = versions.iter().filter(|row| row.is_active);
    let current: HashMap<_, _> = active.map(|row| (row.question_id, row.id)).collect();
    questions.retain(|row| row.is_active);
    questions.sort_by_key(|row| row.question_order);
    let mut served: HashMap<AssessmentId, Vec<VersionId>> = HashMap::new();
    for row in questions {
        if let Some(version) = current.get(&row.id) {
            let of = served.entry(row.assessment_id.into()).or_default();
            of.push((*version).into());
        }
    }
    served
}

fn assessment(
    row: assessment::Model,
    competencies: &[Competency],
    served: &HashMap<AssessmentId, Vec<VersionId>>,
) -> Result<Assessment, RowError> {
    let table = "assessments";
    let id = AssessmentId::from(row.id);
    let shown = |one: &&Competency| one.active || !row.is_active;
    let own = competencies.iter().filter(|one| one.assessment == id);
    let competencies = own.filter(shown).map(|one| one.id).collect();
    Ok(Assessment {
        id,
        kind: word(table, &row.id, &row.kind, Kind::parse)?,
        framework: word(table, &row.id, &row.framework, Framework::parse)?,
        difficulty: word(table, &row.id, &row.difficulty, Difficulty::parse)?,
        key: row.key,
        level: row.level,
        title: row.title,
        description: row.description,
        minutes: row.minutes,
        next: row.next_id.map(AssessmentId::from),
        requires: row.requires_id.map(AssessmentId::from),
        active: row.is_active,
        competencies,
        served: served.get(&id).cloned().unwrap_or_default(),
    })
}

fn version(row: assessment_question_version::Model) -> Result<(VersionId, Version), RowError> {
    let table = "assessment_question_versions";
    let id = VersionId::from(row.id);
    let key = AnswerKey {
        correct: word(table, &row.id, &row.correct_answer, ChoiceKey::parse)?,
        explanation: row.explanation,
        weaker: json(table, &row.id, &row.weaker)?,
    };
    let question = Question {
        version: id,
        id: QuestionId::from(row.question_id),
        competency: CompetencyId::from(row.competency_id),
        weight: row.difficulty_weight,
        text: row.question,
        choices: json(table, &row.id, &row.options)?,
        tags: json(table, &row.id, &row.tags)?,
    };
    Ok((id, Version { question, key }))
}

fn tags(
    rows: Vec<skill_tag::Model>,
    insights: Vec<tag_insight::Model>,
    actions: Vec<tag_action::Model>,
) -> Rows<SkillTag> {
    let said = insights.into_iter();
    let mut said: HashMap<_, _> = said
        .map(|row| ((row.skill_tag_id, row.insight_type), row.insight_text))
        .collect();
    let actions = actions.into_iter();
    let mut actions: HashMap<_, _> = actions
        .map(|row| (row.skill_tag_id, row.action_text))
        .collect();
    let mut tags = rows
        .into_iter()
        .map(|row| {
            let mut insight = |kind: InsightType| {
                let found = said.remove(&(row.id, kind.as_str().to_owned()));
                found.unwrap_or_default()
            };
            Ok(SkillTag {
                id: TagId::from(row.id),
                weakness: insight(InsightType::Weakness),
                strength: insight(InsightType::Strength),
                action: actions.remove(&row.id).unwrap_or_default(),
                competencies: json("skill_tags", &row.id, &row.competencies)?,
                name: row.name,
                sort_order: row.sort_order,
            })
        })
        .collect::<Rows<SkillTag>>()?;
    tags.sort_by_key(|tag| tag.sort_order);
    Ok(tags)
}

fn tier(row: assessment_tier::Model) -> Tier {
    Tier {
        id: TierId::from(row.id),
        key: row.key,
        name: row.name,
        range: PercentRange {
            from: row.from_percent,
            below: row.below_percent,
        },
        passed: row.is_passed,
        learning_paths: row.learning_paths,
        leverage: row.leverage,
        message: row.message,
        overall: row.overall,
    }
}

fn categories(rows: Vec<learning_path_category::Model>) -> Rows<Category> {
    let table = "learning_path_categories";
    let mut categories = rows
        .into_iter()
        .map(|row| {
            Ok(Category {
                id: CategoryId::from(row.id),
                framework: word(table, &row.id, &row.framework, Framework::parse)?,
                level: row.level,
                competencies: json(table, &row.id, &row.competencies)?,
                shown_when: word(table, &row.id, &row.shown_when, ShownWhen::parse)?,
                title: row.title,
                description: row.description,
                icon: row.icon,
                sort_order: row.sort_order,
            })
        })
        .collect::<Rows<Category>>()?;
    categories.sort_by_key(|one| one.sort_order);
    Ok(categories)
}

fn resources(rows: Vec<learning_resource::Model>) -> Rows<Resource> {
    let table = "learning_resources";
    let mut resources = rows
        .into_iter()
        .map(|row| {
            Ok(Resource {
                id: ResourceId::from(row.id),
                kind: word(table, &row.id, &row.resource_type, ResourceType::parse)?,
                categories: json(table, &row.id, &row.categories)?,
                title: row.title,
                description: row.description,
                author: row.author,
                year: row.year,
                publisher: row.publisher,
                journal: row.journal,
                minutes: row.minutes,
                steps: json(table, &row.id, &row.steps)?,
                url: row.url,
                sort_order: row.sort_order,
            })
        })
        .collect::<Rows<Resource>>()?;
    resources.sort_by_key(|one| one.sort_order);
    Ok(resources)
}
