//! An operator decides about a name.

use dreamtree_audit::{Event, record};
use dreamtree_database::Scope;
use dreamtree_types::clean;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use super::{
    Proposal, REVIEW, ReviewError, ReviewStatus, folded,
    publish::{alone, publish},
    read,
};
use crate::{
    SkillCategory, SkillId, SkillProposalId,
    edition::uuid_of,
    entity::{skill, skill_proposal},
};

const LONGEST_NAME: usize = 100;
const LONGEST_NOTE: usize = 500;

/// What an operator decides.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The proposal.
    pub id: SkillProposalId,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Why; at most 500 characters.
    pub note: Option<String>,
}

/// What becomes of a proposal.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It joins the master list.
    Approve {
        /// The name in the list, where it is not to be the proposed one; 1 to 100 characters.
        name: Option<String>,
        /// The group in the list, where it is not to be the proposed one.
        category: Option<SkillCategory>,
    },
    /// It stays with those who use it.
    Reject,
    /// It is another name for this listed skill.
    Merge(SkillId),
}

/// Decides about a proposal and lets all servers know. What was rejected may be taken up again; what was approved is
/// with people as a listed skill and stays so.
pub async fn decide(scope: &Scope, decision: Decision) -> Result<Proposal, ReviewError> {
    alone(scope).await?;
    let found = skill_proposal::Entity::find_by_id(decision.id.uuid())
        .one(scope.connection())
        .await?;
    let found = found.ok_or(ReviewError::NotFound("input.id"))?;
    if found.status == ReviewStatus::Approved.as_str() {
        let rule = "was approved already".to_owned();
        return Err(ReviewError::Invalid("input.id", rule));
    }
    let note = optional(decision.note)?;
    let skill = match decision.verdict {
        Verdict::Reject => None,
        Verdict::Merge(id) => Some(listed(scope, id, "input.skill").await?.id),
        Verdict::Approve { name, category } => {
            let name = match name {
                Some(name) => named(&name)?,
                None => found.name.clone(),
            };
            let category = category.map(|one| one.as_str().to_owned());
            Some(enlist(scope, name, category.or_else(|| found.category.clone())).await?)
        }
    };
    let status = match skill {
        Some(_) => ReviewStatus::Approved,
        None => ReviewStatus::Rejected,
    };
    let mut row = found.into_active_model();
    row.status = Set(status.as_str().to_owned());
    row.decided_at = Set(Some(scope.now()));
    row.skill_id = Set(skill);
    row.note = Set(note);
    let row = row.update(scope.connection()).await?;
    record(scope, Event::SkillReviewed(row.id)).await?;
    publish(scope).await?;
    read(row)
}

/// The skill of the master list with this id, which the input names at `field`.
pub(super) async fn listed(
    scope: &Scope,
    id: SkillId,
    field: &'static str,
) -> Result<skill::Model, ReviewError> {
    skill::Entity::find_by_id(id.uuid())
        .filter(skill::Column::IsActive.eq(true))
        .one(scope.connection())
        .await?
        .ok_or(ReviewError::NotFound(field))
}

/// Puts a skill into the master list, under the id that it would have from the authors' file.
async fn enlist(
    scope: &Scope,
    name: String,
    category: Option<String>,
) -> Result<Uuid, ReviewError> {
    let known = skill::Entity::find().all(scope.connection()).await?;
    let wanted = folded(&name);
    if known
        .iter()
        .any(|one| one.is_active && folded(&one.name) == wanted)
    {
        let rule = "is in the master list already; merge with that skill".to_owned();
        return Err(ReviewError::Invalid("input.name", rule));
    }
    let keys = [key(&wanted), format!("name {wanted}")];
    let ids = keys.map(|key| uuid_of("skill", &key));
    let taken = |id: &Uuid| known.iter().find(|one| one.id == *id);
    // A retired skill of this name comes back; one of another name keeps its id.
    let returning = |id: &Uuid| taken(id).is_some_and(|one| folded(&one.name) == wanted);
    let free = ids
        .into_iter()
        .find(|id| taken(id).is_none() || returning(id));
    let id = free.ok_or(ReviewError::Corrupt("a skill under the key of another"))?;
    let row = skill::Model {
        id,
        name,
        category,
        origin: REVIEW.to_owned(),
        merged_into: None,
        is_active: true,
        created_at: Some(scope.now()),
    };
    let row = row.into_active_model().reset_all();
    if taken(&id).is_some() {
        row.update(scope.connection()).await?;
    } else {
        skill::Entity::insert(row)
            .exec_without_returning(scope.connection())
            .await?;
    }
    Ok(id)
}

/// The key that an author would give a skill of this name.
fn key(folded: &str) -> String {
    let letters = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit();
    let words: Vec<&str> = folded
        .split(|one| !letters(one))
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

fn named(name: &str) -> Result<String, ReviewError> {
    clean(name, LONGEST_NAME).map_err(|fault| ReviewError::Invalid("input.name", fault.to_string()))
}

fn optional(note: Option<String>) -> Result<Option<String>, ReviewError> {
    let note = note.filter(|text| !text.trim().is_empty());
    let cleaned = note.map(|text| clean(&text, LONGEST_NOTE)).transpose();
    cleaned.map_err(|fault| ReviewError::Invalid("input.note", fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_an_author_would_write() {
        assert_eq!(key("analyzing data"), "analyzing-data");
        assert_eq!(key("c++ (modern)"), "c-modern");
    }
}
