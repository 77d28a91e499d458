//! What people call skills that the master list lacks, and what operators make of it. Only words come here: whose
//! they are is nowhere written down, nor how many have used them.

mod decide;
mod entry;
mod error;
mod merge;
mod propose;
mod publish;
mod queue;
mod withdraw;

use dreamtree_types::Instant;
use time::Date;

pub use decide::{Decision, Verdict, decide};
pub use entry::{Entry, entry};
pub use error::ReviewError;
pub use merge::merge;
pub use propose::propose;
pub use queue::{Page, page};
pub use withdraw::withdraw;

use crate::{
    SkillCategory, SkillId, SkillProposalId, entity::skill_proposal::Model, library::words::words,
};

/// The origin of a skill that an author's file has.
pub(crate) const EDITION: &str = SkillOrigin::Edition.as_str();

/// The origin of a skill that an operator approved.
pub(crate) const REVIEW: &str = SkillOrigin::Review.as_str();

words! {
    /// How a skill has come to the master list.
    SkillOrigin {
        /// An author's file has it.
        Edition = "edition",
        /// An operator has approved it.
        Review = "review",
    }
}

words! {
    /// How far the review of a proposed skill has come.
    ReviewStatus {
        /// Nobody has decided yet.
        Pending = "pending",
        /// It is in the master list now.
        Approved = "approved",
        /// It stays with those who use it.
        Rejected = "rejected",
    }
}

/// A name that somebody gave a skill of their own, in one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Follows from name and category.
    pub id: SkillProposalId,
    /// As it was first written.
    pub name: String,
    /// Its group, if it was given one.
    pub category: Option<SkillCategory>,
    /// How far it has come.
    pub status: ReviewStatus,
    /// The day on which it was first written.
    pub proposed_on: Date,
    /// When an operator decided.
    pub decided_at: Option<Instant>,
    /// The listed skill that the name stands for.
    pub skill: Option<SkillId>,
    /// Why it was decided so; at most 500 characters.
    pub note: Option<String>,
}

/// A name as names are compared: in lower case, with single blanks.
#[must_use]
pub fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn read(row: Model) -> Result<Proposal, ReviewError> {
    Ok(Proposal {
        id: SkillProposalId::from(row.id),
        name: row.name,
        category: row.category.as_deref().and_then(SkillCategory::parse),
        status: ReviewStatus::parse(&row.status).ok_or(ReviewError::Corrupt("a status"))?,
        proposed_on: row.proposed_on,
        decided_at: row.decided_at,
        skill: row.skill_id.map(SkillId::from),
        note: row.note,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_case_nor_blanks_tell_names_apart() {
        assert_eq!(folded("  Bell \t Founding "), "bell founding");
        assert_eq!(folded("ÜBEN"), folded("üben"));
    }
}
