//! The list builder at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::{Gid, Plain};

use crate::{
    ListItemId,
    tool::list::{Item, List},
};

/// A whole list; it takes the place of what was there.
#[derive(InputObject)]
pub struct ListBuilderInput {
    /// First to last. How many are allowed stands in the placement's settings.
    pub items: Vec<ListItemInput>,
}

/// An item of a list.
#[derive(InputObject)]
pub struct ListItemInput {
    /// The item's id, to keep it; left out for a new item.
    pub id: Option<Gid<ListItemId>>,
    /// 1 to 500 characters.
    pub content: String,
}

/// An ordered list.
#[derive(SimpleObject, Plain)]
pub struct ListAnswer {
    /// What the workbook calls it; empty outside of the workbook, where the use of the tool has a title.
    pub name: String,
    /// First to last.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(SimpleObject, Plain)]
pub struct ListItem {
    /// The item; the same for as long as it is saved with its id.
    pub id: Option<Gid<ListItemId>>,
    /// 1 to 500 characters.
    pub content: String,
}

impl From<ListBuilderInput> for List {
    fn from(input: ListBuilderInput) -> Self {
        let item = |item: ListItemInput| Item {
            id: item.id.map(|id| id.0),
            content: item.content,
        };
        Self {
            name: String::new(),
            items: input.items.into_iter().map(item).collect(),
        }
    }
}

impl From<List> for ListAnswer {
    fn from(list: List) -> Self {
        let item = |item: Item| ListItem {
            id: item.id.map(Gid),
            content: item.content,
        };
        Self {
            name: list.name,
            items: list.items.into_iter().map(item).collect(),
        }
    }
}
