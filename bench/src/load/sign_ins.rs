//! A thousand people who sign in at once, at full strength of Argon2: the server's memory stays within what its permits
//! promise, and whoever reads meanwhile notices little.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use clap::Args;
use serde_json::json;

use crate::{
    Outcome,
    client::{Client, failed, post},
    drive::{Driven, count},
    process,
};

/// What readers ask for: who they are, which finds their session.
const READ: &str = "{ viewer { id anonymous } }";

const SIGN_IN: &str =
    "mutation($input: SignInInput!) { signIn(input: $input, delivery: BEARER) { token } }";

/// Readers beside them, and how long each rests between two requests, so that the server is not busy with them alone.
const READERS: usize = 8;
const REST: Duration = Duration::from_millis(20);

/// How long somebody who was told `BUSY` waits: from half a second to one and a half, each another time, as clients do that
/// do not want to meet all the others again.
fn wait(number: usize, tries: usize) -> Duration {
    let spread = (number * 389 + tries * 613) % 1_000;
    Duration::from_millis(500 + spread as u64)
}

/// Memory of one run of Argon2, in KiB.
const ONE_RUN: u32 = 46 * 1024;

/// What so many connections and their requests may take beside, in KiB.
const BESIDE: u32 = 64 * 1024;

/// How much longer the slowest of a hundred requests may take meanwhile.
const MOST: f64 = 2.0;

/// Below this a difference is one of the machine's, in milliseconds.
const FLOOR: f64 = 5.0;

/// Threads that only wait need little.
const STACK: usize = 128 * 1024;

/// A thousand people who sign in at once.
#[derive(Args)]
pub(crate) struct SignIns {
    /// Where `DreamTree` listens.
    #[arg(long)]
    address: SocketAddr,
    /// Its process.
    #[arg(long)]
    pid: u32,
    /// The file of readers' tokens.
    #[arg(long)]
    tokens: PathBuf,
    /// How many people sign in.
    #[arg(long, default_value_t = 1_000)]
    people: usize,
    /// How long, with and without them.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

#[derive(Default)]
struct Signed {
    refused: AtomicUsize,
    busy: AtomicUsize,
}

impl SignIns {
    /// Reads without them, then with them; prints both.
    pub(crate) fn run(&self) -> Outcome<()> {
        let tokens = std::fs::read_to_string(&self.tokens)?;
        let readers = tokens.lines().take(READERS);
        let readers: Vec<Vec<u8>> = readers
            .map(|token| post("/graphql", Some(token), &json!({ "query": READ })))
            .collect();
        if readers.is_empty() {
            return Err("there are no tokens".into());
        }
        self.read(&readers)?;
        let alone = self.read(&readers)?;
        let (signed, over) = (Signed::default(), AtomicBool::new(false));
        let resting = process::resident(self.pid)?;
        process::forget_peak(self.pid)?;
        let beside = thread::scope(|scope| {
            for number in 0..self.people {
                let (signed, over) = (&signed, &over);
                thread::Builder::new().stack_size(STACK).spawn_scoped(
                    scope,
                    // Whoever cannot connect is missed below.
                    move || self.sign_in(number, signed, over).unwrap_or_default(),
                )?;
            }
            let beside = self.read(&readers);
            over.store(true, Ordering::Relaxed);
            beside
        })?;
        self.judge(&alone, &beside, &signed, resting)
    }

    fn judge(&self, alone: &Driven, beside: &Driven, signed: &Signed, resting: u32) -> Outcome<()> {
        // One core is left free of them.
        let cores = u32::try_from(thread::available_parallelism()?.get())?;
        let permits = (cores - 1).max(1);
        let (peak, bound) = (
            process::peak(self.pid)?,
            resting + permits * ONE_RUN + BESIDE,
        );
        let (refused, busy) = (
            signed.refused.load(Ordering::Relaxed),
            signed.busy.load(Ordering::Relaxed),
        );
        println!(
            "{} people sign in for {} s: {:.0} tries a second are checked, {:.0} are told BUSY",
            self.people,
            self.seconds,
            count(refused) / beside.took.as_secs_f64(),
            count(busy) / beside.took.as_secs_f64(),
        );
        println!(
            "memory: {} MiB before, {} MiB at most, bound {} MiB ({permits} runs at a time)",
            resting / 1024,
            peak / 1024,
            bound / 1024,
        );
        for (name, driven) in [("without them", alone), ("beside them", beside)] {
            println!(
                "readers {name}: {:.0}/s, p50 {:.2} ms, p99 {:.2} ms",
                driven.rate(),
                driven.percentile(50),
                driven.percentile(99),
            );
        }
        if refused == 0 {
            return Err("nobody's password was checked".into());
        }
        if peak > bound {
            return Err("the server took more memory than its permits promise".into());
        }
        let most = (alone.percentile(99) * MOST).max(FLOOR);
        if beside.percentile(99) > most {
            return Err(format!("readers wait longer than {most:.1} ms").into());
        }
        Ok(())
    }

    /// Reads for a while, each reader with rests.
    fn read(&self, readers: &[Vec<u8>]) -> Outcome<Driven> {
        let begun = Instant::now();
        let ends = begun + Duration::from_secs(self.seconds);
        let results: Vec<Outcome<Vec<Duration>>> = thread::scope(|scope| {
            let threads: Vec<_> = readers
                .iter()
                .map(|request| scope.spawn(move || self.read_one(request, ends)))
                .collect();
            let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
            ended
                .map(|result| result.unwrap_or_else(|_| Err("a reader's thread panicked".into())))
                .collect()
        });
        let took = begun.elapsed();
        let mut latencies = Vec::new();
        for result in results {
            latencies.extend(result?);
        }
        Ok(Driven::of(latencies, took))
    }

    fn read_one(&self, request: &[u8], ends: Instant) -> Outcome<Vec<Duration>> {
        let mut client = Client::connect(self.address)?;
        let mut latencies = Vec::new();
        while Instant::now() < ends {
            let begun = Instant::now();
            client.ask(request)?;
            latencies.push(begun.elapsed());
            thread::sleep(REST);
        }
        Ok(latencies)
    }

    /// Signs in with an address that nobody has, which costs what one that somebody has costs; another each time, since
    /// tries are counted.
    fn sign_in(&self, number: usize, signed: &Signed, over: &AtomicBool) -> Outcome<()> {
        let mut client = Client::connect(self.address)?;
        let mut tries = 0;
        while !over.load(Ordering::Relaxed) {
            tries += 1;
            let email = format!("n{number}x{tries}@example.org");
            let input = json!({ "email": email, "password": "eleven quiet harbours" });
            let body = json!({ "query": SIGN_IN, "variables": { "input": input } });
            let reply = client.send(&post("/graphql", None, &body))?;
            let told = String::from_utf8_lossy(reply.body);
            if !failed(reply.body) {
                return Err(format!("somebody is let in: {told}").into());
            }
            if told.contains("\"BUSY\"") {
                signed.busy.fetch_add(1, Ordering::Relaxed);
                thread::sleep(wait(number, tries));
            } else if told.contains("\"CREDENTIALS_REFUSED\"") {
                signed.refused.fetch_add(1, Ordering::Relaxed);
            } else {
                return Err(format!("the server answers {told}").into());
            }
        }
        Ok(())
    }
}
