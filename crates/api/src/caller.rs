//! Who calls, and how a resolver gets at their rows.

use std::sync::Arc;

use async_graphql::Context;
use dreamtree_database::{Database, Scope, Vault, fault_of};
use dreamtree_types::{Actor, ClientError, Code, Fault, UserId};
use sea_orm::DbErr;
use tokio::sync::Mutex;

use crate::{Answer, Refusal, refused};

/// One request's caller: the actor, their vault and one snapshot of their rows. Made by the gateway.
#[derive(Debug)]
pub struct Caller {
    database: Database,
    actor: Actor,
    vault: Vault,
    snapshot: Mutex<Option<Arc<Scope>>>,
}

impl Caller {
    /// A caller; `snapshot` is the scope in which the session was looked up, if it may serve the request too.
    #[must_use]
    pub fn new(database: Database, actor: Actor, vault: Vault, snapshot: Option<Scope>) -> Self {
        let snapshot = Mutex::new(snapshot.map(|scope| Arc::new(scope.with_vault(vault.clone()))));
        Self {
            database,
            actor,
            vault,
            snapshot,
        }
    }

    /// Who asks.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// The person who asks; a refusal for anybody without a session.
    pub fn user(&self) -> Answer<UserId> {
        match self.actor {
            Actor::User { user, .. } => Ok(user),
            Actor::Visitor => Err(Refusal::new(Fault::new(
                Code::Unauthenticated,
                "This needs a session: begin with the mutation visit, or sign in.",
            ))),
            Actor::Expired => Err(Refusal::new(Fault::new(
                Code::SessionExpired,
                "This session has ended. Sign in again.",
            ))),
        }
    }

    /// The database, for what belongs to nobody.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The person's key, or the lack of it.
    #[must_use]
    pub const fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The caller's rows as of one moment; the same moment for the whole query.
    pub async fn read(&self) -> Answer<Arc<Scope>> {
        let user = self.user()?;
        let mut snapshot = self.snapshot.lock().await;
        if let Some(scope) = snapshot.as_ref() {
            return Ok(Arc::clone(scope));
        }
        let scope = Scope::read(&self.database, user).await.map_err(Outage)?;
        let scope = Arc::new(scope.with_vault(self.vault.clone()));
        *snapshot = Some(Arc::clone(&scope));
        Ok(scope)
    }

    /// A transaction to write in. What is read afterwards is read anew.
    pub async fn write(&self) -> Answer<Scope> {
        let user = self.user()?;
        self.snapshot.lock().await.take();
        let scope = Scope::write(&self.database, user).await.map_err(Outage)?;
        Ok(scope.with_vault(self.vault.clone()))
    }

    /// Makes what was written last.
    pub async fn commit(scope: Scope) -> Answer<()> {
        scope
            .commit()
            .await
            .map_err(|error| refused(&Outage(error)))
    }
}

/// The caller of the request that is being answered.
pub fn caller<'a>(context: &Context<'a>) -> Answer<&'a Caller> {
    context.data_opt::<Caller>().ok_or_else(|| {
        tracing::error!("the gateway put no caller into the request");
        Refusal::new(Fault::new(
            Code::Internal,
            "Something went wrong on our side.",
        ))
    })
}

#[derive(Debug, thiserror::Error)]
#[error("the database did not begin or end a transaction")]
struct Outage(#[from] DbErr);

impl ClientError for Outage {
    fn fault(&self) -> Option<Fault> {
        fault_of(&self.0)
    }
}
