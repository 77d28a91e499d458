//! The token endpoint: a code, a refresh token or nothing but the partner's own name for new tokens. Whatever is used a
//! second time has leaked, and ends all that came of it (RFC 6749, 4.1.2 and 10.4).

use dreamtree_crypto::{PartnerPurpose, PartnerToken, pkce_challenge};
use dreamtree_database::{Database, Scope};
use dreamtree_types::{GrantId, PartnerId};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Grant, OauthError, Partner, ProgramKind, Scopes,
    entity::{partner_codes, partner_grants, partner_tokens},
    token::{self, Basis, Issued, Kind},
};

/// Exchanges a code. `redirect_uri` is the one that the code was sent to; `verifier` fits the challenge.
pub async fn with_code(
    database: &Database,
    partner: &Partner,
    code: &str,
    redirect_uri: &str,
    verifier: &str,
) -> Result<Issued, OauthError> {
    let code = PartnerToken::parse(code, PartnerPurpose::Code);
    let code = code.map_err(|_| OauthError::InvalidGrant)?;
    let scope = Scope::nobody(database).await?;
    let found = partner_codes::Entity::find_by_id((partner.id, code.id_hash()))
        .one(scope.connection())
        .await?;
    let found = found.ok_or(OauthError::InvalidGrant)?;
    if !use_code(&scope, &found).await? {
        token::end_family(scope.connection(), partner.id, found.family).await?;
        scope.commit().await?;
        return Err(OauthError::InvalidGrant);
    }
    let fits = scope.now() < found.expires_at
        && found.redirect_uri == redirect_uri
        && is_verifier(verifier)
        && found.challenge == pkce_challenge(verifier);
    let grant = live(&scope, partner.id, found.grant_id).await?;
    let (true, Some(grant)) = (fits, grant) else {
        // The code is used all the same: nobody is to try verifiers on it.
        scope.commit().await?;
        return Err(OauthError::InvalidGrant);
    };
    let scopes = Scopes::stored(&found.scopes);
    let scopes = scopes.and(&grant.scopes()).and(&partner.scopes());
    let basis = Basis {
        partner: partner.id,
        family: found.family,
        grant: Some(grant.id),
    };
    let issued = token::issue(
        scope.connection(),
        scope.now(),
        &basis,
        scopes.clone(),
        &scopes,
    );
    let issued = issued.await?;
    scope.commit().await?;
    Ok(issued)
}

/// Exchanges a refresh token. The new access token may be asked for with fewer scopes.
pub async fn with_refresh(
    database: &Database,
    partner: &Partner,
    refresh: &str,
    scopes: Option<&str>,
) -> Result<Issued, OauthError> {
    let scope = Scope::nobody(database).await?;
    let found = token::find(scope.connection(), partner.id, Kind::Refresh, refresh).await?;
    let found = found.filter(|row| scope.now() < row.expires_at);
    let found = found.ok_or(OauthError::InvalidGrant)?;
    if !use_refresh(&scope, &found).await? {
        token::end_family(scope.connection(), partner.id, found.family).await?;
        scope.commit().await?;
        return Err(OauthError::InvalidGrant);
    }
    // A refusal from here on rolls back, and the token can be used again.
    let granted = Scopes::stored(&found.scopes);
    let wanted = wanted(scopes, &granted)?;
    let grant = match found.grant_id {
        Some(id) => live(&scope, partner.id, id).await?,
        None => None,
    };
    let grant = grant.ok_or(OauthError::InvalidGrant)?;
    let basis = Basis {
        partner: partner.id,
        family: found.family,
        grant: Some(grant.id),
    };
    let wanted = wanted.and(&grant.scopes()).and(&partner.scopes());
    let issued = token::issue(scope.connection(), scope.now(), &basis, wanted, &granted).await?;
    scope.commit().await?;
    Ok(issued)
}

/// An access token that is about no single person: it reads whoever lets the partner read.
pub async fn for_itself(
    database: &Database,
    partner: &Partner,
    scopes: Option<&str>,
) -> Result<Issued, OauthError> {
    if partner.kind() == ProgramKind::Public {
        let rule = "Only a program that keeps a secret may ask for itself.";
        return Err(OauthError::UnauthorizedClient(rule));
    }
    let wanted = wanted(scopes, &partner.scopes())?;
    let basis = Basis {
        partner: partner.id,
        family: Uuid::now_v7(),
        grant: None,
    };
    let scope = Scope::nobody(database).await?;
    let none = Scopes::default();
    let issued = token::issue(scope.connection(), scope.now(), &basis, wanted, &none).await?;
    scope.commit().await?;
    Ok(issued)
}

/// The scopes that are asked for, or all where none are named.
fn wanted(asked: Option<&str>, most: &Scopes) -> Result<Scopes, OauthError> {
    let asked = Scopes::parse(asked.unwrap_or_default()).map_err(|_| OauthError::InvalidScope)?;
    if !asked.within(most) {
        return Err(OauthError::InvalidScope);
    }
    Ok(if asked.is_empty() {
        most.clone()
    } else {
        asked
    })
}

/// RFC 7636, 4.1.
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

/// Marks a code as used; false when somebody else was first.
async fn use_code(scope: &Scope, code: &partner_codes::Model) -> Result<bool, DbErr> {
    use partner_codes::Column;
    let used = partner_codes::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(scope.now()))
        .filter(Column::PartnerId.eq(code.partner_id))
        .filter(Column::CodeHash.eq(&code.code_hash))
        .filter(Column::UsedAt.is_null())
        .exec(scope.connection())
        .await?;
    Ok(used.rows_affected > 0)
}

/// Marks a refresh token as used; false when somebody else was first.
async fn use_refresh(scope: &Scope, token: &partner_tokens::Model) -> Result<bool, DbErr> {
    use partner_tokens::Column;
    let used = partner_tokens::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(scope.now()))
        .filter(Column::PartnerId.eq(token.partner_id))
        .filter(Column::TokenHash.eq(&token.token_hash))
        .filter(Column::UsedAt.is_null())
        .exec(scope.connection())
        .await?;
    Ok(used.rows_affected > 0)
}

/// The grant, while it stands.
async fn live(scope: &Scope, partner: PartnerId, id: GrantId) -> Result<Option<Grant>, DbErr> {
    partner_grants::Entity::find_by_id((partner, id))
        .one(scope.connection())
        .await
}
