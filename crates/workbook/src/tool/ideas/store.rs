//! Rows of `user_idea_trees`, `user_idea_nodes`, `user_idea_tree_nodes` and `user_idea_edges`.

use std::collections::{HashMap, HashSet};

use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, OnConflict, SelectStatement},
};
use tokio::try_join;
use uuid::Uuid;

use super::{
    super::{Site, ToolData},
    Edge, IdeaTree,
    rules::{self, Checked},
};
use crate::{
    Error, IdeaNodeId, IdeaTreeId, InstanceId,
    entity::{user_idea_edges, user_idea_nodes, user_idea_tree_nodes, user_idea_trees},
};

/// Keeps the tree of this place.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, tree: &IdeaTree) -> Result<(), Error> {
    let id = known(scope, site.instance).await?.unwrap_or_default();
    put(scope, id, Some(site.instance), tree).await
}

/// Puts the tree in the place of what was there. Ideas that no tree holds any more are forgotten.
pub(crate) async fn put(
    scope: &Scope,
    id: IdeaTreeId,
    instance: Option<InstanceId>,
    tree: &IdeaTree,
) -> Result<(), Error> {
    let checked = rules::check(tree)?;
    upsert(scope, id, instance, checked.name.clone()).await?;
    let nodes = node_ids(scope, &checked.nodes).await?;
    let mut before = clear(scope, id).await?;
    insert(scope, id, &nodes, &checked).await?;
    let kept: HashSet<IdeaNodeId> = nodes.into_iter().collect();
    before.retain(|node| !kept.contains(node));
    forget(scope, before).await
}

/// Takes the tree away, and the ideas that no other tree holds.
pub(crate) async fn fell(scope: &Scope, id: IdeaTreeId) -> Result<(), Error> {
    let before = clear(scope, id).await?;
    user_idea_trees::Entity::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    forget(scope, before).await
}

/// Takes the tree of this use of the tool away, if there is one.
pub(crate) async fn fell_of(scope: &Scope, instance: InstanceId) -> Result<(), Error> {
    match known(scope, instance).await? {
        Some(tree) => fell(scope, tree).await,
        None => Ok(()),
    }
}

async fn known(scope: &Scope, instance: InstanceId) -> Result<Option<IdeaTreeId>, Error> {
    use user_idea_trees::{Column, Entity};
    let row = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(instance))
        .one(scope.connection())
        .await?;
    Ok(row.map(|row| row.id))
}

async fn upsert(
    scope: &Scope,
    id: IdeaTreeId,
    instance: Option<InstanceId>,
    name: Option<String>,
) -> Result<(), Error> {
    use user_idea_trees::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        instance_id: Set(instance),
        name: Set(name),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    let again = OnConflict::columns([Column::UserId, Column::Id])
        .update_columns([Column::Name, Column::UpdatedAt])
        .value(
            Column::Revision,
            Expr::col((Entity, Column::Revision)).add(1),
        )
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The ideas of these contents, in their order; new ones are written down.
async fn node_ids(scope: &Scope, contents: &[String]) -> Result<Vec<IdeaNodeId>, Error> {
    use user_idea_nodes::{ActiveModel, Column, Entity};
    let known = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Content.is_in(contents))
        .all(scope.connection())
        .await?;
    let known: HashMap<String, IdeaNodeId> =
        known.into_iter().map(|row| (row.content, row.id)).collect();
    let mut ids = Vec::with_capacity(contents.len());
    let mut rows = Vec::new();
    for content in contents {
        let id = known.get(content).copied().unwrap_or_else(|| {
            let id = IdeaNodeId::new();
            rows.push(ActiveModel {
                user_id: Set(scope.user()),
                id: Set(id),
                content: Set(content.clone()),
                created_at: Set(scope.now()),
            });
            id
        });
        ids.push(id);
    }
    if !rows.is_empty() {
        Entity::insert_many(rows)
            .exec_without_returning(scope.connection())
            .await?;
    }
    Ok(ids)
}

/// Empties the tree and tells what it held.
async fn clear(scope: &Scope, tree: IdeaTreeId) -> Result<Vec<IdeaNodeId>, Error> {
    use user_idea_tree_nodes::{Column, Entity};
    let before = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::TreeId.eq(tree))
        .all(scope.connection())
        .await?;
    user_idea_edges::Entity::delete_many()
        .filter(user_idea_edges::Column::UserId.eq(scope.user()))
        .filter(user_idea_edges::Column::TreeId.eq(tree))
        .exec(scope.connection())
        .await?;
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::TreeId.eq(tree))
        .exec(scope.connection())
        .await?;
    Ok(before.into_iter().map(|row| row.node_id).collect())
}

async fn insert(
    scope: &Scope,
    tree: IdeaTreeId,
    nodes: &[IdeaNodeId],
    checked: &Checked,
) -> Result<(), Error> {
    let rows = (0..)
        .zip(nodes)
        .map(|(position, node)| user_idea_tree_nodes::ActiveModel {
            user_id: Set(scope.user()),
            id: Set(Uuid::now_v7()),
            tree_id: Set(tree),
            node_id: Set(*node),
            is_root: Set(position == 0),
            position: Set(position),
            created_at: Set(scope.now()),
        });
    user_idea_tree_nodes::Entity::insert_many(rows)
        .exec_without_returning(scope.connection())
        .await?;
    if checked.edges.is_empty() {
        return Ok(());
    }
    let rows =
        (0..)
            .zip(&checked.edges)
            .map(|(position, (from, to))| user_idea_edges::ActiveModel {
                user_id: Set(scope.user()),
                id: Set(Uuid::now_v7()),
                tree_id: Set(tree),
                from_node_id: Set(nodes[*from]),
                to_node_id: Set(nodes[*to]),
                position: Set(position),
                created_at: Set(scope.now()),
            });
    user_idea_edges::Entity::insert_many(rows)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Deletes those of these ideas that no tree holds; a word that was taken back leaves nothing behind.
async fn forget(scope: &Scope, nodes: Vec<IdeaNodeId>) -> Result<(), Error> {
    use user_idea_tree_nodes::{Column as Held, Entity as Holder};
    if nodes.is_empty() {
        return Ok(());
    }
    let held = Holder::find()
        .select_only()
        .column(Held::NodeId)
        .filter(Held::UserId.eq(scope.user()))
        .into_query();
    user_idea_nodes::Entity::delete_many()
        .filter(user_idea_nodes::Column::UserId.eq(scope.user()))
        .filter(user_idea_nodes::Column::Id.is_in(nodes))
        .filter(user_idea_nodes::Column::Id.not_in_subquery(held))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// The trees of these instances, in three statements.
pub(crate) async fn load(
    scope: &Scope,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let among = scope.among(user_idea_trees::Column::InstanceId, instances);
    let which = Condition::all().add(among);
    let trees = trees(scope, which).await?.into_iter();
    Ok(trees
        .filter_map(|(row, tree)| Some((row.instance_id?, Private::Open(ToolData::Ideas(tree)))))
        .collect())
}

/// The person's trees that fulfil a condition, in one statement.
pub(crate) async fn trees(
    scope: &Scope,
    which: Condition,
) -> Result<Vec<(user_idea_trees::Model, IdeaTree)>, Error> {
    let trees = user_idea_trees::Entity::find()
        .filter(user_idea_trees::Column::UserId.eq(scope.user()))
        .filter(which);
    let ids = trees.clone().select_only();
    let ids = ids.column(user_idea_trees::Column::Id).into_query();
    let in_them = user_idea_tree_nodes::Column::TreeId.in_subquery(ids.clone());
    let held = held(scope, Condition::all().add(in_them));
    let rows = async {
        Ok(try_join!(
            scope.gather(trees),
            scope.gather(edges_in(scope, ids))
        )?)
    };
    let (held, (trees, edge_rows)) = try_join!(held, rows)?;
    let contents: HashMap<IdeaNodeId, &String> = held
        .iter()
        .map(|(row, content)| (row.node_id, content))
        .collect();
    let content = |id: IdeaNodeId| {
        contents
            .get(&id)
            .map(|content| (*content).clone())
            .ok_or(Error::Corrupt("a tree holds an idea that is not there"))
    };
    let mut edges: HashMap<IdeaTreeId, Vec<Edge>> = HashMap::new();
    for row in edge_rows {
        let edge = Edge {
            from: content(row.from_node_id)?,
            to: content(row.to_node_id)?,
        };
        edges.entry(row.tree_id).or_default().push(edge);
    }
    let mut roots = HashMap::new();
    for (row, content) in held.iter().filter(|(row, _)| row.is_root) {
        roots.insert(row.tree_id, content.clone());
    }
    let tree = |row: user_idea_trees::Model| {
        let root = roots.remove(&row.id);
        let tree = IdeaTree {
            name: row.name.clone(),
            root: root.ok_or(Error::Corrupt("a tree without a root"))?,
            edges: edges.remove(&row.id).unwrap_or_default(),
        };
        Ok((row, tree))
    };
    trees.into_iter().map(tree).collect()
}

/// What the person's trees hold, as far as it fulfils a condition, with the text of each idea; one statement.
pub(crate) async fn held(
    scope: &Scope,
    which: Condition,
) -> Result<Vec<(user_idea_tree_nodes::Model, String)>, Error> {
    use user_idea_tree_nodes::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(which);
    let ids = rows.clone().select_only().column(Column::NodeId);
    let ideas = user_idea_nodes::Entity::find()
        .filter(user_idea_nodes::Column::UserId.eq(scope.user()))
        .filter(user_idea_nodes::Column::Id.in_subquery(ids.into_query()));
    let (rows, ideas) = try_join!(scope.gather(rows), scope.gather(ideas))?;
    let mut contents = HashMap::with_capacity(ideas.len());
    contents.extend(ideas.into_iter().map(|idea| (idea.id, idea.content)));
    let with_text = |row: user_idea_tree_nodes::Model| {
        let content = contents.get(&row.node_id).cloned();
        Some((row, content?))
    };
    Ok(rows.into_iter().filter_map(with_text).collect())
}

fn edges_in(scope: &Scope, trees: SelectStatement) -> Select<user_idea_edges::Entity> {
    use user_idea_edges::{Column, Entity};
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::TreeId.in_subquery(trees))
        .order_by_asc(Column::Position)
}
