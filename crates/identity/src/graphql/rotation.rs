//! A new data key, at the edge.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Plain, Refusal};

use super::{
    Viewer,
    holder::holder,
    mutation::{ALONE, TokenDelivery, hand_out},
    passkey::Passkey,
    query::{client, identity},
};
use crate::{fresh, rotation::rotate};

/// What is asked of somebody who wants a new data key.
#[derive(InputObject)]
pub struct RotateDataKeyInput {
    /// The password; for an account that has one.
    pub password: Option<String>,
}

/// There is a new data key.
#[derive(Debug, SimpleObject, Plain)]
pub struct RotateDataKeyPayload {
    /// The new session's token, if asked for with BEARER; all earlier sessions have ended.
    pub token: Option<String>,
    /// The person.
    pub viewer: Viewer,
    /// Opens the private values should the password be lost, in the place of the code before; null for an account
    /// without a password. Shown this once and kept nowhere.
    pub recovery_code: Option<String>,
    /// How many rows were sealed anew.
    pub resealed: i32,
    /// Passkeys that have opened the private values and now leave them LOCKED: the new key can be wrapped for them only with
    /// what their devices yield. The next time that the caller signs in with one, `unlockVault` and `renewPasskey`.
    pub passkeys_to_renew: Vec<Passkey>,
}

/// What can be done with data keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct RotationMutation;

#[Object]
impl RotationMutation {
    /// Gives the caller a new data key and seals all private values anew, at once or not at all. All sessions end, this
    /// one gets a new token, and the recovery code is another one. It needs fresh authentication.
    #[graphql(complexity = "ALONE + child_complexity")]
    async fn rotate_data_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What shows who asks.")] input: RotateDataKeyInput,
        #[graphql(default, desc = "How the token reaches the client.")] delivery: TokenDelivery,
    ) -> Answer<RotateDataKeyPayload> {
        let (caller, user) = holder(ctx).await?;
        let begin = async || fresh::write(caller).await;
        let (database, identity) = (caller.database(), identity(ctx)?);
        let rotated =
            rotate::<Refusal>(database, identity, client(ctx), user, input.password, begin).await?;
        Ok(RotateDataKeyPayload {
            token: hand_out(ctx, &rotated.opened.token, delivery)?,
            viewer: rotated.viewer.into(),
            recovery_code: rotated.recovery.map(|code| code.reveal()),
            resealed: i32::try_from(rotated.resealed).unwrap_or(i32::MAX),
            passkeys_to_renew: rotated.shut.into_iter().map(Into::into).collect(),
        })
    }
}
