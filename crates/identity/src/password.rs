//! Password work costs 46 MiB and tens of milliseconds: one core is left free of it, the others do one at a time each, behind
//! everything else that wants them; a short queue behind that, and "try again later" for the rest.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use dreamtree_crypto::{
    Kek, Password, PasswordRecord, Profile, ServerKeys, System, Workspace, stretch,
};
use tokio::sync::Semaphore;

use crate::Error;

/// Requests with passwords that are inside at a time, those that work and those that wait or look something up.
const PLACES: usize = 64;

/// How far work on passwords steps back: a core that something else wants gives it a tenth of its time.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Runs Argon2 on the blocking pool, a bounded number at a time.
#[derive(Clone, Debug)]
pub struct Stretcher {
    profile: Profile,
    permits: Arc<Semaphore>,
    inside: Arc<AtomicUsize>,
    workspaces: Arc<Mutex<Vec<Workspace>>>,
}

/// A place inside, given back when dropped, also when the request is given up. Whoever has to look something up before
/// takes it first: those who find none cost nothing.
#[derive(Debug)]
pub(crate) struct Place(Stretcher);

/// What a sign-in attempt yields: whether the password was right, and the key that it wraps with.
pub(crate) struct Attempt {
    pub(crate) right: bool,
    pub(crate) kek: Kek,
    /// The record to store instead, when the stored one is weaker than today's profile, or of older keys of the server.
    pub(crate) upgrade: Option<(PasswordRecord, Kek)>,
}

impl Stretcher {
    /// As many at a time as there are cores beside one, at the strength that OWASP advises.
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
            permits: Arc::new(Semaphore::new((cores - 1).max(1))),
            inside: Arc::default(),
            workspaces: Arc::default(),
        }
    }

    /// A place to work on passwords; [`Error::Busy`] when all are taken.
    pub(crate) fn enter(&self) -> Result<Place, Error> {
        let place = Place(self.clone());
        if self.inside.fetch_add(1, Ordering::AcqRel) < PLACES {
            Ok(place)
        } else {
            Err(Error::Busy)
        }
    }

    fn workspaces(&self) -> MutexGuard<'_, Vec<Workspace>> {
        self.workspaces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the memory for whoever waits: to give it back and ask for it again would cost a run's time, and at times the
    /// memory of both.
    fn keep(&self, workspace: Workspace) {
        if self.inside.load(Ordering::Acquire) > 1 {
            self.workspaces().push(workspace);
        }
    }
}

impl Place {
    /// A record for a password that somebody sets, and the key that it wraps with.
    pub(crate) async fn record(
        &self,
        password: Password,
        keys: Arc<ServerKeys>,
    ) -> Result<(PasswordRecord, Kek), Error> {
        let profile = self.0.profile;
        self.run(move |workspace| {
            Ok(PasswordRecord::create(
                &password,
                keys.pepper(),
                profile,
                &mut System,
                workspace,
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
        let profile = self.0.profile;
        self.run(move |workspace| {
            let newest = keys.pepper();
            let Some(record) = record else {
                let kek = stretch(&password, &decoy_salt, profile, workspace)?.kek(newest);
                return Ok(Attempt {
                    right: false,
                    kek,
                    upgrade: None,
                });
            };
            let pepper = keys.pepper_of(record.generation());
            let pepper = pepper.ok_or(Error::ServerKeys(record.generation()))?;
            let stretched = record.stretch(&password, workspace)?;
            let right = record.verify(&stretched, pepper);
            let upgrade = if right && record.needs_upgrade(profile) {
                let made =
                    PasswordRecord::create(&password, newest, profile, &mut System, workspace)?;
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
        work: impl FnOnce(&mut Workspace) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let permit = Arc::clone(&self.0.permits)
            .acquire_owned()
            .await
            .map_err(|_| Error::Busy)?;
        let stretcher = self.0.clone();
        tokio::task::spawn_blocking(move || {
            step_back();
            let mut workspace = stretcher.workspaces().pop().unwrap_or_default();
            let result = work(&mut workspace);
            stretcher.keep(workspace);
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

impl Drop for Place {
    fn drop(&mut self) {
        if self.0.inside.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.workspaces().clear();
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::getpriority_process;

    #[tokio::test]
    async fn work_on_passwords_steps_back_and_nothing_else_does() {
        let before = getpriority_process(None).unwrap();
        let stretcher = Stretcher::new();
        let place = stretcher.enter().unwrap();
        let there = place
            .run(|_| Ok(getpriority_process(None).unwrap()))
            .await
            .unwrap();
        assert_eq!(there, before.max(NICE));
        assert_eq!(getpriority_process(None).unwrap(), before);
    }

    #[test]
    fn places_are_counted_and_given_back() {
        let stretcher = Stretcher::new();
        let mut places: Vec<_> = (0..PLACES).map(|_| stretcher.enter().unwrap()).collect();
        assert!(matches!(stretcher.enter(), Err(Error::Busy)));
        places.pop();
        assert!(stretcher.enter().is_ok());
    }
}
