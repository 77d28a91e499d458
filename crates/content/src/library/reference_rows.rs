//! Rows of the reference tables, turned into what the library keeps.

use std::collections::HashMap;

use super::{
    Competency, CompetencyCategory, CompetencyId, ConsentText, DataObject, Level, LevelId,
    PersonalityType, Practice, Reference, ReferenceId, RowError, Skill, SkillCategory, SkillId,
    Source, SourceUsage, Terms,
    rows::{Rows, json, word},
};
use crate::entity::{
    competency, competency_level, consent, content_source, data_object, ongoing_practice,
    personality_type, reference, skill, terms,
};

pub(super) fn personality_types(rows: Vec<personality_type::Model>) -> Vec<PersonalityType> {
    let mut types: Vec<_> = rows
        .into_iter()
        .map(|row| PersonalityType {
            code: row.code,
            name: row.name,
            summary: row.summary,
        })
        .collect();
    types.sort_by(|a, b| a.code.cmp(&b.code));
    types
}

/// The latest terms.
pub(super) fn terms(rows: Vec<terms::Model>) -> Option<Terms> {
    let latest = rows.into_iter().max_by_key(|row| row.version)?;
    Some(Terms {
        version: latest.version,
        text: latest.text,
        effective_on: latest.effective_on,
    })
}

/// The texts to agree to, by kind.
pub(super) fn consents(rows: Vec<consent::Model>) -> Vec<ConsentText> {
    let text = |row: consent::Model| ConsentText {
        kind: row.kind,
        version: row.version,
        title: row.title,
        text: row.text,
    };
    let mut texts: Vec<ConsentText> = rows.into_iter().map(text).collect();
    texts.sort_by(|one, other| one.kind.cmp(&other.kind));
    texts
}

pub(super) fn competencies(
    rows: Vec<competency::Model>,
    levels: Vec<competency_level::Model>,
) -> Rows<Competency> {
    let mut by_competency: HashMap<_, Vec<Level>> = HashMap::new();
    for row in levels {
        by_competency
            .entry(row.competency_id)
            .or_default()
            .push(Level {
                id: LevelId::from(row.id),
                level: row.level,
                description: row.description,
            });
    }
    let mut competencies = rows
        .into_iter()
        .map(|row| {
            let levels = by_competency.remove(&row.id).unwrap_or_default();
            competency(row, levels)
        })
        .collect::<Rows<_>>()?;
    competencies.sort_by_key(|one| (one.category, one.sort_order));
    Ok(competencies)
}

fn competency(row: competency::Model, mut levels: Vec<Level>) -> Result<Competency, RowError> {
    levels.sort_by_key(|level| level.level);
    let modules = row.relevant_modules.as_deref().unwrap_or("[]");
    Ok(Competency {
        id: CompetencyId::from(row.id),
        category: word(
            "competencies",
            &row.id,
            &row.category,
            CompetencyCategory::parse,
        )?,
        relevant_modules: json("competencies", &row.id, modules)?,
        name: row.name,
        definition: row.definition,
        sort_order: row.sort_order,
        levels,
    })
}

pub(super) fn skills(rows: Vec<skill::Model>) -> Rows<Skill> {
    let mut skills = rows
        .into_iter()
        .map(|row| {
            let category = match &row.category {
                Some(category) => Some(word("skills", &row.id, category, SkillCategory::parse)?),
                None => None,
            };
            let folded = row.name.to_lowercase();
            Ok(Skill {
                id: SkillId::from(row.id),
                name: row.name,
                category,
                folded,
            })
        })
        .collect::<Rows<_>>()?;
    skills.sort_by(|a, b| (&a.folded, a.id).cmp(&(&b.folded, b.id)));
    Ok(skills)
}

pub(super) fn references(rows: Vec<reference::Model>) -> Rows<Reference> {
    let mut references = rows
        .into_iter()
        .map(|row| {
            let metadata = match &row.metadata {
                Some(text) => Some(json("references", &row.id, text)?),
                None => None,
            };
            Ok(Reference {
                id: ReferenceId::from(row.id),
                citation_number: row.citation_number,
                author_surname: row.author_surname,
                full_citation: row.full_citation,
                short_citation: row.short_citation,
                category: row.category,
                metadata,
            })
        })
        .collect::<Rows<_>>()?;
    references.sort_by_key(|reference| reference.citation_number);
    Ok(references)
}

pub(super) fn sources(
    rows: Vec<content_source::Model>,
    references: &[Reference],
) -> Result<HashMap<String, Vec<Source>>, RowError> {
    let numbers: HashMap<ReferenceId, i32> = references
        .iter()
        .map(|reference| (reference.id, reference.citation_number))
        .collect();
    let mut sources: HashMap<String, Vec<Source>> = HashMap::new();
    for row in rows {
        let usage = word(
            "content_sources",
            &row.id,
            &row.usage_type,
            SourceUsage::parse,
        )?;
        sources
            .entry(row.exercise_id.clone())
            .or_default()
            .push(Source {
                exercise_id: row.exercise_id,
                reference: ReferenceId::from(row.reference_id),
                usage,
                notes: row.notes,
            });
    }
    for list in sources.values_mut() {
        list.sort_by_key(|source| (numbers.get(&source.reference).copied(), source.usage));
    }
    Ok(sources)
}

pub(super) fn practices(rows: Vec<ongoing_practice::Model>) -> Vec<Practice> {
    let mut practices: Vec<_> = rows
        .into_iter()
        .map(|row| Practice {
            id: row.id,
            name: row.name,
            established_in: row.established_in,
            used_by: row.used_by,
            frequency: row.frequency,
            purpose: row.purpose,
        })
        .collect();
    practices.sort_by_key(|practice| practice.id);
    practices
}

pub(super) fn data_objects(rows: Vec<data_object::Model>) -> Vec<DataObject> {
    let mut objects: Vec<_> = rows
        .into_iter()
        .map(|row| DataObject {
            id: row.id,
            name: row.name,
            created_in: row.created_in,
            reused_in: row.reused_in,
            data_type: row.data_type,
            notes: row.implementation_notes,
        })
        .collect();
    objects.sort_by_key(|object| object.id);
    objects
}
