//! Who waits for a person's rows to change, and how they hear of it.

use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use dreamtree_types::UserId;
use tokio::sync::{Notify, watch};

/// Says that a person's rows were written. Clones say it to the same ones.
#[derive(Clone, Debug, Default)]
pub struct Changes(Arc<Hub>);

#[derive(Debug, Default)]
struct Hub {
    waiting: Mutex<HashMap<UserId, watch::Sender<()>>>,
    relayed: AtomicBool,
    written: Mutex<HashSet<UserId>>,
    some: Notify,
}

impl Changes {
    /// Begins to wait for changes of this person's rows; `None` when `most` wait for them already.
    #[must_use]
    pub fn listen(&self, user: UserId, most: usize) -> Option<Listening> {
        let mut waiting = self.waiting();
        let sender = waiting
            .entry(user)
            .or_insert_with(|| watch::Sender::new(()));
        if sender.receiver_count() >= most {
            return None;
        }
        Some(Listening {
            receiver: sender.subscribe(),
            changes: self.clone(),
            user,
        })
    }

    /// A transaction of this process has written: whoever waits here hears of it, and those who wait at other
    /// servers do so through the relay.
    pub(crate) fn written(&self, user: UserId) {
        self.heard(user);
        if self.0.relayed.load(Ordering::Relaxed) {
            lock(&self.0.written).insert(user);
            self.0.some.notify_one();
        }
    }

    /// A transaction of some process has written.
    pub(crate) fn heard(&self, user: UserId) {
        if let Some(sender) = self.waiting().get(&user) {
            sender.send_replace(());
        }
    }

    /// Something has changed for everybody, or may have changed unheard.
    pub fn all_heard(&self) {
        for sender in self.waiting().values() {
            sender.send_replace(());
        }
    }

    /// From now on what is written here is told to a relay as well.
    pub(crate) fn begin_relay(&self) {
        self.0.relayed.store(true, Ordering::Relaxed);
    }

    /// Waits until there is something to relay.
    pub(crate) async fn some_written(&self) {
        self.0.some.notified().await;
    }

    /// Whose rows were written since the last time.
    pub(crate) fn take_written(&self) -> Vec<UserId> {
        mem::take(&mut *lock(&self.0.written)).into_iter().collect()
    }

    /// Puts back what could not be relayed.
    pub(crate) fn put_back(&self, users: Vec<UserId>) {
        lock(&self.0.written).extend(users);
        self.0.some.notify_one();
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<UserId, watch::Sender<()>>> {
        lock(&self.0.waiting)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place in the line of those who wait for changes of a person's rows.
#[derive(Debug)]
pub struct Listening {
    receiver: watch::Receiver<()>,
    changes: Changes,
    user: UserId,
}

impl Listening {
    /// Waits for a change since the last one that was heard of. Many at once are one.
    pub async fn changed(&mut self) {
        if self.receiver.changed().await.is_err() {
            // The line is kept for as long as somebody stands in it.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut waiting = self.changes.waiting();
        let alone = waiting
            .get(&self.user)
            .is_some_and(|sender| sender.receiver_count() <= 1);
        if alone {
            waiting.remove(&self.user);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    async fn hears(listening: &mut Listening) -> bool {
        let patience = Duration::from_millis(20);
        timeout(patience, listening.changed()).await.is_ok()
    }

    #[tokio::test]
    async fn many_changes_are_heard_as_one_and_only_by_who_waits_for_them() {
        let changes = Changes::default();
        let (one, other) = (UserId::new(), UserId::new());
        let mut first = changes.listen(one, 2).unwrap();
        let mut second = changes.listen(other, 2).unwrap();
        changes.written(one);
        changes.written(one);
        assert!(hears(&mut first).await);
        assert!(!hears(&mut first).await);
        assert!(!hears(&mut second).await);
        changes.all_heard();
        assert!(hears(&mut first).await && hears(&mut second).await);
    }

    #[tokio::test]
    async fn the_line_is_short_and_forgotten_with_the_last_one_in_it() {
        let changes = Changes::default();
        let user = UserId::new();
        let first = changes.listen(user, 2).unwrap();
        let mut second = changes.listen(user, 2).unwrap();
        assert!(changes.listen(user, 2).is_none());
        drop(first);
        assert!(changes.listen(user, 2).is_some());
        changes.written(user);
        assert!(hears(&mut second).await);
        drop(second);
        assert!(changes.waiting().is_empty());
    }

    #[test]
    fn what_is_written_is_kept_for_a_relay_only_where_there_is_one() {
        let changes = Changes::default();
        let user = UserId::new();
        changes.written(user);
        assert!(changes.take_written().is_empty());
        changes.begin_relay();
        changes.written(user);
        changes.written(user);
        let taken = changes.take_written();
        assert_eq!(taken, [user]);
        changes.put_back(taken);
        assert_eq!(changes.take_written(), [user]);
        assert!(changes.take_written().is_empty());
    }
}
