//! Settings and the first steps, at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Plain, Ready, caller, patch};
use dreamtree_content::graphql::{Citing, library};
use dreamtree_identity::{
    Error,
    graphql::{Viewer, current_viewer},
    settings::Change,
};

use super::{block::Block, owned::settle};
use crate::{Stretch, Wanted, page, settings};

/// What to change about the settings; a field that is left out stays.
#[derive(InputObject)]
pub struct UpdateSettingsInput {
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// The page: one of the backgrounds of `appearance`.
    pub background_color: MaybeUndefined<String>,
    /// The ink: one of the text colours that go with the background.
    pub text_color: MaybeUndefined<String>,
    /// The typeface: one of the fonts of `appearance`.
    pub font: MaybeUndefined<String>,
    /// How large text is: one of the text sizes of `appearance`.
    pub text_size: MaybeUndefined<String>,
    /// True for less motion, false for all of it; null for what the device asks for.
    pub reduced_motion: MaybeUndefined<bool>,
    /// What the person wants to be called; 1 to 100 characters, null for nothing.
    pub display_name: MaybeUndefined<String>,
    /// IANA name of the time zone in which the person's days begin, such as "Europe/Berlin".
    pub time_zone: MaybeUndefined<String>,
    /// BCP 47 tag of the language, such as "en"; at most 35 characters.
    pub language: MaybeUndefined<String>,
    /// The code of one of `personalityTypes`, such as `INTJ`; null for somebody who would rather not say.
    pub personality_type: MaybeUndefined<String>,
}

/// The settings as they are now, and where to begin.
#[derive(SimpleObject, Plain)]
pub struct SettingsPayload {
    /// The person with their settings.
    pub viewer: Viewer,
    /// The workbook's first block; null in a workbook without any.
    pub first_block: Option<Block>,
}

/// What can be done with settings.
#[derive(Clone, Copy, Debug, Default)]
pub struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Changes the caller's settings. An `expectedVersion` that is not the latest gets `CONFLICT` and shows them as
    /// they are.
    async fn update_settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateSettingsInput,
    ) -> Answer<Ready<SettingsPayload>> {
        let scope = caller(ctx)?.write().await?;
        let expected = input.expected_version;
        let saved = settings::update(&scope, library(ctx)?, expected, input.into()).await?;
        settle(ctx, scope, saved).await?;
        let first_block = if ctx.look_ahead().field("firstBlock").exists() {
            first_block(ctx).await?
        } else {
            None
        };
        Ok(Ready(SettingsPayload {
            viewer: current_viewer(ctx).await?.ok_or(Error::Gone)?,
            first_block,
        }))
    }
}

async fn first_block(ctx: &Context<'_>) -> Answer<Option<Block>> {
    let library = library(ctx)?;
    let citing = Citing::of(ctx)?;
    let scope = caller(ctx)?.read().await?;
    let page = page(&scope, library, Stretch::beginning(1), Wanted::EVERYTHING).await?;
    let mut blocks = page.span.clone();
    Ok(blocks
        .next()
        .map(|index| Block::of(library, &page.view, index, Some(citing))))
}

impl From<UpdateSettingsInput> for Change {
    fn from(input: UpdateSettingsInput) -> Self {
        Self {
            background_color: patch(input.background_color),
            text_color: patch(input.text_color),
            font: patch(input.font),
            text_size: patch(input.text_size),
            reduced_motion: patch(input.reduced_motion),
            display_name: patch(input.display_name),
            time_zone: patch(input.time_zone),
            language: patch(input.language),
            personality_type: patch(input.personality_type),
        }
    }
}
