//! The ideas of a person: trees of their own beside those of the workbook, and the one network that all trees
//! make together, since a word is the same idea in all of them.

mod network;

pub use network::{Central, Idea, Near, Network};

use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};

use crate::{
    Error, IdeaTreeId, InstanceId,
    entity::user_idea_trees::{Column, Entity, Model},
    owned::{self, Saved, is_stale},
    tool::ideas::{IdeaTree, put, trees},
};

/// The most trees of their own that a person may have.
const MOST: usize = 100;

/// A tree of ideas as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The tree among the person's.
    pub id: IdeaTreeId,
    /// The use of the tool that it was grown in; `None` for a tree of the person's own.
    pub instance: Option<InstanceId>,
    /// What it holds.
    pub tree: IdeaTree,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

impl Kept {
    fn new((row, tree): (Model, IdeaTree)) -> Self {
        Self {
            id: row.id,
            instance: row.instance_id,
            tree,
            revision: row.revision,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// All trees of the person, the oldest first; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<Kept>, Error> {
    let mut kept: Vec<Kept> = trees(scope, Condition::all())
        .await?
        .into_iter()
        .map(Kept::new)
        .collect();
    kept.sort_by_key(|tree| tree.id);
    Ok(kept)
}

/// Adds a tree of the person's own. One with this id that is there already is returned as it is.
pub async fn create(scope: &Scope, id: Option<IdeaTreeId>, tree: &IdeaTree) -> Result<Kept, Error> {
    let all = all(scope).await?;
    let id = id.unwrap_or_default();
    if let Some(known) = all.iter().find(|known| known.id == id) {
        return Ok(known.clone());
    }
    if all.len() >= MOST {
        let rule = format!("has room for {MOST} trees; take one away first");
        return Err(Error::invalid("input", rule));
    }
    grow(scope, id, tree).await
}

/// Puts another tree in the place of one of the person's own.
pub async fn update(
    scope: &Scope,
    id: IdeaTreeId,
    expected: Option<i32>,
    tree: &IdeaTree,
) -> Result<Saved<Kept>, Error> {
    let row = own(scope, id).await?;
    if is_stale(row.revision, expected) {
        return Ok(Saved::Stale(one(scope, id).await?));
    }
    Ok(Saved::Done(grow(scope, id, tree).await?))
}

/// Takes a tree of the person's own away, and the ideas that no other tree holds.
pub(crate) async fn delete(
    scope: &Scope,
    id: IdeaTreeId,
    expected: Option<i32>,
) -> Result<(), Error> {
    let row = own(scope, id).await?;
    if is_stale(row.revision, expected) {
        return Err(Error::Stale);
    }
    crate::tool::ideas::fell(scope, id).await
}

async fn grow(scope: &Scope, id: IdeaTreeId, tree: &IdeaTree) -> Result<Kept, Error> {
    let grown = put(scope, id, None, tree).await;
    grown.map_err(|error| error.moved("value.ideaTree", "input.tree"))?;
    one(scope, id).await
}

async fn one(scope: &Scope, id: IdeaTreeId) -> Result<Kept, Error> {
    let found = trees(scope, Condition::all().add(Column::Id.eq(id))).await?;
    let found = found.into_iter().next().map(Kept::new);
    found.ok_or_else(|| Error::missing("input.id"))
}

/// A tree that does not belong to a use of the tool.
async fn own(scope: &Scope, id: IdeaTreeId) -> Result<Model, Error> {
    let row = owned::find::<Entity>(scope, id, "input.id").await?;
    if row.instance_id.is_some() {
        let rule = "belongs to a use of the idea tree; change it there";
        return Err(Error::invalid("input.id", rule));
    }
    Ok(row)
}
