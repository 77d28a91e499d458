//! What is told to partners is written here, in the transaction of what it tells: nothing is lost by a crash, and nothing is
//! told that did not happen.

use async_trait::async_trait;
use dreamtree_database::{Fact, Listener, Scope};
use dreamtree_types::{GrantId, PartnerId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, Statement,
};

use super::{
    WebhookEvent,
    delivery::{Body, insert, written_at},
    event::stored,
};
use crate::{
    AccessScope, Grant, Scopes,
    entity::webhook_deliveries::{Column, Entity},
};

/// Everybody whom the person lets read and who has a place to be told at.
const HEARERS: &str = "SELECT g.partner_id, g.id AS grant_id, g.subject, g.scopes, p.scopes AS may, w.events \
    FROM partner_grants g JOIN partners p ON p.id = g.partner_id AND p.closed_at IS NULL \
    JOIN partner_webhooks w ON w.partner_id = g.partner_id AND w.state = 'on' \
    WHERE g.user_id = $1";

#[derive(FromQueryResult)]
struct Hearer {
    partner_id: PartnerId,
    grant_id: GrantId,
    subject: String,
    scopes: String,
    may: String,
    events: String,
}

impl Hearer {
    /// Whether it wants to be told, and the person lets it read what it is about.
    fn hears(&self, event: WebhookEvent) -> bool {
        let may = Scopes::stored(&self.scopes).and(&Scopes::stored(&self.may));
        let covered = event.scope().is_none_or(|scope| may.has(scope));
        covered && stored(&self.events).contains(&event)
    }
}

/// Hears of what lower floors say has happened, and writes down what partners are told of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Herald;

#[async_trait]
impl Listener for Herald {
    /// One statement; one more where a partner is told.
    async fn hear(&self, scope: &Scope, fact: Fact) -> Result<(), DbErr> {
        match fact {
            Fact::CompetencyResult => {
                let event = WebhookEvent::CompetencyResultChanged;
                tell(scope, event, |_| true).await
            }
        }
    }
}

/// The person has given this grant just now.
pub(crate) async fn allowed(scope: &Scope, grant: &Grant) -> Result<(), DbErr> {
    about(scope, grant, WebhookEvent::GrantGiven).await
}

/// The person has changed this grant just now. Of a result that may not be read any more nothing is told any more.
pub(crate) async fn changed(scope: &Scope, grant: &Grant) -> Result<(), DbErr> {
    let hidden = |event: &&WebhookEvent| {
        let needed: Option<AccessScope> = event.scope();
        needed.is_some_and(|needed| !grant.scopes().has(needed))
    };
    for event in WebhookEvent::ALL.iter().filter(hidden) {
        forget(scope, grant, Some(*event)).await?;
    }
    about(scope, grant, WebhookEvent::GrantChanged).await
}

/// The person takes this grant away, which is still there. What waits to be told about it gives way to that.
pub(crate) async fn withdrawn(scope: &Scope, grant: &Grant) -> Result<(), DbErr> {
    forget(scope, grant, None).await?;
    about(scope, grant, WebhookEvent::GrantWithdrawn).await
}

async fn about(scope: &Scope, grant: &Grant, event: WebhookEvent) -> Result<(), DbErr> {
    tell(scope, event, |one| one.grant_id == grant.id).await
}

/// Takes away what has not arrived about a grant.
async fn forget(scope: &Scope, grant: &Grant, event: Option<WebhookEvent>) -> Result<(), DbErr> {
    let mut waiting = Entity::delete_many()
        .filter(Column::PartnerId.eq(grant.partner_id))
        .filter(Column::GrantId.eq(grant.id))
        .filter(Column::DeliveredAt.is_null());
    if let Some(event) = event {
        waiting = waiting.filter(Column::Event.eq(event.as_str()));
    }
    waiting.exec(scope.connection()).await?;
    Ok(())
}

/// Writes a message for each of those who hear of it, under an id of its own.
async fn tell(
    scope: &Scope,
    event: WebhookEvent,
    concerns: impl Fn(&Hearer) -> bool,
) -> Result<(), DbErr> {
    let backend = scope.connection().get_database_backend();
    let asked = Statement::from_sql_and_values(backend, HEARERS, [scope.user().into()]);
    let hearers = Hearer::find_by_statement(asked)
        .all(scope.connection())
        .await?;
    let mut rows = Vec::new();
    for one in hearers {
        if concerns(&one) && one.hears(event) {
            let body = Body {
                event: event.as_str(),
                timestamp: written_at(scope.now())?,
                subject: Some(&one.subject),
                grant: Some(one.grant_id.uuid()),
            };
            rows.push(body.row(one.partner_id, Some(one.grant_id), scope.now())?);
        }
    }
    insert(scope.connection(), rows).await
}
