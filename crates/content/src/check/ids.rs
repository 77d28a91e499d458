//! What may be there only once.

use std::{
    collections::{HashMap, hash_map::Entry},
    fmt::Display,
    hash::Hash,
};

use crate::edition::{Draft, Fault, Origin, Row};

pub(super) fn check(draft: &Draft, faults: &mut Vec<Fault>) {
    check_ids(draft, faults);
    once(
        &draft.stem,
        faults,
        "duplicate-sequence",
        "the sequence",
        |row| Some(row.sequence),
    );
    let rule = "duplicate-name";
    once(&draft.tools, faults, rule, "the tool", |row| {
        Some(row.name.clone())
    });
    let active = |name: &str, is_active: bool| is_active.then(|| name.trim().to_lowercase());
    once(
        &draft.skills,
        faults,
        "duplicate-skill",
        "the skill",
        |row| active(&row.name, row.is_active),
    );
    once(&draft.competencies, faults, rule, "the competency", |row| {
        active(&row.name, row.is_active)
    });
    once(
        &draft.competency_levels,
        faults,
        "five-levels",
        "the level",
        |row| Some(format!("{} of competency {}", row.level, row.competency_id)),
    );
    if draft.sixteen.is_none() {
        once(
            &draft.references,
            faults,
            "duplicate-number",
            "the citation number",
            |row| Some(row.citation_number),
        );
    }
}

fn check_ids(draft: &Draft, faults: &mut Vec<Fault>) {
    let rule = "duplicate-id";
    once(&draft.stem, faults, rule, "the id", |row| Some(row.id));
    once(&draft.content_blocks, faults, rule, "the id", |row| {
        Some(row.id)
    });
    once(&draft.prompts, faults, rule, "the id", |row| Some(row.id));
    once(&draft.tools, faults, rule, "the id", |row| Some(row.id));
    once(&draft.connections, faults, rule, "the id", |row| {
        Some(row.id)
    });
    once(&draft.data_objects, faults, rule, "the id", |row| {
        Some(row.id)
    });
    once(&draft.ongoing_practices, faults, rule, "the id", |row| {
        Some(row.id)
    });
    once(&draft.personality_types, faults, rule, "the code", |row| {
        Some(row.code.clone())
    });
    once(&draft.competencies, faults, rule, "the id", |row| {
        Some(row.id)
    });
    once(&draft.competency_levels, faults, rule, "the id", |row| {
        Some(row.id)
    });
    once(&draft.skills, faults, rule, "the id", |row| Some(row.id));
    once(&draft.references, faults, rule, "the id", |row| {
        Some(row.id)
    });
    once(&draft.content_sources, faults, rule, "the id", |row| {
        Some(row.id)
    });
}

pub(super) fn once<T, K: Eq + Hash + Display>(
    rows: &[Row<T>],
    faults: &mut Vec<Fault>,
    rule: &'static str,
    what: &str,
    key: impl Fn(&T) -> Option<K>,
) {
    let mut seen: HashMap<K, &Origin> = HashMap::new();
    for row in rows {
        let Some(key) = key(&row.row) else { continue };
        match seen.entry(key) {
            Entry::Vacant(free) => {
                free.insert(&row.at);
            }
            Entry::Occupied(taken) => {
                let first = taken.get();
                let place = format!("{}:{}", first.file, first.line);
                let message = format!("{what} {} is there already, in {place}", taken.key());
                faults.push(row.at.fault(rule, message));
            }
        }
    }
}
