//! What a person lets a partner read: given on the consent page, limited and withdrawn whenever they like.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{ServerKeys, pairwise_subject};
use dreamtree_database::Scope;
use dreamtree_types::{GrantId, PartnerId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use crate::{
    AccessScope, Error, Partner, Scopes, credential,
    entity::{
        partner_codes,
        partner_grants::{Column, Entity, Model},
        partner_tokens, partners,
    },
    webhook,
};

/// What a person lets a partner read.
pub type Grant = Model;

impl Model {
    /// What may be read.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        Scopes::stored(&self.scopes)
    }
}

/// The person's grants, each with its partner, in the order of their giving; two statements.
pub async fn all(scope: &Scope) -> Result<Vec<(Grant, Partner)>, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id);
    let grants = scope.gather(mine).await?;
    let wanted: Vec<PartnerId> = grants.iter().map(|grant| grant.partner_id).collect();
    let theirs = partners::Entity::find().filter(scope.among(partners::Column::Id, &wanted));
    let partners = scope.gather(theirs).await?;
    let known = |grant: Grant| {
        let partner = partners.iter().find(|one| one.id == grant.partner_id);
        partner.cloned().map(|partner| (grant, partner))
    };
    Ok(grants.into_iter().filter_map(known).collect())
}

/// Lets a partner read what was chosen of what it has asked for; what it did not ask for this time stays as it was.
/// `chosen` is not empty.
pub(crate) async fn allow(
    scope: &Scope,
    keys: &ServerKeys,
    partner: &Partner,
    asked: &Scopes,
    chosen: &Scopes,
) -> Result<Grant, Error> {
    let Some(before) = of(scope, partner.id).await? else {
        let grant = Model {
            partner_id: partner.id,
            id: GrantId::new(),
            user_id: scope.user(),
            subject: pairwise_subject(keys, partner.id.uuid(), scope.user().uuid()),
            scopes: chosen.to_string(),
            read_on: None,
            created_at: scope.now(),
            updated_at: scope.now(),
        };
        Entity::insert(grant.clone().into_active_model().reset_all())
            .exec_without_returning(scope.connection())
            .await?;
        audit::record(scope, Event::PartnerAllowed(partner.id.uuid())).await?;
        webhook::allowed(scope, &grant).await?;
        return Ok(grant);
    };
    let scopes = before.scopes().without(asked).or(chosen);
    change(scope, before, &scopes).await
}

/// Takes some of what a partner may read away again: leaves these scopes, which must be among those that it has.
pub async fn limit(scope: &Scope, id: GrantId, scopes: &Scopes) -> Result<Grant, Error> {
    let before = get(scope, id).await?;
    if scopes.is_empty() || !scopes.within(&before.scopes()) {
        let rule = "must be some of what is granted already; to take all of it away, withdraw it";
        return Err(Error::Input {
            field: "input.scopes",
            rule: rule.to_owned(),
        });
    }
    change(scope, before, scopes).await
}

/// Takes all of it away; the partner's tokens for this person are worth nothing from then on.
pub async fn withdraw(scope: &Scope, id: GrantId) -> Result<(), Error> {
    let grant = get(scope, id).await?;
    end(scope, &grant).await?;
    audit::record(scope, Event::PartnerWithdrawn(grant.partner_id.uuid())).await?;
    Ok(())
}

/// The scope's person is about to go: takes all grants away, without a word about it.
pub async fn forget(scope: &Scope) -> Result<(), DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .all(scope.connection())
        .await?;
    for grant in mine {
        end(scope, &grant).await?;
    }
    Ok(())
}

/// Takes a grant away, and first what stands on it; the partner is told.
async fn end(scope: &Scope, grant: &Grant) -> Result<(), DbErr> {
    credential::revoke(scope, grant.id).await?;
    let connection = scope.connection();
    webhook::withdrawn(scope, grant).await?;
    partner_tokens::Entity::delete_many()
        .filter(partner_tokens::Column::PartnerId.eq(grant.partner_id))
        .filter(partner_tokens::Column::GrantId.eq(grant.id))
        .exec(connection)
        .await?;
    partner_codes::Entity::delete_many()
        .filter(partner_codes::Column::PartnerId.eq(grant.partner_id))
        .filter(partner_codes::Column::GrantId.eq(grant.id))
        .exec(connection)
        .await?;
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(grant.id))
        .exec(connection)
        .await?;
    Ok(())
}

async fn change(scope: &Scope, before: Grant, scopes: &Scopes) -> Result<Grant, Error> {
    let known = before.scopes();
    if known == *scopes {
        return Ok(before);
    }
    let grant = Model {
        scopes: scopes.to_string(),
        updated_at: scope.now(),
        ..before
    };
    Entity::update_many()
        .set(grant.clone().into_active_model().reset_all())
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(grant.id))
        .exec(scope.connection())
        .await?;
    if !scopes.has(AccessScope::CredentialReadonly) {
        credential::revoke(scope, grant.id).await?;
    }
    let partner = grant.partner_id.uuid();
    let event = if scopes.within(&known) {
        Event::PartnerLimited(partner)
    } else {
        Event::PartnerAllowed(partner)
    };
    audit::record(scope, event).await?;
    webhook::changed(scope, &grant).await?;
    Ok(grant)
}

async fn get(scope: &Scope, id: GrantId) -> Result<Grant, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id));
    let found = mine.one(scope.connection()).await?;
    found.ok_or(Error::NoGrant)
}

async fn of(scope: &Scope, partner: PartnerId) -> Result<Option<Grant>, DbErr> {
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::PartnerId.eq(partner))
        .one(scope.connection())
        .await
}
