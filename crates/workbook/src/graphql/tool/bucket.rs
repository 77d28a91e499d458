//! The bucketing tool at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::{Gid, Plain};

use crate::{
    UserSkillId,
    tool::{
        bucket::{Bucket, Buckets},
        ranking::{Ranked, RankedId},
    },
};

/// What the placement's prefill offers, sorted into buckets.
#[derive(InputObject)]
pub struct BucketingToolInput {
    /// Five, best first. Every offered skill stands in one of them, once.
    pub buckets: Vec<BucketInput>,
}

/// A bucket.
#[derive(InputObject)]
pub struct BucketInput {
    /// Skills of `mySkills`, in any order; may be empty.
    pub skills: Vec<Gid<UserSkillId>>,
}

/// Skills in buckets, as their mastery is now.
#[derive(SimpleObject, Plain)]
pub struct BucketsAnswer {
    /// Five, best first: mastery 5 in the first, 1 in the last.
    pub buckets: Vec<SkillBucket>,
    /// What is offered and was not rated yet.
    pub unplaced: Vec<BucketedSkill>,
}

/// A bucket.
#[derive(SimpleObject, Plain)]
pub struct SkillBucket {
    /// What the workbook calls it.
    pub label: String,
    /// The mastery of what is in it, 5 to 1.
    pub mastery: i32,
    /// In the order in which they are offered.
    pub skills: Vec<BucketedSkill>,
}

/// A skill in a bucket.
#[derive(SimpleObject, Plain)]
pub struct BucketedSkill {
    /// The skill among those that the person has.
    pub id: Option<Gid<UserSkillId>>,
    /// What it is called.
    pub name: String,
}

impl From<BucketingToolInput> for Buckets {
    fn from(input: BucketingToolInput) -> Self {
        let skill = |id: Gid<UserSkillId>| Ranked {
            id: RankedId::Skill(id.0),
            label: String::new(),
        };
        let bucket = |bucket: BucketInput| Bucket {
            label: String::new(),
            skills: bucket.skills.into_iter().map(skill).collect(),
        };
        Self {
            buckets: input.buckets.into_iter().map(bucket).collect(),
            unplaced: Vec::new(),
        }
    }
}

impl From<Buckets> for BucketsAnswer {
    fn from(buckets: Buckets) -> Self {
        let bucket = |(mastery, bucket): (i32, Bucket)| SkillBucket {
            label: bucket.label,
            mastery,
            skills: skills(bucket.skills),
        };
        Self {
            buckets: (1..=5).rev().zip(buckets.buckets).map(bucket).collect(),
            unplaced: skills(buckets.unplaced),
        }
    }
}

fn skills(skills: Vec<Ranked>) -> Vec<BucketedSkill> {
    let skills = skills.into_iter();
    skills
        .map(|skill| BucketedSkill {
            id: match skill.id {
                RankedId::Skill(id) => Some(Gid(id)),
                RankedId::Item(_) => None,
            },
            name: skill.label,
        })
        .collect()
}
