//! Password work costs 46 MiB and tens of milliseconds: so many at a time as there are cores, behind everything else that
//! wants a core, a short queue behind them, and "try again later" for the rest.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use dreamtree_crypto::{
    Kek, Password, PasswordRecord, Pepper, Profile, ServerKeys, System, stretch,
};
use tokio::sync::Semaphore;

use crate::Error;

const QUEUE: usize = 64;

/// How far work on passwords steps back: a core that something else wants gives it a tenth of its time.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Runs Argon2 on the blocking pool, a bounded number at a time.
#[derive(Clone, Debug)]
pub struct Stretcher {
    profile: Profile,
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

/// What a sign-in attempt yields: whether the password was right, and the key that it wraps with.
pub(crate) struct Attempt {
    pub(crate) right: bool,
    pub(crate) kek: Kek,
    /// The record to store instead, when the stored one is weaker than today's profile, or of older keys of the server.
    pub(crate) upgrade: Option<(PasswordRecord, Kek)>,
}

impl Stretcher {
    /// As many at a time as there are cores, at the strength that OWASP advises.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Profile::OWASP)
    }

    /// Fast enough for tests; there is no way to it in a server.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn cheap() -> Self {
        Self::with(Profile::cheap())
    }

    fn with(profile: Profile) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            profile,
            permits: Arc::new(Semaphore::new(cores)),
            waiting: Arc::default(),
        }
    }

    /// A record for a password that somebody sets, and the key that it wraps with.
    pub(crate) async fn record(
        &self,
        password: Password,
        keys: Arc<ServerKeys>,
    ) -> Result<(PasswordRecord, Kek), Error> {
        let profile = self.profile;
        self.run(move || {
            Ok(PasswordRecord::create(
                &password,
                keys.pepper(),
                profile,
                &mut System,
            )?)
        })
        .await
    }

    /// Checks an attempt against a record, or against nothing at the same cost.
    pub(crate) async fn attempt(
        &self,
        password: Password,
        record: Option<PasswordRecord>,
        decoy_salt: [u8; 16],
        keys: Arc<ServerKeys>,
    ) -> Result<Attempt, Error> {
        let profile = self.profile;
        self.run(move || {
            let newest = keys.pepper();
            let Some(record) = record else {
                return decoy(&password, &decoy_salt, profile, newest);
            };
            let pepper = keys.pepper_of(record.generation());
            let pepper = pepper.ok_or(Error::ServerKeys(record.generation()))?;
            let stretched = record.stretch(&password)?;
            let right = record.verify(&stretched, pepper);
            let upgrade = if right && record.needs_upgrade(profile) {
                let made = PasswordRecord::create(&password, newest, profile, &mut System)?;
                Some(made)
            } else if right && record.generation() < newest.generation() {
                Some(record.rekeyed(&stretched, newest))
            } else {
                None
            };
            Ok(Attempt {
                right,
                kek: stretched.kek(pepper),
                upgrade,
            })
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let place = Place::take(&self.waiting)?;
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| Error::Busy)?;
        drop(place);
        tokio::task::spawn_blocking(move || {
            step_back();
            let result = work();
            drop(permit);
            result
        })
        .await?
    }
}

impl Default for Stretcher {
    fn default() -> Self {
        Self::new()
    }
}

fn decoy(
    password: &Password,
    salt: &[u8; 16],
    profile: Profile,
    pepper: &Pepper,
) -> Result<Attempt, Error> {
    let kek = stretch(password, salt, profile)?.kek(pepper);
    Ok(Attempt {
        right: false,
        kek,
        upgrade: None,
    })
}

/// Lets everything else that wants the core go first: it is over in no time, and would wait for all of this work. Linux
/// keeps the priority with the thread; what else the threads of the blocking pool do (pictures as PNG, names of hosts) may be
/// slower by it.
#[cfg(target_os = "linux")]
fn step_back() {
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "work on passwords does not step back");
    }
}

#[cfg(not(target_os = "linux"))]
const fn step_back() {}

/// A place in the queue, given back when dropped, also when the request is given up.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Result<Self, Error> {
        let place = Self(Arc::clone(waiting));
        if waiting.fetch_add(1, Ordering::AcqRel) < QUEUE {
            Ok(place)
        } else {
            Err(Error::Busy)
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::getpriority_process;

    #[tokio::test]
    async fn work_on_passwords_steps_back_and_nothing_else_does() {
        let before = getpriority_process(None).unwrap();
        let there = Stretcher::new()
            .run(|| Ok(getpriority_process(None).unwrap()))
            .await
            .unwrap();
        assert_eq!(there, before.max(NICE));
        assert_eq!(getpriority_process(None).unwrap(), before);
    }
}
