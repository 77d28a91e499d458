//! Whether an address has an account cannot be told from an answer, nor from how long it takes.

use std::time::{Duration, Instant};

use dreamtree_database::{counted, on_both, testing::TestDatabase};

use crate::stage::{EMAIL, OTHER, Owner, Stage, clock};

on_both!(
    a_reset_is_asked_for_alike_with_and_without_an_account,
    a_sign_in_fails_alike_with_and_without_an_account,
    a_claim_costs_the_same_whether_or_not_the_address_is_taken,
    a_claim_takes_as_long_whether_or_not_the_address_is_taken,
);

const TRIES: usize = 200;

async fn timed<T>(work: impl Future<Output = T>) -> Duration {
    let begun = Instant::now();
    work.await;
    begun.elapsed()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What one of a pair takes longer than the other is, in the median, less than a third of what either takes, or less than a
/// millisecond, which is little beside two runs of Argon2 at full strength. Pairs, since a machine has its moods.
fn assert_alike(known: &[Duration], unknown: &[Duration]) {
    let seconds = |times: &[Duration]| times.iter().map(Duration::as_secs_f64).collect();
    let pairs = known.iter().zip(unknown);
    let apart = median(
        pairs
            .map(|(one, other)| one.as_secs_f64() - other.as_secs_f64())
            .collect(),
    );
    let (known, unknown) = (median(seconds(known)), median(seconds(unknown)));
    let bound = (known.min(unknown) / 3.0).max(0.001);
    assert!(
        apart.abs() < bound,
        "known {known}, unknown {unknown}, apart {apart}"
    );
}

async fn a_reset_is_asked_for_alike_with_and_without_an_account(test: &TestDatabase) {
    let stage = Stage::new(test);
    Owner::new(&stage, EMAIL).await;
    let ask = async |email: &'static str| stage.ask_for_reset(email).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        stage.forgive().await;
        let pair = (timed(ask(EMAIL)), timed(ask("nobody@example.org")));
        let (one, other) = tokio::join!(pair.0, pair.1);
        known.push(one);
        unknown.push(other);
    }
    assert_alike(&known, &unknown);
    let ((), with) = counted(ask(EMAIL)).await;
    let ((), without) = counted(ask("nobody@example.org")).await;
    assert_eq!(with, without, "the same statements");
    let letters = stage.letters().await;
    let of = |wanted: &str| letters.iter().filter(|(kind, ..)| kind == wanted).count();
    assert_eq!(of("reset_password"), TRIES + 1);
    assert_eq!(of("no_account"), TRIES + 1);
    let lengths = "SELECT count(DISTINCT length(letter)) FROM outbox \
                   WHERE kind IN ('reset_password', 'no_account')";
    assert_eq!(stage.count(lengths).await, 1, "nor from what waits");
}

async fn a_sign_in_fails_alike_with_and_without_an_account(test: &TestDatabase) {
    let stage = Stage::new(test);
    Owner::new(&stage, EMAIL).await;
    Owner::unconfirmed(&stage, "pending@example.org").await;
    let mut times = [const { Vec::new() }; 3];
    let emails = [EMAIL, "pending@example.org", "nobody@example.org"];
    for _ in 0..TRIES {
        stage.forgive().await;
        for (email, times) in emails.into_iter().zip(&mut times) {
            times.push(timed(stage.sign_in(email, OTHER)).await);
        }
    }
    let [known, pending, unknown] = times;
    assert_alike(&known, &unknown);
    assert_alike(&pending, &unknown);
    let mut costs = Vec::new();
    for email in emails {
        let (refused, cost) = counted(stage.sign_in(email, OTHER)).await;
        assert!(matches!(
            refused,
            Err(dreamtree_identity::Error::Credentials)
        ));
        costs.push(cost);
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
}

async fn a_claim_takes_as_long_whether_or_not_the_address_is_taken(test: &TestDatabase) {
    let stage = Stage::new(test);
    Owner::new(&stage, EMAIL).await;
    let claim = async |token: String, email: String| {
        let claimed = stage.claim(&token, &email).await;
        claimed.expect("a claim").recovery
    };
    let (mut taken, mut free) = (Vec::new(), Vec::new());
    for number in 0..TRIES {
        stage.forgive().await;
        let (_, one) = stage.visitor().await;
        let (_, other) = stage.visitor().await;
        let unknown = format!("n{number}@example.org");
        taken.push(timed(claim(one, EMAIL.to_owned())).await);
        free.push(timed(claim(other, unknown)).await);
    }
    assert_alike(&taken, &free);
}

async fn a_claim_costs_the_same_whether_or_not_the_address_is_taken(test: &TestDatabase) {
    let stage = Stage::new(test);
    Owner::new(&stage, EMAIL).await;
    let mut costs = Vec::new();
    for email in [EMAIL, "free@example.org"] {
        let (_, token) = stage.visitor().await;
        let (claimed, cost) = counted(stage.claim(&token, email)).await;
        claimed.expect("a claim");
        costs.push(cost);
    }
    assert_eq!(costs[0], costs[1]);
}
