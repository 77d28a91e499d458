//! A page of the list of skills.

use std::ops::Range;

use dreamtree_types::{ClientError, Code, Fault};
use thiserror::Error;
use uuid::Uuid;

use crate::{Skill, SkillId};

const MOST: i32 = 100;

/// Why a page was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum PageError {
    /// Fewer than none or too many.
    #[error("first must be 0 to {MOST}")]
    First,
    /// No skill of this list has this cursor.
    #[error("after is not a cursor of this list; begin again without it")]
    After,
}

impl ClientError for PageError {
    fn fault(&self) -> Option<Fault> {
        let field = match self {
            Self::First => "first",
            Self::After => "after",
        };
        Some(Fault::field(Code::InvalidInput, field, self.to_string()))
    }
}

/// Which of the skills found are on the page of `first` behind the skill with the id `after`.
pub(crate) fn page(
    found: &[&Skill],
    first: i32,
    after: Option<&str>,
) -> Result<Range<usize>, PageError> {
    let start = match after {
        Some(cursor) => place(found, cursor).ok_or(PageError::After)? + 1,
        None => 0,
    };
    let count = usize::try_from(first).map_err(|_| PageError::First)?;
    if first > MOST {
        return Err(PageError::First);
    }
    Ok(start..found.len().min(start + count))
}

fn place(found: &[&Skill], cursor: &str) -> Option<usize> {
    let id = SkillId::from(Uuid::try_parse(cursor).ok()?);
    found.iter().position(|skill| skill.id == id)
}
