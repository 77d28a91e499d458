//! One person, read by a partner that they let: for interfaces of other standards, whose tokens are each about one person.
//! The consent is looked at in the transaction that reads, which waits for other writes of the person. So a withdrawal
//! comes before it, and nothing is read, or after what was read has left.

use dreamtree_audit::{self as audit, Event};
use dreamtree_database::{Database, Scope};
use dreamtree_types::{GrantId, PartnerId, UserId};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    AccessScope, Admitted, Error, Grant,
    entity::partner_grants::{Column, Entity},
};

/// Whom a partner's token is about, and what it is to read of them. Holds no transaction.
#[derive(Clone, Copy, Debug)]
pub struct Lender {
    partner: PartnerId,
    grant: GrantId,
    user: UserId,
    wanted: AccessScope,
}

/// One person's rows, open to a partner for what they let it read.
#[derive(Debug)]
pub struct Reading {
    /// The consent.
    pub grant: Grant,
    /// The person's rows. Private values are locked.
    pub scope: Scope,
}

impl Admitted {
    /// The person whom the token is about, if it reaches as far as what is wanted. A token of the partner's own is about
    /// nobody in particular: [`Error::NobodysToken`]. One statement.
    pub async fn lender(self, wanted: AccessScope) -> Result<Lender, Error> {
        if !self.scopes.has(wanted) {
            return Err(Error::InsufficientScope);
        }
        let id = self.grant.ok_or(Error::NobodysToken)?;
        let partner = self.partner.id;
        let found = Entity::find_by_id((partner, id));
        let found = found.one(self.lent.connection()).await?;
        let user = found.ok_or(Error::DeadToken)?.user_id;
        Ok(Lender {
            partner,
            grant: id,
            user,
            wanted,
        })
    }
}

impl Lender {
    /// The consent that the token stands on.
    #[must_use]
    pub const fn grant(&self) -> GrantId {
        self.grant
    }

    /// Opens the person's rows, and writes into their diary that they were read, the first time of a day. What was
    /// withdrawn or limited meanwhile is not read. It lasts with [`Reading::close`].
    pub async fn read(self, database: &Database) -> Result<Reading, Error> {
        let scope = Scope::write(database, self.user).await?;
        let grant = Entity::find_by_id((self.partner, self.grant))
            .filter(Column::UserId.eq(scope.user()))
            .one(scope.connection())
            .await?;
        let grant = grant.ok_or(Error::DeadToken)?;
        if !grant.scopes().has(self.wanted) {
            return Err(Error::InsufficientScope);
        }
        note(&scope, &grant).await?;
        Ok(Reading { grant, scope })
    }
}

impl Reading {
    /// Makes what was written last. Tell nothing of what was read before.
    pub async fn close(self) -> Result<(), DbErr> {
        self.scope.commit().await
    }
}

/// Notes that the scope's person was read, the first time of a day; not for a consent that is gone, nor twice.
pub(crate) async fn note(scope: &Scope, grant: &Grant) -> Result<(), DbErr> {
    let today = scope.now().date();
    if grant.read_on == Some(today) {
        return Ok(());
    }
    let not_today = Column::ReadOn.is_null().or(Column::ReadOn.ne(today));
    let noted = Entity::update_many()
        .col_expr(Column::ReadOn, Expr::value(today))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(grant.id))
        .filter(not_today)
        .exec(scope.connection())
        .await?;
    if noted.rows_affected > 0 {
        audit::record(scope, Event::PartnerRead(grant.partner_id.uuid())).await?;
    }
    Ok(())
}
