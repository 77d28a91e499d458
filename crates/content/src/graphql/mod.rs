//! Content as GraphQL. The objects are plain values, made at once from what is in memory, because a
//! page of the workbook shows forty of them.

mod block;
mod citing;
mod field;
mod input;
mod listed;
mod query;
mod reference;
mod review;
mod tool;
mod words;

use std::sync::Arc;

use async_graphql::Context;
use dreamtree_api::{Answer, Refusal};
use dreamtree_types::{Code, Fault};

use crate::{Library, Shelf};

pub use block::{BlockBody, ContentBlock, Location, Prompt};
pub use citing::{BlockCitation, Citing};
pub use field::{
    ChoiceFieldConfig, FieldConfig, LinkFieldConfig, NumberFieldConfig, ScaleFieldConfig,
    TextFieldConfig, ToolField,
};
pub use input::{
    CheckboxConfig, ChecklistConfig, Choice, PromptInput, RadioConfig, SelectConfig, SliderConfig,
    TextConfig, TextareaConfig,
};
pub use listed::{ListedQuery, ListedSkill};
pub use query::{ContentQuery, Skills};
pub use reference::{ConsentText, DataObject, PersonalityType, Practice, Skill, SkillTotal, Terms};
pub use review::{
    ListedLike, MergeListedSkillsInput, MergeListedSkillsPayload, ReviewDecision, ReviewMutation,
    ReviewQuery, ReviewSkillInput, ReviewSkillPayload, SkillProposal, SkillProposals,
};
pub use tool::{
    BucketingToolConfig, CollectionConfig, EntryLimits, FlowTrackerConfig, ListBuilderConfig,
    RankingGridConfig, Reminder, SkillTaggerConfig, SoaredFormConfig, Tool, ToolPlacement,
    ToolSettings,
};
pub use words::{
    Collected, ContentKind, FieldType, Frequency, LinkTarget, SkillCategory, SkillOrigin,
    SkillReview, SourceUsage, StoryType, ToolKind,
};

/// The library that answers this request, the same one for the whole of it. The gateway takes it
/// from the [`crate::Shelf`] and puts it into the request's data as `Arc<Library>`.
pub fn library<'a>(ctx: &Context<'a>) -> Answer<&'a Arc<Library>> {
    ctx.data_opt::<Arc<Library>>()
        .ok_or_else(|| missing("library"))
}

/// Where a stream finds the library of each moment.
pub fn shelf<'a>(ctx: &Context<'a>) -> Answer<&'a Shelf> {
    ctx.data_opt::<Shelf>().ok_or_else(|| missing("shelf"))
}

fn missing(what: &str) -> Refusal {
    tracing::error!("the gateway put no {what} into the request");
    Refusal::new(Fault::new(
        Code::Internal,
        "Something went wrong on our side.",
    ))
}
