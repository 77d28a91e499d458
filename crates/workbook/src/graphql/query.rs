//! What can be asked about the workbook.

use async_graphql::{
    Context, Object,
    connection::{Connection, Edge},
};
use dreamtree_api::{Answer, Ready, caller};
use dreamtree_content::graphql::{Tool, library};

use super::{block::Block, progress::Progress};
use crate::{Error, Position, Wanted, page, progress};

/// The most blocks that one page may hold.
const LARGEST_PAGE: i32 = 100;

/// A stretch of the workbook; its cursors stand for sequences.
pub type Blocks = Connection<i32, Block>;

/// What can be asked of the workbook as its reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReaderQuery;

#[Object]
impl ReaderQuery {
    /// The open blocks in the order of reading, up to the reader's position. When `hasNextPage` is false and the
    /// workbook is not complete, the last block is the one that waits for an answer.
    #[graphql(complexity = "first.clamp(1, 100) as usize * child_complexity / 4 + 1")]
    async fn blocks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cursor of the block to go on behind.")] after: Option<String>,
        #[graphql(default = 20, desc = "How many blocks, 1 to 100.")] first: i32,
    ) -> Answer<Ready<Blocks>> {
        let count = usize::try_from(first)
            .ok()
            .filter(|_| (1..=LARGEST_PAGE).contains(&first));
        let count = count.ok_or_else(|| Error::invalid("first", "must be 1 to 100"))?;
        let after = after.map(|cursor| cursor.parse::<i32>()).transpose();
        let after = after.map_err(|_| Error::invalid("after", "is not a cursor of this list"))?;
        let library = library(ctx)?;
        let scope = caller(ctx)?.read().await?;
        let node = ctx.look_ahead().field("edges").field("node");
        let nodes = ctx.look_ahead().field("nodes");
        let asks = |field| node.field(field).exists() || nodes.field(field).exists();
        let wanted = Wanted {
            answers: asks("answer"),
            prefill: asks("prefill"),
        };
        let page = page(&scope, library, after, count, wanted).await?;
        let mut connection = Connection::new(page.span.start > 0, page.has_next(library));
        connection.edges.extend(page.span.clone().map(|index| {
            let block = Block::of(library, &page.view, index);
            Edge::new(block.sequence, block)
        }));
        Ok(Ready(connection))
    }

    /// How far the caller has come.
    async fn progress(&self, ctx: &Context<'_>) -> Answer<Ready<Progress>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let progress = progress::Progress::find(&scope, library)
            .await
            .map_err(Error::from)?;
        Ok(Ready(Progress::of(library, progress)))
    }

    /// The tools that the caller has reached, in the order in which the workbook introduces them.
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
