//! Who calls, and how a resolver gets at their rows.

use std::{fmt, sync::Arc};

use async_graphql::Context;
use dreamtree_database::{Database, Scope, fault_of};
use dreamtree_types::{Actor, ClientError, Code, Fault, Role, UserId};
use sea_orm::DbErr;
use tokio::sync::Mutex;

use crate::{Answer, Door, Entered, Refusal, refused};

/// One request's caller. Made by the gateway of the token that the request carries; who that is, is found
/// out when somebody wants to know, inside the transaction that they then read or write in.
pub struct Caller {
    database: Database,
    door: Arc<dyn Door>,
    token: Option<String>,
    snapshot: Mutex<Option<Snapshot>>,
}

#[derive(Clone)]
struct Snapshot {
    actor: Actor,
    scope: Option<Arc<Scope>>,
}

impl Caller {
    /// Whoever holds this token, as far as the door lets them in.
    #[must_use]
    pub fn new(database: Database, door: Arc<dyn Door>, token: Option<String>) -> Self {
        Self {
            database,
            door,
            token,
            snapshot: Mutex::default(),
        }
    }

    /// Whoever holds the same token, looked up anew.
    #[must_use]
    pub fn again(&self) -> Self {
        Self::new(
            self.database.clone(),
            Arc::clone(&self.door),
            self.token.clone(),
        )
    }

    /// Who asks.
    pub async fn actor(&self) -> Answer<Actor> {
        Ok(self.enter().await?.actor)
    }

    /// Who asks, with no transaction held afterwards: for what takes its time, or writes elsewhere.
    pub async fn glance(&self) -> Answer<Actor> {
        let actor = self.actor().await;
        self.let_go().await;
        actor
    }

    /// Ends the snapshot, so that nothing is held while something takes its time.
    pub async fn let_go(&self) {
        *self.snapshot.lock().await = None;
    }

    /// The person who asks, with no transaction held afterwards; a refusal for anybody without a session.
    pub async fn user(&self) -> Answer<UserId> {
        match self.glance().await? {
            Actor::User { user, .. } => Ok(user),
            stranger => Err(refuse(stranger)),
        }
    }

    /// What [`Self::user`] returns, with the session: for what depends on it.
    pub async fn session(&self) -> Answer<Actor> {
        match self.glance().await? {
            actor @ Actor::User { .. } => Ok(actor),
            stranger => Err(refuse(stranger)),
        }
    }

    /// The database, for what belongs to nobody.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The caller's rows as of one moment; the same moment for the whole query.
    pub async fn read(&self) -> Answer<Arc<Scope>> {
        let Snapshot { actor, scope } = self.enter().await?;
        scope.ok_or_else(|| refuse(actor))
    }

    /// A transaction to write in, which the session is looked up in as well: what an earlier mutation of
    /// the same operation has ended is not let in again. What is read afterwards is read anew.
    pub async fn write(&self) -> Answer<Scope> {
        self.enter_to_write().await.map(|(_, scope)| scope)
    }

    /// What [`Self::read`] returns, for operators only: to others, what they ask for is not there.
    pub async fn read_as_operator(&self) -> Answer<Arc<Scope>> {
        let scope = self.read().await?;
        self.only_operators(&scope).await?;
        Ok(scope)
    }

    /// What [`Self::write`] returns, for operators only: to others, what they ask for is not there.
    pub async fn write_as_operator(&self) -> Answer<Scope> {
        let scope = self.write().await?;
        self.only_operators(&scope).await?;
        Ok(scope)
    }

    async fn only_operators(&self, scope: &Scope) -> Answer<()> {
        match self.door.role(scope).await? {
            Role::Operator => Ok(()),
            Role::Person => Err(Refusal::new(Fault::new(
                Code::NotFound,
                "There is no such thing.",
            ))),
        }
    }

    /// What [`Self::write`] returns, and who asks: for what depends on the session itself.
    pub async fn write_in_session(&self) -> Answer<(Actor, Scope)> {
        self.enter_to_write().await
    }

    async fn enter_to_write(&self) -> Answer<(Actor, Scope)> {
        let mut snapshot = self.snapshot.lock().await;
        *snapshot = None;
        let Some(token) = &self.token else {
            return Err(refuse(Actor::Visitor));
        };
        let Entered { actor, scope } = self.door.write(&self.database, token).await?;
        match scope {
            Some(scope) => Ok((actor, scope)),
            None => Err(refuse(actor)),
        }
    }

    /// Makes what was written last.
    pub async fn commit(scope: Scope) -> Answer<()> {
        scope
            .commit()
            .await
            .map_err(|error| refused(&Outage(error)))
    }

    async fn enter(&self) -> Answer<Snapshot> {
        let Some(token) = &self.token else {
            return Ok(Snapshot {
                actor: Actor::Visitor,
                scope: None,
            });
        };
        let mut snapshot = self.snapshot.lock().await;
        if let Some(known) = snapshot.as_ref() {
            return Ok(known.clone());
        }
        let Entered { actor, scope } = self.door.read(&self.database, token).await?;
        let entered = Snapshot {
            actor,
            scope: scope.map(Arc::new),
        };
        *snapshot = Some(entered.clone());
        Ok(entered)
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Caller").finish_non_exhaustive()
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

fn refuse(actor: Actor) -> Refusal {
    Refusal::new(match actor {
        Actor::Expired => Fault::new(
            Code::SessionExpired,
            "This session has ended. Sign in again.",
        ),
        Actor::Visitor | Actor::User { .. } => Fault::new(
            Code::Unauthenticated,
            "This needs a session: begin with the mutation visit, or sign in.",
        ),
    })
}

#[derive(Debug, thiserror::Error)]
#[error("the database did not end a transaction")]
struct Outage(#[from] DbErr);

impl ClientError for Outage {
    fn fault(&self) -> Option<Fault> {
        fault_of(&self.0)
    }
}
