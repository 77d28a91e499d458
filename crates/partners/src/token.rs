//! Tokens: made in pairs or alone, found by their hash, ended one by one or as a family.

use dreamtree_crypto::{PartnerPurpose, PartnerToken, System};
use dreamtree_types::{GrantId, Instant, PartnerId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use time::Duration;
use uuid::Uuid;

use crate::{
    Error, Scopes,
    entity::partner_tokens::{ActiveModel, Column, Entity, Model},
};

/// An access token is good for so long.
pub const ACCESS: Duration = Duration::hours(1);

/// A refresh token is good for so long; each use of one makes another.
pub(crate) const REFRESH: Duration = Duration::days(90);

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Access,
    Refresh,
}

impl Kind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }

    const fn purpose(self) -> PartnerPurpose {
        match self {
            Self::Access => PartnerPurpose::Access,
            Self::Refresh => PartnerPurpose::Refresh,
        }
    }
}

/// New tokens; their texts are kept nowhere.
#[derive(Debug)]
pub struct Issued {
    /// What to read with.
    pub access: PartnerToken,
    /// What it may read.
    pub scopes: Scopes,
    /// What to get new ones with.
    pub refresh: Option<PartnerToken>,
}

impl Issued {
    /// The text of the access token.
    #[must_use]
    pub fn access_text(&self) -> String {
        self.access.reveal()
    }

    /// The text of the refresh token, if there is one.
    #[must_use]
    pub fn refresh_text(&self) -> Option<String> {
        self.refresh.as_ref().map(PartnerToken::reveal)
    }
}

/// What tokens are made of.
pub(crate) struct Basis {
    pub(crate) partner: PartnerId,
    pub(crate) family: Uuid,
    pub(crate) grant: Option<GrantId>,
}

/// Makes an access token, and with a grant a refresh token of these scopes beside it; one statement.
pub(crate) async fn issue(
    connection: &impl ConnectionTrait,
    now: Instant,
    basis: &Basis,
    scopes: Scopes,
    refreshed: &Scopes,
) -> Result<Issued, Error> {
    let access = generate(basis, Kind::Access)?;
    let mut rows = vec![row(basis, Kind::Access, &access, &scopes, now)];
    let refresh = match basis.grant {
        Some(_) => Some(generate(basis, Kind::Refresh)?),
        None => None,
    };
    if let Some(token) = &refresh {
        rows.push(row(basis, Kind::Refresh, token, refreshed, now));
    }
    Entity::insert_many(rows)
        .exec_without_returning(connection)
        .await?;
    Ok(Issued {
        access,
        scopes,
        refresh,
    })
}

fn generate(basis: &Basis, kind: Kind) -> Result<PartnerToken, Error> {
    let partner = basis.partner.uuid();
    Ok(PartnerToken::generate(
        partner,
        kind.purpose(),
        &mut System,
    )?)
}

fn row(
    basis: &Basis,
    kind: Kind,
    token: &PartnerToken,
    scopes: &Scopes,
    now: Instant,
) -> ActiveModel {
    let lasts = match kind {
        Kind::Access => ACCESS,
        Kind::Refresh => REFRESH,
    };
    let row = Model {
        partner_id: basis.partner,
        token_hash: token.id_hash(),
        kind: kind.as_str().to_owned(),
        family: basis.family,
        grant_id: basis.grant,
        scopes: scopes.to_string(),
        used_at: None,
        created_at: now,
        expires_at: now + lasts,
    };
    row.into_active_model().reset_all()
}

/// The row of a token of this partner, be it good or not any more.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    partner: PartnerId,
    kind: Kind,
    text: &str,
) -> Result<Option<Model>, DbErr> {
    let Ok(token) = PartnerToken::parse(text, kind.purpose()) else {
        return Ok(None);
    };
    Entity::find_by_id((partner, token.id_hash()))
        .filter(Column::Kind.eq(kind.as_str()))
        .one(connection)
        .await
}

/// Ends all that came of one code.
pub(crate) async fn end_family(
    connection: &impl ConnectionTrait,
    partner: PartnerId,
    family: Uuid,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::PartnerId.eq(partner))
        .filter(Column::Family.eq(family))
        .exec(connection)
        .await?;
    Ok(())
}
