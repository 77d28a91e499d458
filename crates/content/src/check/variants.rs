//! Wordings that have to fit each other.

use std::collections::HashMap;

use super::View;
use crate::{ContentKind, edition::Fault, entity::stem, library::parse_variants};

const RULE: &str = "variants";

/// The placements of a group stand in one exercise and have as many wordings as each other; a heading has one wording.
pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    let mut groups: HashMap<&str, (usize, String)> = HashMap::new();
    for row in &view.reading {
        let columns = parse_variants(row.variant_group.as_deref(), row.wordings.as_deref());
        let (group, others) = match columns {
            Ok(None) => continue,
            Ok(Some(columns)) => columns,
            Err(message) => {
                faults.push(row.at.fault(RULE, message));
                continue;
            }
        };
        if is_heading(view, row) {
            let message = "a heading has one wording: it also stands in the table of contents";
            faults.push(row.at.fault(RULE, message));
        }
        let here = (others.len() + 1, row.location().exercise_id());
        let first = groups.entry(group).or_insert_with(|| here.clone());
        if *first != here {
            let message = format!(
                "{group} has {} wordings in exercise {}, and here {} in {}",
                first.0, first.1, here.0, here.1
            );
            faults.push(row.at.fault(RULE, message));
        }
    }
}

fn is_heading(view: &View<'_>, row: &stem::Model) -> bool {
    let block = row.content_id.and_then(|id| view.blocks.get(&id));
    let kind = block.and_then(|block| ContentKind::parse(&block.content_type));
    row.block_type == "content" && kind == Some(ContentKind::Heading)
}
