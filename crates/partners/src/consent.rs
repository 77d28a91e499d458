//! The consent page: what makes its form ours, and what comes of a yes.

use dreamtree_crypto::{
    PartnerPurpose, PartnerToken, ServerKeys, System, consent_mark, is_consent_mark,
};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, SessionId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Duration;
use uuid::Uuid;

use crate::{
    Authorization, Error, Scopes,
    entity::partner_codes::{Entity, Model},
    grant,
};

/// A page may be read for so long before the form is sent.
const PATIENCE: Duration = Duration::minutes(10);

/// A code is good for so long.
const CODE: Duration = Duration::seconds(60);

/// What the form carries so that no other page can send it, nor this one for another request or session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Seconds since 1970 when the page was made.
    pub made_at: String,
    /// What only the server can make of that, the session and the request.
    pub mark: String,
}

impl Seal {
    /// The seal of a form that this session is shown now.
    #[must_use]
    pub fn new(keys: &ServerKeys, session: SessionId, asked: &Authorization, now: Instant) -> Self {
        let made_at = now.unix_timestamp().to_string();
        let mark = with_parts(session, asked, &made_at, |parts| consent_mark(keys, parts));
        Self { made_at, mark }
    }

    /// Whether this session was shown the form of this request a short while ago.
    #[must_use]
    pub fn holds(
        &self,
        keys: &ServerKeys,
        session: SessionId,
        asked: &Authorization,
        now: Instant,
    ) -> bool {
        let made_at = self.made_at.parse().ok();
        let made_at = made_at.and_then(|seconds| Instant::from_unix_timestamp(seconds).ok());
        let fresh = made_at.is_some_and(|made_at| made_at <= now && now < made_at + PATIENCE);
        let is_mark = |parts: &[&[u8]]| is_consent_mark(keys, parts, &self.mark);
        fresh && with_parts(session, asked, &self.made_at, is_mark)
    }
}

fn with_parts<T>(
    session: SessionId,
    asked: &Authorization,
    made_at: &str,
    work: impl FnOnce(&[&[u8]]) -> T,
) -> T {
    let scopes = asked.scopes.to_string();
    work(&[
        session.uuid().as_bytes(),
        made_at.as_bytes(),
        asked.partner.id.uuid().as_bytes(),
        asked.redirect_uri.as_bytes(),
        scopes.as_bytes(),
        asked.state.as_deref().unwrap_or_default().as_bytes(),
        asked.challenge.as_bytes(),
    ])
}

/// The person says yes to these of the scopes; the code for the partner, which is kept nowhere. `chosen` is not empty.
pub async fn allow(
    scope: &Scope,
    keys: &ServerKeys,
    asked: &Authorization,
    chosen: &Scopes,
) -> Result<PartnerToken, Error> {
    let partner = &asked.partner;
    let grant = grant::allow(scope, keys, partner, &asked.scopes, chosen).await?;
    let code = PartnerToken::generate(partner.id.uuid(), PartnerPurpose::Code, &mut System)?;
    let row = Model {
        partner_id: partner.id,
        code_hash: code.id_hash(),
        grant_id: grant.id,
        family: Uuid::now_v7(),
        redirect_uri: asked.redirect_uri.clone(),
        scopes: chosen.to_string(),
        challenge: asked.challenge.clone(),
        used_at: None,
        expires_at: scope.now() + CODE,
    };
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(scope.connection())
        .await?;
    Ok(code)
}
