//! What a partner may ask about its tokens, and that it wants one no more (RFC 7662, RFC 7009).

use dreamtree_database::{Database, Scope};
use dreamtree_types::Instant;
use sea_orm::{EntityTrait, ModelTrait};

use crate::{
    OauthError, Partner, Scopes,
    entity::{partner_grants, partner_tokens::Model},
    token::{self, Kind},
};

/// A token that is good.
#[derive(Clone, Debug)]
pub struct Active {
    /// What it may read now: less than it was made for once its person has limited the grant.
    pub scopes: Scopes,
    /// Whom it is about; `None` for the partner's own.
    pub subject: Option<String>,
    /// When it was made.
    pub issued_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}

/// What a token of this partner is worth; `None` for one that is worth nothing, or is another's.
pub async fn introspect(
    database: &Database,
    partner: &Partner,
    text: &str,
) -> Result<Option<Active>, OauthError> {
    let Some(row) = find(database, partner, text).await? else {
        return Ok(None);
    };
    if row.used_at.is_some() || row.expires_at <= database.clock().now() {
        return Ok(None);
    }
    let scopes = Scopes::stored(&row.scopes).and(&partner.scopes());
    let (scopes, subject) = match row.grant_id {
        None => (scopes, None),
        Some(id) => {
            let grant = partner_grants::Entity::find_by_id((partner.id, id));
            match grant.one(database.shared()).await? {
                Some(grant) => (scopes.and(&grant.scopes()), Some(grant.subject)),
                None => return Ok(None),
            }
        }
    };
    Ok(Some(Active {
        scopes,
        subject,
        issued_at: row.created_at,
        expires_at: row.expires_at,
    }))
}

/// Ends a token of this partner: an access token alone, a refresh token with its whole family. One that is none, or another's,
/// changes nothing.
pub async fn revoke(database: &Database, partner: &Partner, text: &str) -> Result<(), OauthError> {
    let Some(row) = find(database, partner, text).await? else {
        return Ok(());
    };
    let scope = Scope::nobody(database).await?;
    if row.kind == Kind::Refresh.as_str() {
        token::end_family(scope.connection(), partner.id, row.family).await?;
    } else {
        row.delete(scope.connection()).await?;
    }
    Ok(scope.commit().await?)
}

async fn find(
    database: &Database,
    partner: &Partner,
    text: &str,
) -> Result<Option<Model>, OauthError> {
    let connection = database.shared();
    if let Some(row) = token::find(connection, partner.id, Kind::Access, text).await? {
        return Ok(Some(row));
    }
    Ok(token::find(connection, partner.id, Kind::Refresh, text).await?)
}
