//! What the servers do beside answering, for those who operate them: which ones are there, what they are about to do, and
//! which letters wait. Nothing in it says whom anything is about.

use dreamtree_database::Scope;
use dreamtree_mail::entity::outbox;
use dreamtree_schedule::entity::scheduled_jobs;
use sea_orm::{DbErr, EntityTrait, Order, QueryOrder, QuerySelect, sea_query::NullOrdering};
use tokio::try_join;

use crate::entity::{operators, server_keys, servers};

/// Somebody who operates the server.
pub type Named = operators::Model;
/// A generation of the servers' own keys.
pub type Keys = server_keys::Model;
/// A server.
pub type Server = servers::Model;
/// Something that is done again and again.
pub type Job = scheduled_jobs::Model;
/// A letter that waits.
pub type Letter = outbox::Model;

/// The most letters that are looked at.
pub const MOST_LETTERS: u64 = 100;

/// What the tables say at one moment.
#[derive(Clone, Debug)]
pub struct Operations {
    /// Servers that are there, or were killed a while ago; the one that was heard of last stands first.
    pub servers: Vec<Server>,
    /// Generations of the servers' own keys, the oldest first.
    pub keys: Vec<Keys>,
    /// What is done again and again, by name.
    pub jobs: Vec<Job>,
    /// Letters that wait or were given up, those that wait first; [`MOST_LETTERS`] at most.
    pub letters: Vec<Letter>,
    /// Those who operate the server, the one that was named last first.
    pub operators: Vec<Named>,
}

/// Reads all of it; one statement.
pub async fn find(scope: &Scope) -> Result<Operations, DbErr> {
    let waiting = outbox::Entity::find()
        .order_by_with_nulls(outbox::Column::FailedAt, Order::Asc, NullOrdering::First)
        .order_by_asc(outbox::Column::Id);
    let (servers, keys, jobs, letters, operators) = try_join!(
        scope.gather(servers::Entity::find().order_by_desc(servers::Column::SeenAt)),
        scope.gather(server_keys::Entity::find().order_by_asc(server_keys::Column::Generation)),
        scope.gather(scheduled_jobs::Entity::find().order_by_asc(scheduled_jobs::Column::Name)),
        scope.gather(waiting.limit(MOST_LETTERS)),
        scope.gather(operators::Entity::find().order_by_desc(operators::Column::AddedAt)),
    )?;
    Ok(Operations {
        servers,
        keys,
        jobs,
        letters,
        operators,
    })
}
