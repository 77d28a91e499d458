//! What stands between a session's token and the rows of a person.

use async_trait::async_trait;
use dreamtree_database::{Database, Scope};
use dreamtree_types::{Actor, Role};

use crate::Answer;

/// Who came in, and how far.
#[derive(Debug)]
pub struct Entered {
    /// Who asks.
    pub actor: Actor,
    /// Their rows, with their key if the session opens it; `None` when the session has ended.
    pub scope: Option<Scope>,
}

/// Looks up sessions, and what their people may do. Unknown, revoked and expired tokens look alike.
#[async_trait]
pub trait Door: Send + Sync {
    /// A snapshot to read from, in which the session was found.
    async fn read(&self, database: &Database, token: &str) -> Answer<Entered>;

    /// A transaction to write in, in which the session was found.
    async fn write(&self, database: &Database, token: &str) -> Answer<Entered>;

    /// What the person of this scope may do beside their own work. Few requests want to know.
    async fn role(&self, scope: &Scope) -> Answer<Role>;
}
