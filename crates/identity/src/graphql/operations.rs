//! What the servers do beside answering, at the edge.

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_api::{Answer, Plain, Ready, UNPAGED, caller};
use dreamtree_types::UserId;
use time::OffsetDateTime;

use crate::{
    Error,
    operations::{self, Job, Keys, Letter, Named, Server},
};

/// What the servers do beside answering. Nothing in it says whom anything is about.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Operations {
    /// Servers that are there, or were killed a while ago; the one that was heard of last stands first.
    pub servers: Vec<RunningServer>,
    /// Generations of the servers' own keys, the oldest first; the newest one is in use.
    pub keys: Vec<KeyGeneration>,
    /// What is done again and again, by name.
    pub jobs: Vec<ScheduledJob>,
    /// Letters that wait to be sent or were given up, those that wait first; 100 at most.
    pub letters: Vec<WaitingLetter>,
    /// Those who operate the server, the one that was named last first.
    pub operators: Vec<NamedOperator>,
}

/// A server. One that ends in good order is no longer there; one that was killed stays for half a minute.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct RunningServer {
    /// Made anew at each start.
    pub id: String,
    /// The newest generation of keys in its key file, from 1.
    pub newest_keys: i32,
    /// The generation of keys that it writes with.
    pub keys_in_use: i32,
    /// When it last said that it is there, which it does every five seconds.
    pub seen_at: OffsetDateTime,
}

/// A generation of the servers' own keys.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct KeyGeneration {
    /// From 1.
    pub generation: i32,
    /// When it was taken into use.
    pub in_use_since: OffsetDateTime,
}

/// Something that is done again and again, by one server at a time.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ScheduledJob {
    /// What is done, such as `sweep`.
    pub name: String,
    /// When it is begun next.
    pub due_at: OffsetDateTime,
    /// The process that is at it; null while none is.
    pub holder: Option<String>,
    /// Until when no other begins it unless that one says that it is still there; null while none is at it.
    pub held_until: Option<OffsetDateTime>,
    /// How often it was begun.
    pub runs: i32,
    /// When it was last done as a whole; null before the first time.
    pub finished_at: Option<OffsetDateTime>,
}

/// A letter that waits to be sent, or was given up. To whom it goes and what it says is sealed.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct WaitingLetter {
    /// Its Message-ID is made of it.
    pub id: String,
    /// What it is about, such as `reset_password`.
    pub kind: String,
    /// How often it was tried; 12 times at most.
    pub attempts: i32,
    /// When it is tried next.
    pub next_attempt_at: OffsetDateTime,
    /// When it was written.
    pub created_at: OffsetDateTime,
    /// When it was given up; null while it is still tried.
    pub failed_at: Option<OffsetDateTime>,
}

/// Somebody who operates the server.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct NamedOperator {
    /// True for whoever asks. `dreamtree operator list` names the others.
    pub you: bool,
    /// When they were named.
    pub added_at: OffsetDateTime,
}

/// What operators can ask about the servers.
#[derive(Clone, Copy, Debug, Default)]
pub struct OperationsQuery;

#[Object]
impl OperationsQuery {
    /// For operators: what the servers do beside answering.
    #[graphql(complexity = "UNPAGED * child_complexity + 1")]
    async fn operations(&self, ctx: &Context<'_>) -> Answer<Ready<Operations>> {
        let scope = caller(ctx)?.read_as_operator().await?;
        let found = operations::find(&scope).await.map_err(Error::from)?;
        Ok(Ready(Operations::of(scope.user(), found)))
    }
}

impl Operations {
    fn of(user: UserId, found: operations::Operations) -> Self {
        let operators = found.operators.iter();
        Self {
            servers: found.servers.iter().map(Into::into).collect(),
            keys: found.keys.iter().map(Into::into).collect(),
            jobs: found.jobs.into_iter().map(Into::into).collect(),
            letters: found.letters.into_iter().map(Into::into).collect(),
            operators: operators.map(|row| NamedOperator::of(user, row)).collect(),
        }
    }
}

impl NamedOperator {
    fn of(user: UserId, row: &Named) -> Self {
        Self {
            you: row.user_id == user,
            added_at: row.added_at,
        }
    }
}

impl From<&Server> for RunningServer {
    fn from(row: &Server) -> Self {
        Self {
            id: row.id.to_string(),
            newest_keys: row.newest_keys,
            keys_in_use: row.keys_in_use,
            seen_at: row.seen_at,
        }
    }
}

impl From<&Keys> for KeyGeneration {
    fn from(row: &Keys) -> Self {
        Self {
            generation: row.generation,
            in_use_since: row.in_use_since,
        }
    }
}

impl From<Job> for ScheduledJob {
    fn from(row: Job) -> Self {
        Self {
            name: row.name,
            due_at: row.due_at,
            holder: row.holder.map(|holder| holder.to_string()),
            held_until: row.held_until,
            runs: row.runs,
            finished_at: row.finished_at,
        }
    }
}

impl From<Letter> for WaitingLetter {
    fn from(row: Letter) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at,
            created_at: row.created_at,
            failed_at: row.failed_at,
        }
    }
}
