//! Trees of ideas and the network that they make, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Nullable, Plain, Ready, caller};
use time::OffsetDateTime;

use super::{
    owned::settle,
    tool::ideas::{IdeaTreeAnswer, IdeaTreeInput},
};
use crate::{
    Error, IdeaNodeId, IdeaTreeId,
    idea::{self, Central, Kept, Near, Network},
};

/// A tree of ideas among the caller's.
#[derive(SimpleObject, Plain)]
pub struct IdeaTree {
    /// The tree.
    pub id: Gid<IdeaTreeId>,
    /// True for a tree that belongs to a placement of the workbook: it is changed there and cannot be deleted.
    pub from_workbook: bool,
    /// What it holds.
    pub tree: IdeaTreeAnswer,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// An idea; the same words are the same idea in all trees of a person.
#[derive(SimpleObject, Plain)]
pub struct Idea {
    /// The idea.
    pub id: Gid<IdeaNodeId>,
    /// Its words.
    pub content: String,
}

/// An idea, and how far it is.
#[derive(SimpleObject, Plain)]
pub struct NearIdea {
    /// The idea.
    pub idea: Idea,
    /// Steps to it; at least 1.
    pub distance: usize,
}

/// An idea, and how much meets in it.
#[derive(SimpleObject, Plain)]
pub struct CentralIdea {
    /// The idea.
    pub idea: Idea,
    /// How many other ideas it is connected with.
    pub degree: usize,
    /// How many trees it stands in.
    pub trees: usize,
}

/// A new tree of ideas.
#[derive(InputObject)]
pub struct CreateIdeaTreeInput {
    /// An id of the client's own making, `idea_tree:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<IdeaTreeId>>,
    /// The tree.
    pub tree: IdeaTreeInput,
}

/// Another tree in the place of one.
#[derive(InputObject)]
pub struct UpdateIdeaTreeInput {
    /// A tree of the caller's own.
    pub id: Gid<IdeaTreeId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// The whole tree as it shall be.
    pub tree: IdeaTreeInput,
}

/// A tree of ideas as it is now.
#[derive(SimpleObject, Plain)]
pub struct IdeaTreePayload {
    /// The tree.
    pub idea_tree: IdeaTree,
}

/// What can be asked about ideas.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdeaQuery;

#[Object]
impl IdeaQuery {
    /// The caller's trees of ideas, those of the workbook included, the oldest first.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn idea_trees(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<IdeaTree>>> {
        let scope = caller(ctx)?.read().await?;
        let all = idea::all(&scope).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }

    /// What is near to an idea in all trees together, the nearest first.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn idea_neighbours(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The idea.")] idea: Gid<IdeaNodeId>,
        #[graphql(default = 1, desc = "How many steps to go; 1 to 5.")] depth: i32,
    ) -> Answer<Ready<Vec<NearIdea>>> {
        let depth = within(depth, 5, "depth")?;
        let network = network(ctx).await?;
        let near = network.neighbours(idea.0, depth)?;
        Ok(Ready(near.into_iter().map(Into::into).collect()))
    }

    /// The ideas that most others are connected with, over all trees.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn central_ideas(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 10, desc = "How many; 1 to 100.")] first: i32,
    ) -> Answer<Ready<Vec<CentralIdea>>> {
        let first = within(first, 100, "first")?;
        let central = network(ctx).await?.central(first);
        Ok(Ready(central.into_iter().map(Into::into).collect()))
    }

    /// A shortest way from one idea to another over all trees, both included; null when nothing connects them.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn idea_path(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where it begins.")] from: Gid<IdeaNodeId>,
        #[graphql(desc = "Where it ends.")] to: Gid<IdeaNodeId>,
    ) -> Nullable<Ready<Vec<Idea>>> {
        path(ctx, from.0, to.0).await.transpose()
    }
}

/// What can be done with trees of ideas.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdeaMutation;

#[Object]
impl IdeaMutation {
    /// Adds a tree of ideas. The same id again returns the tree that is there.
    async fn create_idea_tree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The tree.")] input: CreateIdeaTreeInput,
    ) -> Answer<Ready<IdeaTreePayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let tree = idea::create(&scope, id, &input.tree.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(tree.into()))
    }

    /// Changes a tree of the caller's own. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the
    /// tree as it is.
    async fn update_idea_tree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateIdeaTreeInput,
    ) -> Answer<Ready<IdeaTreePayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = idea::update(&scope, id, expected, &input.tree.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

async fn network(ctx: &Context<'_>) -> Answer<Network> {
    let scope = caller(ctx)?.read().await?;
    Ok(Network::find(&scope).await?)
}

async fn path(
    ctx: &Context<'_>,
    from: IdeaNodeId,
    to: IdeaNodeId,
) -> Answer<Option<Ready<Vec<Idea>>>> {
    let way = network(ctx).await?.path(from, to)?;
    Ok(way.map(|way| Ready(way.into_iter().map(Into::into).collect())))
}

fn within(number: i32, most: usize, field: &str) -> Result<usize, Error> {
    let number = usize::try_from(number).unwrap_or_default();
    if (1..=most).contains(&number) {
        return Ok(number);
    }
    Err(Error::invalid(field, format!("must be 1 to {most}")))
}

impl From<Kept> for IdeaTree {
    fn from(kept: Kept) -> Self {
        Self {
            id: Gid(kept.id),
            from_workbook: kept.instance.is_some(),
            tree: kept.tree.into(),
            revision: kept.revision,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}

impl From<Kept> for IdeaTreePayload {
    fn from(kept: Kept) -> Self {
        Self {
            idea_tree: kept.into(),
        }
    }
}

impl From<idea::Idea> for Idea {
    fn from(idea: idea::Idea) -> Self {
        Self {
            id: Gid(idea.id),
            content: idea.content,
        }
    }
}

impl From<Near> for NearIdea {
    fn from(near: Near) -> Self {
        Self {
            idea: near.idea.into(),
            distance: near.distance,
        }
    }
}

impl From<Central> for CentralIdea {
    fn from(central: Central) -> Self {
        Self {
            idea: central.idea.into(),
            degree: central.degree,
            trees: central.trees,
        }
    }
}
