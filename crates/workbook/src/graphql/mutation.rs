//! Answering, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, Refusal, caller, refused};
use dreamtree_content::{
    Library, PlacementId,
    graphql::{Citing, Tool, library},
};
use dreamtree_types::ClientError;

use super::{
    block::Block,
    progress::{ModuleProgress, ReaderPosition},
    stale::StalePlacement,
    value::AnswerValueInput,
};
use crate::{Entry, Error, Outcome, answer};

/// An answer to a placement.
#[derive(InputObject)]
pub struct AnswerInput {
    /// The placement: the id of a block.
    pub placement: Gid<PlacementId>,
    /// The answer; the field that fits the placement's input or tool. A tool's data takes the place of what was there.
    pub value: AnswerValueInput,
}

/// What one answer changed.
#[derive(SimpleObject, Plain)]
pub struct AnswerPayload {
    /// The answered block.
    pub block: Block,
    /// The block to show next; null when there is none, or when an answer before it is still due.
    pub next_block: Option<Block>,
    /// Where the reader stands now; null once nothing required is left.
    pub position: Option<ReaderPosition>,
    /// The module that was worked on.
    pub module: Option<ModuleProgress>,
    /// Tools that the reader has reached with this answer.
    pub unlocked_tools: Vec<Tool>,
    /// Placements to look at again, since they build on this answer.
    pub stale: Vec<StalePlacement>,
}

/// What a batch of answers changed.
#[derive(SimpleObject, Plain)]
pub struct AnswersPayload {
    /// The answered blocks, in the order of the batch.
    pub blocks: Vec<Block>,
    /// The block behind the last answer; null when there is none, or when an answer before it is still due.
    pub next_block: Option<Block>,
    /// Where the reader stands now; null once nothing required is left.
    pub position: Option<ReaderPosition>,
    /// The modules that were worked on.
    pub modules: Vec<ModuleProgress>,
    /// Tools that the reader has reached with these answers.
    pub unlocked_tools: Vec<Tool>,
    /// Placements to look at again, since they build on these answers.
    pub stale: Vec<StalePlacement>,
}

/// What a reader of the workbook does.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReaderMutation;

#[Object]
impl ReaderMutation {
    /// Saves one answer. Saving it again replaces it, so a lost reply can be retried.
    async fn answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The placement and its answer.")] input: AnswerInput,
    ) -> Answer<Ready<AnswerPayload>> {
        let mut saved = save(ctx, vec![input]).await.map_err(Unplaced::alone)?;
        let block = saved
            .blocks
            .pop()
            .ok_or(Error::Corrupt("an answer without a block"))?;
        Ok(Ready(AnswerPayload {
            block,
            next_block: saved.next_block,
            position: saved.position,
            module: saved.modules.pop(),
            unlocked_tools: saved.unlocked_tools,
            stale: saved.stale,
        }))
    }

    /// Saves several answers, all or none; an answer may open the way for the next one. Made for auto-save.
    async fn answer_many(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "1 to 50 placements and their answers, each placement once.")] inputs: Vec<
            AnswerInput,
        >,
    ) -> Answer<Ready<AnswersPayload>> {
        let saved = save(ctx, inputs).await;
        saved.map(Ready).map_err(Unplaced::batched)
    }
}

/// A refusal that does not know yet whether it belongs to one answer or to a batch.
enum Unplaced {
    Workbook(Error),
    Other(Refusal),
}

impl Unplaced {
    fn alone(self) -> Refusal {
        match self {
            Self::Workbook(Error::At(_, error)) => Self::Workbook(*error).at("input"),
            other => other.at("input"),
        }
    }

    fn batched(self) -> Refusal {
        self.at("inputs")
    }

    fn at(self, argument: &str) -> Refusal {
        match self {
            Self::Other(refusal) => refusal,
            Self::Workbook(error) => refusal(&error, argument),
        }
    }
}

/// A refusal whose field is seen from the argument that it is in.
pub(super) fn refusal(error: &Error, argument: &str) -> Refusal {
    match error.fault() {
        Some(fault) if fault.field.is_some() => Refusal::new(fault.within(argument)),
        _ => refused(error),
    }
}

impl<E: Into<Error>> From<E> for Unplaced {
    fn from(error: E) -> Self {
        Self::Workbook(error.into())
    }
}

async fn save(ctx: &Context<'_>, inputs: Vec<AnswerInput>) -> Result<AnswersPayload, Unplaced> {
    let (library, caller) = (
        library(ctx).map_err(Unplaced::Other)?,
        caller(ctx).map_err(Unplaced::Other)?,
    );
    let citing = Citing::of(ctx).map_err(Unplaced::Other)?;
    let mut entries = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.into_iter().enumerate() {
        let value = input
            .value
            .try_into()
            .map_err(|error| Error::At(index, Box::new(error)))?;
        entries.push(Entry {
            placement: input.placement.0,
            value,
        });
    }
    let scope = caller.write().await.map_err(Unplaced::Other)?;
    let asked = ctx.look_ahead();
    let wanted = Block::wanted(&["block", "blocks", "nextBlock"].map(|block| asked.field(block)));
    let outcome = answer(&scope, library, &entries, wanted).await?;
    Caller::commit(scope).await.map_err(Unplaced::Other)?;
    Ok(payload(library, outcome, citing))
}

fn payload(library: &Library, outcome: Outcome, citing: Citing) -> AnswersPayload {
    let block = |index| Block::of(library, &outcome.view, index, Some(citing));
    let tools = outcome.unlocked.iter().filter_map(|id| library.tool(*id));
    AnswersPayload {
        blocks: outcome.saved.iter().copied().map(block).collect(),
        next_block: outcome.next.map(block),
        position: ReaderPosition::of(library, outcome.view.position),
        modules: outcome.modules.into_iter().map(Into::into).collect(),
        unlocked_tools: tools.map(|tool| Tool::from(&**tool)).collect(),
        stale: outcome
            .stale
            .iter()
            .map(|one| StalePlacement::of(library, one))
            .collect(),
    }
}
