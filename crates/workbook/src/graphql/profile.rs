//! The profile at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Plain, PrivateText, Ready, caller, patch};
use time::OffsetDateTime;

use super::{owned::settle, tool::dashboard::DashboardAnswer};
use crate::profile::{self, Draft};

/// Who somebody finds they are; the texts that the workbook leads to.
#[derive(SimpleObject, Plain)]
pub struct Profile {
    /// In a few words.
    pub headline: PrivateText,
    /// In a few sentences.
    pub summary: PrivateText,
    /// How they became who they are.
    pub identity_story: PrivateText,
    /// The same as a tale.
    pub allegory: PrivateText,
    /// What they bring to others.
    pub value_proposition: PrivateText,
    /// How their life is going; null until they have rated it in the workbook.
    pub life_dashboard: Option<DashboardAnswer>,
    /// Counts the changes of the texts, 0 before the first; `expectedVersion` is compared with it. The dashboard
    /// does not count.
    pub revision: i32,
    /// When a text or the dashboard was first saved; null before.
    pub created_at: Option<OffsetDateTime>,
    /// When a text or the dashboard was last saved; null before.
    pub updated_at: Option<OffsetDateTime>,
}

/// What to change about the profile; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateProfileInput {
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// In a few words; at most 200 characters.
    pub headline: MaybeUndefined<String>,
    /// In a few sentences; at most 1,000 characters.
    pub summary: MaybeUndefined<String>,
    /// How the person became who they are; at most 10,000 characters.
    pub identity_story: MaybeUndefined<String>,
    /// The same as a tale; at most 10,000 characters.
    pub allegory: MaybeUndefined<String>,
    /// What they bring to others; at most 200 characters.
    pub value_proposition: MaybeUndefined<String>,
}

/// The profile as it is now.
#[derive(SimpleObject, Plain)]
pub struct ProfilePayload {
    /// The profile.
    pub profile: Profile,
}

/// What can be asked about the profile.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProfileQuery;

#[Object]
impl ProfileQuery {
    /// The caller's profile; empty before the first text.
    async fn profile(&self, ctx: &Context<'_>) -> Answer<Ready<Profile>> {
        let scope = caller(ctx)?.read().await?;
        Ok(Ready(profile::get(&scope).await?.into()))
    }
}

/// What can be done with the profile.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProfileMutation;

#[Object]
impl ProfileMutation {
    /// Changes texts of the caller's profile. An `expectedVersion` that is not the latest gets `CONFLICT` and shows
    /// the profile as it is.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateProfileInput,
    ) -> Answer<Ready<ProfilePayload>> {
        let scope = caller(ctx)?.write().await?;
        let saved = profile::update(&scope, input.expected_version, input.into()).await?;
        let profile = settle(ctx, scope, saved).await?.into();
        Ok(Ready(ProfilePayload { profile }))
    }
}

impl From<UpdateProfileInput> for Draft {
    fn from(input: UpdateProfileInput) -> Self {
        Self {
            headline: patch(input.headline),
            summary: patch(input.summary),
            identity_story: patch(input.identity_story),
            allegory: patch(input.allegory),
            value_proposition: patch(input.value_proposition),
        }
    }
}

impl From<profile::Profile> for Profile {
    fn from(profile: profile::Profile) -> Self {
        Self {
            headline: profile.headline.into(),
            summary: profile.summary.into(),
            identity_story: profile.identity_story.into(),
            allegory: profile.allegory.into(),
            value_proposition: profile.value_proposition.into(),
            life_dashboard: profile.life_dashboard.map(Into::into),
            revision: profile.revision,
            created_at: profile.created_at,
            updated_at: profile.updated_at,
        }
    }
}
