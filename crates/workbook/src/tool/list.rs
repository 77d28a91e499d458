//! The list builder: an ordered list with a name.

use std::collections::{HashMap, HashSet};

use dreamtree_content::ToolSettings;
use dreamtree_database::Scope;
use dreamtree_types::{Instant, Private, clean};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use tokio::try_join;

use super::{Site, ToolData};
use crate::{
    Error, InstanceId, ListId, ListItemId,
    entity::{user_list_items, user_lists},
};

const LONGEST_ITEM: usize = 500;

/// An ordered list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// What the author calls it; empty outside of the workbook.
    pub name: String,
    /// First to last.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Kept when the item is saved again; `None` for a new one.
    pub id: Option<ListItemId>,
    /// 1 to 500 characters.
    pub content: String,
}

/// Puts the list in the place of what was there. Items that come with their id keep it.
pub(crate) async fn save(scope: &Scope, site: Site<'_>, list: &List) -> Result<(), Error> {
    let ToolSettings::ListBuilder(settings) = &site.tool.settings else {
        return Err(Error::Corrupt("a list builder without a list"));
    };
    let (min, max) = (settings.min_items as usize, settings.max_items as usize);
    if !(min..=max).contains(&list.items.len()) {
        return Err(Error::invalid(
            "value.listBuilder.items",
            format!("needs {min} to {max} items"),
        ));
    }
    let contents = check(&list.items)?;
    let id = upsert(scope, site, &settings.list).await?;
    let known = known_items(scope, id).await?;
    let mut rows = Vec::with_capacity(list.items.len());
    for (index, (item, content)) in list.items.iter().zip(contents).enumerate() {
        let created_at = match item.id {
            None => scope.now(),
            Some(item) => *known
                .get(&item)
                .ok_or_else(|| Error::missing(format!("value.listBuilder.items[{index}].id")))?,
        };
        rows.push(user_list_items::ActiveModel {
            user_id: Set(scope.user()),
            id: Set(item.id.unwrap_or_default()),
            list_id: Set(id),
            content: Set(content),
            position: Set(i32::try_from(index).unwrap_or(i32::MAX)),
            created_at: Set(created_at),
        });
    }
    replace_items(scope, id, rows).await
}

fn check(items: &[Item]) -> Result<Vec<String>, Error> {
    let mut ids = HashSet::new();
    let mut contents = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let field = format!("value.listBuilder.items[{index}]");
        if item.id.is_some_and(|id| !ids.insert(id)) {
            return Err(Error::twice(format!("{field}.id")));
        }
        let content = clean(&item.content, LONGEST_ITEM)
            .map_err(|fault| Error::invalid(format!("{field}.content"), fault.to_string()))?;
        contents.push(content);
    }
    Ok(contents)
}

async fn upsert(scope: &Scope, site: Site<'_>, name: &str) -> Result<ListId, Error> {
    use user_lists::{ActiveModel, Column, Entity};
    let known = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::InstanceId.eq(site.instance))
        .one(scope.connection())
        .await?;
    if let Some(list) = known {
        Entity::update_many()
            .col_expr(Column::Name, Expr::value(name))
            .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
            .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
            .filter(Column::UserId.eq(scope.user()))
            .filter(Column::Id.eq(list.id))
            .exec(scope.connection())
            .await?;
        return Ok(list.id);
    }
    let id = ListId::new();
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        instance_id: Set(Some(site.instance)),
        name: Set(name.to_owned()),
        context: Set(site.placement.map(|one| one.location.exercise_id())),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(id)
}

async fn known_items(scope: &Scope, list: ListId) -> Result<HashMap<ListItemId, Instant>, Error> {
    let rows = user_list_items::Entity::find()
        .filter(user_list_items::Column::UserId.eq(scope.user()))
        .filter(user_list_items::Column::ListId.eq(list))
        .all(scope.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.created_at))
        .collect())
}

async fn replace_items(
    scope: &Scope,
    list: ListId,
    rows: Vec<user_list_items::ActiveModel>,
) -> Result<(), Error> {
    user_list_items::Entity::delete_many()
        .filter(user_list_items::Column::UserId.eq(scope.user()))
        .filter(user_list_items::Column::ListId.eq(list))
        .exec(scope.connection())
        .await?;
    if !rows.is_empty() {
        user_list_items::Entity::insert_many(rows)
            .exec_without_returning(scope.connection())
            .await?;
    }
    Ok(())
}

/// The lists of these instances, in one statement.
pub(crate) async fn load(
    scope: &Scope,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let of_these = scope.among(user_lists::Column::InstanceId, instances);
    let lists = read(scope, of_these).await?.into_iter();
    let data = lists.filter_map(|one| {
        let data = Private::Open(ToolData::List(one.list));
        Some((one.instance?, data))
    });
    Ok(data.collect())
}

/// A list, and where it belongs.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The use of the tool that it was made in.
    pub(crate) instance: Option<InstanceId>,
    /// What it holds.
    pub(crate) list: List,
    /// When it last changed.
    pub(crate) updated_at: Instant,
}

/// The person's lists of these names in the order of their making.
pub(crate) async fn named(scope: &Scope, names: &[String]) -> Result<Vec<Named>, Error> {
    read(scope, user_lists::Column::Name.is_in(names)).await
}

async fn read(scope: &Scope, wanted: Expr) -> Result<Vec<Named>, Error> {
    let lists = user_lists::Entity::find()
        .filter(user_lists::Column::UserId.eq(scope.user()))
        .filter(wanted);
    let ids = lists.clone().select_only().column(user_lists::Column::Id);
    let lists = lists.order_by_asc(user_lists::Column::Id);
    let items = user_list_items::Entity::find()
        .filter(user_list_items::Column::UserId.eq(scope.user()))
        .filter(user_list_items::Column::ListId.in_subquery(ids.into_query()))
        .order_by_asc(user_list_items::Column::Position);
    let (lists, rows) = try_join!(scope.gather(lists), scope.gather(items))?;
    let mut items: HashMap<ListId, Vec<Item>> = HashMap::new();
    for row in rows {
        items.entry(row.list_id).or_default().push(Item {
            id: Some(row.id),
            content: row.content,
        });
    }
    let named = |row: user_lists::Model| Named {
        instance: row.instance_id,
        list: List {
            name: row.name,
            items: items.remove(&row.id).unwrap_or_default(),
        },
        updated_at: row.updated_at,
    };
    Ok(lists.into_iter().map(named).collect())
}
