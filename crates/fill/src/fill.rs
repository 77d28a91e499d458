//! Fills a database.

use std::sync::Arc;

use dreamtree_content::Library;
use dreamtree_types::Instant;
use sea_orm::DatabaseConnection;
use tokio::sync::mpsc;

use crate::{Error, person::Person, rows::Rows, sink::Sink};

/// People whose rows are written together.
const BATCH: u64 = 250;

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many people.
    pub people: u64,
    /// What everything is drawn from; the same seed makes the same rows.
    pub seed: u64,
    /// True when the people may join others. They are numbered on from how many there are.
    pub more: bool,
    /// How many tokens to tell.
    pub tokens: usize,
    /// When the sessions begin. All other times depend on a person's number alone.
    pub now: Instant,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Rows in all tables.
    pub rows: usize,
    /// The tokens of the first people's sessions. Whoever has one is that person.
    pub tokens: Vec<String>,
}

/// Several people.
#[derive(Default)]
struct Batch {
    rows: Rows,
    tokens: Vec<String>,
}

/// Adds people to the database, whose tables `owner` owns. All of them, or nobody.
pub async fn fill(
    owner: &DatabaseConnection,
    library: Arc<Library>,
    plan: Plan,
) -> Result<Filled, Error> {
    let mut sink = Sink::begin(owner).await?;
    let first = sink.people().await?;
    if first > 0 && !plan.more {
        return Err(Error::Inhabited(first));
    }
    let mut filled = Filled {
        rows: 0,
        tokens: Vec::with_capacity(plan.tokens),
    };
    // The next people are made while these are written.
    let (made, mut waiting) = mpsc::channel(2);
    let making = tokio::task::spawn_blocking(move || make(&library, plan, first, &made));
    while let Some(batch) = waiting.recv().await {
        let Batch { rows, tokens } = batch;
        let room = plan.tokens - filled.tokens.len();
        filled.tokens.extend(tokens.into_iter().take(room));
        filled.rows += rows.count();
        rows.write(&mut sink).await?;
    }
    making.await??;
    sink.commit().await?;
    Ok(filled)
}

/// Makes people until all are made or nobody waits for them any more.
fn make(
    library: &Library,
    plan: Plan,
    first: u64,
    made: &mpsc::Sender<Batch>,
) -> Result<(), Error> {
    let end = first + plan.people;
    let mut next = first;
    while next < end {
        let mut batch = Batch::default();
        for number in next..end.min(next + BATCH) {
            let person = Person::new(library, &mut batch.rows, plan, number)?;
            batch.tokens.push(person.live()?);
        }
        if made.blocking_send(batch).is_err() {
            return Ok(());
        }
        next += BATCH;
    }
    Ok(())
}
