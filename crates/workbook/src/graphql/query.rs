//! What can be asked about the workbook.

use async_graphql::{
    Context, Object,
    connection::{Connection, Edge},
};
use dreamtree_api::{Answer, Gid, Ready, caller};
use dreamtree_content::{
    PlacementId,
    graphql::{Citing, Tool, library},
};

use super::{
    block::Block,
    cursor::Cursor,
    progress::{Progress, asks_for_times},
};
use crate::{Error, Position, Side, Stretch, page, progress};

/// The most blocks that one page may hold.
const LARGEST_PAGE: i32 = 100;
const DEFAULT_PAGE: i32 = 20;

/// A stretch of the workbook.
pub type Blocks = Connection<Cursor, Block>;

/// What can be asked of the workbook as its reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReaderQuery;

#[Object]
impl ReaderQuery {
    /// The open blocks in the order of reading, up to the reader's position: from the beginning or behind `after`,
    /// with `last` from the end or before `before`, or around one of them. When `hasNextPage` is false and the
    /// workbook is not complete, the last block is the one that waits for an answer.
    #[graphql(
        complexity = "first.or(last).unwrap_or(20).clamp(1, 100) as usize * child_complexity / 8 + 1"
    )]
    async fn blocks(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many blocks from the beginning, 1 to 100; 20 if neither this nor `last` is there."
        )]
        first: Option<i32>,
        #[graphql(desc = "The cursor of the block to go on behind.")] after: Option<String>,
        #[graphql(desc = "How many blocks from the end, 1 to 100; not together with `first`.")]
        last: Option<i32>,
        #[graphql(desc = "The cursor of the block to go back from.")] before: Option<String>,
        #[graphql(
            desc = "An open block to have in the middle of `first` blocks; not together with the other three."
        )]
        around: Option<Gid<PlacementId>>,
    ) -> Answer<Ready<Blocks>> {
        let stretch = Stretch {
            after: Cursor::read(after, "after")?,
            before: Cursor::read(before, "before")?,
            side: side(last, around)?,
            count: count(first, last)?,
        };
        if around.is_some() && (stretch.after.is_some() || stretch.before.is_some()) {
            return Err(Error::invalid("around", "goes without after and before").into());
        }
        let library = library(ctx)?;
        let scope = caller(ctx)?.read().await?;
        let asked = ctx.look_ahead();
        let nodes = [asked.field("edges").field("node"), asked.field("nodes")];
        let wanted = Block::wanted(&nodes);
        let cited = nodes.iter().any(|node| node.field("citations").exists());
        let citing = cited.then(|| Citing::of(ctx)).transpose()?;
        let page = page(&scope, library, stretch, wanted).await?;
        let mut connection = Connection::new(page.span.start > 0, page.has_next(library));
        connection.edges.extend(page.span.clone().map(|index| {
            let cursor = Cursor::of(&library.placements()[index]);
            Edge::new(cursor, Block::of(library, &page.view, index, citing))
        }));
        Ok(Ready(connection))
    }

    /// How far the caller has come.
    async fn progress(&self, ctx: &Context<'_>) -> Answer<Ready<Progress>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let progress = progress::Progress::find(&scope, library, asks_for_times(ctx))
            .await
            .map_err(Error::from)?;
        Ok(Ready(Progress::of(library, progress)))
    }

    /// The tools that the caller has reached, in the order in which the workbook introduces them.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn unlocked_tools(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Tool>>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let answered = crate::Answered::find(&scope).await.map_err(Error::from)?;
        let position = Position::of(library, &answered);
        let mut tools: Vec<_> = library
            .tools()
            .iter()
            .filter_map(|tool| {
                library
                    .first_placement_of(tool.id)
                    .map(|index| (index, tool))
            })
            .filter(|(index, _)| position.opens(*index))
            .collect();
        tools.sort_by_key(|(index, _)| *index);
        let tools = tools.into_iter().map(|(_, tool)| Tool::from(&**tool));
        Ok(Ready(tools.collect()))
    }
}

fn side(last: Option<i32>, around: Option<Gid<PlacementId>>) -> Result<Side, Error> {
    match (last, around) {
        (None, None) => Ok(Side::First),
        (Some(_), None) => Ok(Side::Last),
        (None, Some(placement)) => Ok(Side::Around(placement.0)),
        (Some(_), Some(_)) => Err(Error::invalid("around", "goes without last")),
    }
}

fn count(first: Option<i32>, last: Option<i32>) -> Result<usize, Error> {
    let (asked, field) = match (first, last) {
        (Some(_), Some(_)) => return Err(Error::invalid("last", "goes without first")),
        (_, Some(last)) => (last, "last"),
        (first, None) => (first.unwrap_or(DEFAULT_PAGE), "first"),
    };
    let count = usize::try_from(asked).ok();
    let count = count.filter(|_| (1..=LARGEST_PAGE).contains(&asked));
    count.ok_or_else(|| Error::invalid(field, format!("must be 1 to {LARGEST_PAGE}")))
}
