//! The skills that a person has, at the edge.

use std::collections::HashMap;

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller, patch};
use dreamtree_content::{
    Library, SkillId,
    graphql::{SkillCategory, SkillReview, library},
};
use dreamtree_database::Scope;
use dreamtree_types::Actor;
use time::OffsetDateTime;

use super::{owned::settle, tag::SkillPlace};
use crate::{
    Error, UserSkillId,
    skill::{self, Draft, Similar, Skill},
    tag::{self, Tagged},
    tool::skills::{Choice, Tag},
};

/// What each skill is tagged on.
type Places = HashMap<UserSkillId, Vec<Tagged>>;

/// A skill that the caller has.
#[derive(SimpleObject, Plain)]
pub struct MySkill {
    /// The skill among the caller's; `delete`, `reorder` and a ranking grid take it.
    pub id: Gid<UserSkillId>,
    /// The skill of the master list; null for one's own.
    pub skill: Option<Gid<SkillId>>,
    /// What it is called.
    pub name: String,
    /// Its category, if it has one.
    pub category: Option<SkillCategory>,
    /// How well it is mastered, 1 to 5; null when it is not rated.
    pub mastery: Option<i32>,
    /// What shows it; at most 1,000 characters.
    pub evidence: Option<String>,
    /// Its place among the best of its category, from 1; null when it is not ranked. `reorder` ranks.
    pub rank: Option<i32>,
    /// How far the review of a skill of one's own has come, which may join the master list; null for a listed skill.
    /// Once it is approved, the skill counts as the listed one, here and wherever else it is named.
    pub review: Option<SkillReview>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When the caller got it.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    /// What it is tagged on, in the order of tagging; `tagSkills` tags.
    pub tagged_on: Vec<SkillPlace>,
}

/// How many skills of a category the caller has.
#[derive(SimpleObject, Plain)]
pub struct SkillCount {
    /// The category; null for skills without one.
    pub category: Option<SkillCategory>,
    /// How many.
    pub total: usize,
    /// How many of them are ranked.
    pub ranked: usize,
}

/// The caller's skills.
#[derive(SimpleObject, Plain)]
pub struct MySkills {
    /// The best first: ranked ones by rank, then by mastery, then in the order of their coming.
    pub skills: Vec<MySkill>,
    /// Of each category that the caller has skills of, over all of them.
    pub counts: Vec<SkillCount>,
}

/// A skill that may be meant.
#[derive(SimpleObject, Plain)]
pub struct SimilarSkill {
    /// The skill of the master list, if it is one.
    pub skill: Option<Gid<SkillId>>,
    /// The skill among the caller's, if they have it.
    pub mine: Option<Gid<UserSkillId>>,
    /// What it is called.
    pub name: String,
    /// Its category, if it has one.
    pub category: Option<SkillCategory>,
    /// How alike the names are: 0.7 to 1, which is the same name.
    pub score: f64,
    /// True from 0.9 on: the name is taken for this skill's.
    pub same: bool,
}

/// A skill to add: one of the master list, or one's own. Set either `skill` or `customName`.
#[derive(InputObject)]
pub struct AddSkillInput {
    /// The skill of the master list.
    pub skill: Option<Gid<SkillId>>,
    /// A name for a skill that the master list lacks; 1 to 100 characters. The name of a listed skill stands for
    /// that skill. The words, never whose they are, go to the operators, who may add them to the master list.
    pub custom_name: Option<String>,
    /// The category of a skill of one's own; ignored for a listed skill.
    pub category: Option<SkillCategory>,
    /// How well it is mastered, 1 to 5.
    pub mastery: Option<i32>,
    /// What shows it; at most 1,000 characters.
    pub evidence: Option<String>,
}

/// What to change about a skill; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateSkillInput {
    /// The skill among the caller's.
    pub id: Gid<UserSkillId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// How well it is mastered, 1 to 5.
    pub mastery: MaybeUndefined<i32>,
    /// What shows it; at most 1,000 characters.
    pub evidence: MaybeUndefined<String>,
    /// The category of a skill of one's own.
    pub category: MaybeUndefined<SkillCategory>,
}

/// Two entries for one skill.
#[derive(InputObject)]
pub struct MergeSkillsInput {
    /// The one that goes.
    pub from: Gid<UserSkillId>,
    /// The one that stays.
    pub into: Gid<UserSkillId>,
}

/// A skill as it is now.
#[derive(SimpleObject, Plain)]
pub struct SkillPayload {
    /// The skill.
    pub skill: MySkill,
}

/// What can be asked about the caller's skills.
#[derive(Clone, Copy, Debug, Default)]
pub struct SkillQuery;

#[Object]
impl SkillQuery {
    /// The caller's skills.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn my_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only the skills of this category; counts are over all.")]
        category: Option<SkillCategory>,
    ) -> Answer<Ready<MySkills>> {
        let scope = caller(ctx)?.read().await?;
        let all = skill::all(&scope, library(ctx)?).await?;
        let wanted = category.map(dreamtree_content::SkillCategory::from);
        let counts = counts(&all);
        let skills = all
            .into_iter()
            .filter(|one| wanted.is_none() || one.category == wanted);
        let asked = ctx.look_ahead().field("skills").field("taggedOn");
        let mut places = if asked.exists() {
            tag::places(&scope).await?
        } else {
            HashMap::new()
        };
        let library = library(ctx)?;
        let shown = |skill| MySkill::of(library, &mut places, skill);
        Ok(Ready(MySkills {
            skills: skills.map(shown).collect(),
            counts,
        }))
    }

    /// Skills that may be meant by a name, the most alike first: of the master list and, with a session, of the
    /// caller's own. Ask before adding a skill of one's own.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn similar_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name; 1 to 100 characters.")] name: String,
    ) -> Answer<Ready<Vec<SimilarSkill>>> {
        if name.chars().count() > 100 {
            return Err(Error::invalid("name", "must not be longer than 100 characters").into());
        }
        let library = library(ctx)?;
        let caller = caller(ctx)?;
        let mine = match caller.actor().await? {
            Actor::User { .. } => skill::all(&*caller.read().await?, library).await?,
            Actor::Visitor | Actor::Expired => Vec::new(),
        };
        let similar = skill::similar(library, &mine, &name);
        Ok(Ready(similar.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with the caller's skills.
#[derive(Clone, Copy, Debug, Default)]
pub struct SkillMutation;

#[Object]
impl SkillMutation {
    /// Adds a skill. One that the caller has already is found again, with a new rating or evidence if they are given.
    async fn add_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill.")] input: AddSkillInput,
    ) -> Answer<Ready<SkillPayload>> {
        let scope = caller(ctx)?.write().await?;
        let skill = skill::add(&scope, library(ctx)?, input.try_into()?).await?;
        let payload = SkillPayload::of(ctx, &scope, skill).await?;
        Caller::commit(scope).await?;
        Ok(Ready(payload))
    }

    /// Changes a skill. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the skill as it is.
    async fn update_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateSkillInput,
    ) -> Answer<Ready<SkillPayload>> {
        let scope = caller(ctx)?.write().await?;
        let draft = Draft {
            mastery: patch(input.mastery),
            evidence: patch(input.evidence),
            category: patch(input.category).map(Into::into),
        };
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = skill::update(&scope, library(ctx)?, id, expected, draft).await?;
        let payload = SkillPayload::of(ctx, &scope, saved.value().clone()).await?;
        Ok(Ready(settle(ctx, scope, saved.map(|_| payload)).await?))
    }

    /// Makes one of two entries for the same skill. Every tag and every experience is kept, with the higher mastery
    /// and the better rank.
    async fn merge_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The two.")] input: MergeSkillsInput,
    ) -> Answer<Ready<SkillPayload>> {
        let scope = caller(ctx)?.write().await?;
        let skill = skill::merge(&scope, library(ctx)?, input.from.0, input.into.0).await?;
        let payload = SkillPayload::of(ctx, &scope, skill).await?;
        Caller::commit(scope).await?;
        Ok(Ready(payload))
    }
}

fn counts(skills: &[Skill]) -> Vec<SkillCount> {
    let mut counts: Vec<SkillCount> = Vec::new();
    for skill in skills {
        let category = skill.category.map(Into::into);
        let place = counts.iter().position(|count| count.category == category);
        let place = place.unwrap_or_else(|| {
            counts.push(SkillCount {
                category,
                total: 0,
                ranked: 0,
            });
            counts.len() - 1
        });
        counts[place].total += 1;
        counts[place].ranked += usize::from(skill.rank.is_some());
    }
    counts
}

impl TryFrom<AddSkillInput> for Tag {
    type Error = Error;

    fn try_from(input: AddSkillInput) -> Result<Self, Error> {
        let choice = match (input.skill, input.custom_name) {
            (Some(id), None) => Choice::Master(id.0),
            (None, Some(name)) => Choice::Custom(name),
            _ => {
                let rule = "needs either a skill or a name of one's own";
                return Err(Error::invalid("input", rule));
            }
        };
        Ok(Self {
            id: None,
            choice,
            name: String::new(),
            category: input.category.map(Into::into),
            mastery: input.mastery,
            evidence: input.evidence,
            rank: None,
        })
    }
}

impl MySkill {
    /// A skill with what it is tagged on, which is taken out.
    fn of(library: &Library, places: &mut Places, skill: Skill) -> Self {
        let places = places.remove(&skill.id).unwrap_or_default().into_iter();
        Self {
            id: Gid(skill.id),
            skill: skill.listed.map(Gid),
            name: skill.name,
            category: skill.category.map(Into::into),
            mastery: skill.mastery,
            evidence: skill.evidence,
            rank: skill.rank,
            review: skill.review.map(Into::into),
            revision: skill.revision,
            created_at: skill.created_at,
            updated_at: skill.updated_at,
            tagged_on: places.map(|one| SkillPlace::of(library, one)).collect(),
        }
    }
}

impl SkillPayload {
    async fn of(ctx: &Context<'_>, scope: &Scope, skill: Skill) -> Answer<Self> {
        let mut places = tag::places(scope).await?;
        let skill = MySkill::of(library(ctx)?, &mut places, skill);
        Ok(Self { skill })
    }
}

impl From<Similar> for SimilarSkill {
    fn from(similar: Similar) -> Self {
        Self {
            same: similar.is_same(),
            skill: similar.listed.map(Gid),
            mine: similar.mine.map(Gid),
            name: similar.name,
            category: similar.category.map(Into::into),
            score: similar.score,
        }
    }
}
