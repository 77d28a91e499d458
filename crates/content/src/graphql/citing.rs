//! What is said about sources where an exercise begins.

use async_graphql::{Context, SimpleObject};
use dreamtree_api::{Answer, Gid, Plain, Refusal};
use dreamtree_types::{Code, Fault};

use super::words::SourceUsage;
use crate::{Library, Placement, ReferenceId};

/// What to show about one source where the exercise that uses it begins.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct BlockCitation {
    /// The number of the reference, by first appearance in the workbook; for a link such as [3] into `credits`.
    pub number: i32,
    /// How the exercise uses it; never INSPIRATION.
    pub usage: SourceUsage,
    /// What to show: the full citation for a quotation, otherwise how the short one is built upon.
    pub text: String,
    /// The reference, one of `credits`.
    pub reference: Gid<ReferenceId>,
}

/// How the sources of an exercise such as `1.1.2` are shown. The rules are attribution's, which no other domain sees; the
/// gateway puts them into the request's data.
#[derive(Clone, Copy, Debug)]
pub struct Citing(pub fn(&Library, &str) -> Vec<BlockCitation>);

impl Citing {
    /// The rules that this request shows sources by.
    pub fn of(ctx: &Context<'_>) -> Answer<Self> {
        ctx.data_opt::<Self>().copied().ok_or_else(|| {
            tracing::error!("the gateway put no rules for citations into the request");
            Refusal::new(Fault::new(
                Code::Internal,
                "Something went wrong on our side.",
            ))
        })
    }

    /// What to show at the placement at this index of the reading order: nothing where no exercise begins.
    #[must_use]
    pub fn at(self, library: &Library, index: usize, placement: &Placement) -> Vec<BlockCitation> {
        let exercise = library.exercise_of(placement);
        let begins = exercise.filter(|exercise| exercise.span.start == index);
        begins.map_or_else(Vec::new, |exercise| (self.0)(library, &exercise.id))
    }
}
