//! The operators' queue of skills.

use async_graphql::{
    Context, Enum, InputObject, Object, SimpleObject,
    connection::{Connection, Edge},
};
use dreamtree_api::{Answer, Caller, Cursor, Gid, Plain, Ready, Refusal, caller};
use dreamtree_types::{Code, Fault};
use time::{Date, OffsetDateTime};

use super::{
    library,
    reference::Skill,
    words::{SkillCategory, SkillReview},
};
use crate::{
    Library, SkillId, SkillProposalId,
    review::{self, Decision, Proposal, ReviewStatus, Verdict},
};

/// A page of proposals.
pub type SkillProposals = Connection<String, SkillProposal>;

/// A name that people gave a skill of their own. Nothing says who they are, or how many.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct SkillProposal {
    /// Follows from name and category; `reviewSkill` takes it.
    pub id: Gid<SkillProposalId>,
    /// As it was first written; 1 to 100 characters.
    pub name: String,
    /// Its category, if it was given one.
    pub category: Option<SkillCategory>,
    /// How far the review has come.
    pub status: SkillReview,
    /// The day on which it was first written, in UTC.
    pub proposed_on: Date,
    /// When an operator decided; null before.
    pub decided_at: Option<OffsetDateTime>,
    /// The skill of the master list that the name stands for; null unless it was approved.
    pub skill: Option<Gid<SkillId>>,
    /// Why it was decided so; at most 500 characters.
    pub note: Option<String>,
    /// Skills of the master list whose names are like it, the most alike first; at most ten.
    pub similar: Vec<ListedLike>,
}

/// A skill of the master list that may be meant.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ListedLike {
    /// The skill.
    pub skill: Skill,
    /// How alike the names are: 0.7 to 1, which is the same name.
    pub score: f64,
}

/// What becomes of a proposed skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum ReviewDecision {
    /// It joins the master list.
    Approve,
    /// It stays with those who use it.
    Reject,
    /// It is another name for a skill of the master list.
    Merge,
}

/// A decision about a proposed skill.
#[derive(InputObject)]
pub struct ReviewSkillInput {
    /// The proposal.
    pub id: Gid<SkillProposalId>,
    /// What becomes of it.
    pub decision: ReviewDecision,
    /// The skill of the master list that it is another name for; with MERGE, and only then.
    pub skill: Option<Gid<SkillId>>,
    /// What the master list is to call it, 1 to 100 characters; with APPROVE only. Left out: as it was proposed.
    pub name: Option<String>,
    /// The category in the master list; with APPROVE only. Left out: as it was proposed.
    pub category: Option<SkillCategory>,
    /// Why; at most 500 characters.
    pub note: Option<String>,
}

/// A proposal as it is now.
#[derive(SimpleObject, Plain)]
pub struct ReviewSkillPayload {
    /// The proposal.
    pub proposal: SkillProposal,
}

/// Two skills of the master list that are one.
#[derive(InputObject)]
pub struct MergeListedSkillsInput {
    /// The one that leaves the list.
    pub from: Gid<SkillId>,
    /// The one that counts in its place.
    pub into: Gid<SkillId>,
}

/// Two skills of the master list are one.
#[derive(SimpleObject, Plain)]
pub struct MergeListedSkillsPayload {
    /// The one that counts.
    pub into: Gid<SkillId>,
}

/// What operators can ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReviewQuery;

#[Object]
impl ReviewQuery {
    /// For operators: names that people gave skills of their own, the longest known first. Only the words come here.
    #[graphql(complexity = "first.clamp(1, 100) as usize * child_complexity / 4 + 1")]
    async fn skill_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default_with = "SkillReview::Pending",
            desc = "How far the review has come."
        )]
        status: SkillReview,
        #[graphql(desc = "How many at most; 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor of the proposal that the page comes after.")] after: Option<
            String,
        >,
    ) -> Answer<Ready<SkillProposals>> {
        let scope = caller(ctx)?.read_as_operator().await?;
        let library = library(ctx)?;
        let begins = after.is_none();
        let after = after.map(|text| Cursor::read(&text)).transpose()?;
        let page = review::page(&scope, ReviewStatus::from(status), first, after).await?;
        let mut proposals = Connection::new(!begins, page.has_next);
        proposals
            .edges
            .extend(page.proposals.into_iter().map(|proposal| {
                let cursor = proposal.cursor().to_string();
                Edge::new(cursor, SkillProposal::of(library, proposal))
            }));
        Ok(Ready(proposals))
    }
}

/// What operators can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// For operators: decides about a proposed skill. All servers know within seconds; with people who have a skill of
    /// their own by that name and category, it counts as the listed one from then on. What was rejected may be taken up
    /// again, what was approved not.
    async fn review_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: ReviewSkillInput,
    ) -> Answer<Ready<ReviewSkillPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        let proposal = review::decide(&scope, input.try_into()?).await?;
        Caller::commit(scope).await?;
        let proposal = SkillProposal::of(library(ctx)?, proposal);
        Ok(Ready(ReviewSkillPayload { proposal }))
    }

    /// For operators: makes one of two skills of the master list. Whoever has the first has the second from then on,
    /// with rating, evidence, rank, tags and experiences.
    async fn merge_listed_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The two.")] input: MergeListedSkillsInput,
    ) -> Answer<Ready<MergeListedSkillsPayload>> {
        let scope = caller(ctx)?.write_as_operator().await?;
        review::merge(&scope, input.from.0, input.into.0).await?;
        Caller::commit(scope).await?;
        Ok(Ready(MergeListedSkillsPayload { into: input.into }))
    }
}

impl SkillProposal {
    fn of(library: &Library, proposal: Proposal) -> Self {
        let similar = library.similar_skills(&proposal.name).into_iter().take(10);
        Self {
            similar: similar
                .map(|(skill, score)| ListedLike {
                    skill: Skill::from(skill),
                    score,
                })
                .collect(),
            id: Gid(proposal.id),
            name: proposal.name,
            category: proposal.category.map(Into::into),
            status: proposal.status.into(),
            proposed_on: proposal.proposed_on,
            decided_at: proposal.decided_at,
            skill: proposal.skill.map(Gid),
            note: proposal.note,
        }
    }
}

impl TryFrom<ReviewSkillInput> for Decision {
    type Error = Refusal;

    fn try_from(input: ReviewSkillInput) -> Result<Self, Refusal> {
        let refused = |field, rule| Refusal::new(Fault::field(Code::InvalidInput, field, rule));
        if input.decision != ReviewDecision::Approve
            && (input.name.is_some() || input.category.is_some())
        {
            return Err(refused(
                "input.decision",
                "takes a name or category with APPROVE only",
            ));
        }
        let verdict = match (input.decision, input.skill) {
            (ReviewDecision::Approve, None) => Verdict::Approve {
                name: input.name,
                category: input.category.map(Into::into),
            },
            (ReviewDecision::Reject, None) => Verdict::Reject,
            (ReviewDecision::Merge, Some(skill)) => Verdict::Merge(skill.0),
            (ReviewDecision::Merge, None) => {
                return Err(refused("input.skill", "must be there with MERGE"));
            }
            (ReviewDecision::Approve | ReviewDecision::Reject, Some(_)) => {
                return Err(refused("input.skill", "goes with MERGE only"));
            }
        };
        Ok(Self {
            id: input.id.0,
            verdict,
            note: input.note,
        })
    }
}
