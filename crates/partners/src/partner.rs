//! A partner: registered by an operator or by whoever runs the server, and known by its id from then on.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{PartnerPurpose, PartnerToken, System};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, PartnerId, clean};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Scopes,
    entity::partners::{Column, Entity, Model},
    redirect, webhook,
};

/// A partner.
pub type Partner = Model;

const LONGEST_NAME: usize = 100;
const MOST_REDIRECTS: usize = 10;

/// Whether a partner's program can keep a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramKind {
    /// It runs on the partner's own servers.
    Confidential,
    /// It runs with people, in a browser or on a phone.
    Public,
}

/// A partner to register.
#[derive(Clone, Debug)]
pub struct NewPartner {
    /// As people read it on the consent page; 1 to 100 characters.
    pub name: String,
    /// Where people are sent back to; 1 to 10 addresses.
    pub redirect_uris: Vec<String>,
    /// What it may ask for; at least one.
    pub scopes: Scopes,
    /// Whether it can keep a secret.
    pub kind: ProgramKind,
}

/// A registered partner.
#[derive(Debug)]
pub struct Registered {
    /// The partner.
    pub partner: Partner,
    /// Its secret, shown once and kept nowhere; none for a public program.
    pub secret: Option<PartnerToken>,
}

impl Model {
    /// What it may ask for.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        Scopes::stored(&self.scopes)
    }

    /// Where people are sent back to.
    pub fn redirect_uris(&self) -> impl Iterator<Item = &str> {
        self.redirect_uris.split(' ')
    }

    /// Whether it can keep a secret.
    #[must_use]
    pub const fn kind(&self) -> ProgramKind {
        match self.secret_hash {
            Some(_) => ProgramKind::Confidential,
            None => ProgramKind::Public,
        }
    }
}

/// Registers a partner; one statement.
pub async fn register(
    connection: &impl ConnectionTrait,
    new: NewPartner,
    now: Instant,
) -> Result<Registered, Error> {
    let refused = |field, rule: String| Error::Input { field, rule };
    let name = clean(&new.name, LONGEST_NAME);
    let name = name.map_err(|fault| refused("input.name", fault.to_string()))?;
    if new.scopes.is_empty() {
        return Err(refused("input.scopes", "must name at least one".to_owned()));
    }
    if !(1..=MOST_REDIRECTS).contains(&new.redirect_uris.len()) {
        let rule = format!("must be 1 to {MOST_REDIRECTS} addresses");
        return Err(refused("input.redirectUris", rule));
    }
    for uri in &new.redirect_uris {
        redirect::check(uri).map_err(|fault| refused("input.redirectUris", fault.to_string()))?;
    }
    let id = PartnerId::new();
    let secret = match new.kind {
        ProgramKind::Confidential => Some(secret(id)?),
        ProgramKind::Public => None,
    };
    let partner = Model {
        id,
        name,
        secret_hash: secret.as_ref().map(PartnerToken::id_hash),
        redirect_uris: new.redirect_uris.join(" "),
        scopes: new.scopes.to_string(),
        created_at: now,
        closed_at: None,
    };
    Entity::insert(partner.clone().into_active_model().reset_all())
        .exec_without_returning(connection)
        .await?;
    Ok(Registered { partner, secret })
}

fn secret(id: PartnerId) -> Result<PartnerToken, Error> {
    let purpose = PartnerPurpose::Secret;
    Ok(PartnerToken::generate(id.uuid(), purpose, &mut System)?)
}

/// Gives a partner another secret, which is shown once; the one before proves nothing any more.
pub async fn renew_secret(
    connection: &impl ConnectionTrait,
    id: PartnerId,
) -> Result<PartnerToken, Error> {
    let secret = secret(id)?;
    let changed = Entity::update_many()
        .col_expr(Column::SecretHash, Expr::value(secret.id_hash()))
        .filter(Column::Id.eq(id))
        .filter(Column::SecretHash.is_not_null())
        .filter(Column::ClosedAt.is_null())
        .exec(connection)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::NoPartner);
    }
    Ok(secret)
}

/// Lets a partner do nothing any more: from the next request on its secret and its tokens are worth nothing. What people have
/// granted stays for them to see; what was to be told to it goes. An error for one that is closed already.
pub async fn close(
    connection: &impl ConnectionTrait,
    id: PartnerId,
    now: Instant,
) -> Result<(), Error> {
    let closed = Entity::update_many()
        .col_expr(Column::ClosedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ClosedAt.is_null())
        .exec(connection)
        .await?;
    if closed.rows_affected == 0 {
        return Err(Error::NoPartner);
    }
    Ok(webhook::forget_partner(connection, id).await?)
}

/// All partners, closed ones too, in the order of their registration.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Partner>, DbErr> {
    Entity::find()
        .order_by_asc(Column::Id)
        .all(connection)
        .await
}

/// The partner of a client id, unless it is closed.
pub async fn open(
    connection: &impl ConnectionTrait,
    client_id: &str,
) -> Result<Option<Partner>, DbErr> {
    let Ok(id) = Uuid::try_parse(client_id) else {
        return Ok(None);
    };
    Entity::find_by_id(PartnerId::from(id))
        .filter(Column::ClosedAt.is_null())
        .one(connection)
        .await
}

/// Registers a partner as the scope's person, who is an operator, and writes it into their diary.
pub(crate) async fn register_by(scope: &Scope, new: NewPartner) -> Result<Registered, Error> {
    let registered = register(scope.connection(), new, scope.now()).await?;
    let id = registered.partner.id.uuid();
    audit::record(scope, Event::PartnerRegistered(id)).await?;
    Ok(registered)
}

/// Closes a partner as the scope's person, who is an operator, and writes it into their diary.
pub(crate) async fn close_by(scope: &Scope, id: PartnerId) -> Result<(), Error> {
    close(scope.connection(), id, scope.now()).await?;
    audit::record(scope, Event::PartnerClosed(id.uuid())).await?;
    Ok(())
}

/// What [`all`] returns, as of the scope's moment.
pub(crate) async fn registered(scope: &Scope) -> Result<Vec<Partner>, DbErr> {
    all(scope.connection()).await
}
