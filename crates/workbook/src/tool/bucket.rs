//! The bucketing tool: skills sorted into five buckets. It has no rows of its own; the bucket is the skill's mastery,
//! 5 in the first and 1 in the last.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{BucketSettings, Library};
use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{CaseStatement, Expr},
};
use serde::{Deserialize, Serialize};

use super::{
    Site, ToolData, arrange,
    ranking::{Ranked, RankedId},
};
use crate::{
    Error, UserSkillId,
    entity::user_skills::{Column, Entity},
};

const BUCKETS: &str = "value.bucketingTool.buckets";
const COUNT: usize = 5;

/// Skills in buckets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buckets {
    /// Five, best first.
    pub buckets: Vec<Bucket>,
    /// What is offered and was not rated yet; set when it is read.
    pub unplaced: Vec<Ranked>,
}

/// A bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// What the author calls it; set when it is read.
    pub label: String,
    /// In the order in which they are offered.
    pub skills: Vec<Ranked>,
}

impl Buckets {
    /// All skills in buckets, the best first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Ranked> {
        self.buckets.iter().flat_map(|bucket| &bucket.skills)
    }
}

/// The buckets that the offered skills are in, by their mastery.
pub(super) fn read(held: &ToolData, offered: Vec<Ranked>, settings: &BucketSettings) -> Buckets {
    let masteries = masteries(held);
    let bucket = |label: &String| Bucket {
        label: label.clone(),
        skills: Vec::new(),
    };
    let mut buckets = Buckets {
        buckets: settings.labels.iter().map(bucket).collect(),
        unplaced: Vec::new(),
    };
    for skill in offered {
        let mastery = masteries.get(&skill.id).copied().flatten();
        let place = mastery.and_then(|mastery| usize::try_from(5 - mastery).ok());
        match place.and_then(|place| buckets.buckets.get_mut(place)) {
            Some(bucket) => bucket.skills.push(skill),
            None => buckets.unplaced.push(skill),
        }
    }
    buckets
}

fn masteries(held: &ToolData) -> HashMap<RankedId, Option<i32>> {
    let ToolData::Skills(skills) = held else {
        return HashMap::new();
    };
    let tags = skills.skills.iter();
    tags.filter_map(|tag| Some((RankedId::Skill(tag.id?), tag.mastery)))
        .collect()
}

/// Makes the bucket of each offered skill its mastery.
pub(crate) async fn save(
    scope: &Scope,
    library: &Library,
    site: Site<'_>,
    buckets: &Buckets,
) -> Result<(), Error> {
    let placement = site.placement;
    let placement = placement.ok_or(Error::Corrupt("a bucketing tool outside of the workbook"))?;
    let source = arrange::source(scope, library, placement).await?;
    let offered = source.as_ref().map_or(&[][..], |source| &source.offered);
    let placed = check(buckets, offered)?;
    let before = source.as_ref().map(|source| masteries(&source.held));
    let before = before.unwrap_or_default();
    let mut changed: Vec<UserSkillId> = Vec::new();
    let mut mastery = CaseStatement::new();
    for (id, bucket) in placed {
        if before.get(&id).copied().flatten() == Some(bucket) {
            continue;
        }
        if let RankedId::Skill(id) = id {
            mastery = mastery.case(Column::Id.eq(id), Expr::value(bucket));
            changed.push(id);
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::Mastery, mastery.into())
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(changed))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// The mastery of each skill; every offered one once, and no other.
fn check(buckets: &Buckets, offered: &[Ranked]) -> Result<Vec<(RankedId, i32)>, Error> {
    if buckets.buckets.len() != COUNT {
        return Err(Error::invalid(BUCKETS, format!("needs {COUNT} buckets")));
    }
    let known: HashSet<RankedId> = offered.iter().map(|one| one.id).collect();
    let mut seen = HashSet::new();
    let mut placed = Vec::with_capacity(offered.len());
    for ((mastery, bucket), place) in (1..=5).rev().zip(&buckets.buckets).zip(0..) {
        for (index, skill) in bucket.skills.iter().enumerate() {
            let field = || format!("{BUCKETS}[{place}].skills[{index}]");
            if !known.contains(&skill.id) {
                return Err(Error::missing(field()));
            }
            if !seen.insert(skill.id) {
                return Err(Error::twice(field()));
            }
            placed.push((skill.id, mastery));
        }
    }
    match known.len() - seen.len() {
        0 => Ok(placed),
        left => Err(Error::invalid(
            BUCKETS,
            format!("leaves {left} of the offered skills without a bucket"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skills<const N: usize>() -> [Ranked; N] {
        std::array::from_fn(|_| Ranked {
            id: RankedId::Skill(UserSkillId::new()),
            label: String::new(),
        })
    }

    fn sorted(buckets: &[&[Ranked]]) -> Buckets {
        let bucket = |skills: &&[Ranked]| Bucket {
            label: String::new(),
            skills: skills.to_vec(),
        };
        Buckets {
            buckets: buckets.iter().map(bucket).collect(),
            unplaced: Vec::new(),
        }
    }

    #[test]
    fn the_first_bucket_is_five_and_the_last_one() {
        let [a, b, c] = skills();
        let offered = [a.clone(), b.clone(), c.clone()];
        let (ab, last) = ([a.clone(), b.clone()], [c.clone()]);
        let placed = check(&sorted(&[&ab, &[], &[], &[], &last]), &offered);
        assert_eq!(placed.unwrap(), [(a.id, 5), (b.id, 5), (c.id, 1)]);
    }

    #[test]
    fn every_offered_skill_is_placed_once() {
        let [a, b, stranger] = skills();
        let offered = [a.clone(), b.clone()];
        let (a, b, stranger) = ([a], [b], [stranger]);
        let refused = |buckets: &[&[Ranked]]| check(&sorted(buckets), &offered).unwrap_err();
        assert!(matches!(
            refused(&[&a, &[], &[], &[], &[]]),
            Error::Invalid { field, .. } if field == BUCKETS
        ));
        assert!(matches!(
            refused(&[&a, &b, &[], &[], &a]),
            Error::Duplicate { field } if field == "value.bucketingTool.buckets[4].skills[0]"
        ));
        assert!(matches!(
            refused(&[&a, &b, &stranger, &[], &[]]),
            Error::NotFound { field } if field == "value.bucketingTool.buckets[2].skills[0]"
        ));
        assert!(matches!(refused(&[&a, &b]), Error::Invalid { .. }));
    }
}
