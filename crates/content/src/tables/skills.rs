//! `skills.csv` beside the modules: `key,name,category`.

use std::sync::Arc;

use crate::{
    csv_set::{Cells, Reading, Shape, records},
    edition::{Draft, uuid_of},
    entity::skill,
    review::EDITION,
};

const SHAPE: Shape = Shape {
    required: &["key", "name", "category"],
    optional: &[],
};

/// Adds the skills of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for record in records(draft, file, text, &SHAPE) {
        let mut cells = Cells::of(draft, &record);
        let Ok(row) = skill(&mut cells) else {
            continue;
        };
        draft.skills.push(record.at.row(row));
    }
}

fn skill(cells: &mut Cells<'_>) -> Reading<skill::Model> {
    let key = cells.text("key")?;
    if !key
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        cells.fault(
            "skill-key",
            format!("the key {key:?} is not lower case with hyphens"),
        );
    }
    Ok(skill::Model {
        id: uuid_of("skill", &key),
        name: cells.text("name")?,
        category: Some(cells.text("category")?),
        origin: EDITION.to_owned(),
        merged_into: None,
        is_active: true,
        created_at: None,
    })
}
