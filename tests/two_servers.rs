//! Two servers on one `PostgreSQL` are one to the people who use them: sessions, vaults, passwords and tries are known to
//! both at once, and what has to be done again and again is done by one of them. `SQLite` has one server.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use dreamtree_database::testing::TestDatabase;
use dreamtree_types::Clock;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use support::{
    client::Client,
    server::{Server, Setup},
};

const EMAIL: &str = "between@example.org";
const PASSWORD: &str = "nineteen green bicycles";
const OTHER: &str = "twenty blue bicycles";

const CLAIM: &str = "mutation($input: CredentialsInput!) {
    claim(input: $input, delivery: BEARER) { token } }";
const SIGN_IN: &str =
    "mutation($input: SignInInput!) { signIn(input: $input, delivery: BEARER) { token } }";
const WRITE: &str = "mutation { updateProfile(input: { headline: \"a private line\" }) {
    profile { headline { value } } } }";
const READ: &str = "{ viewer { vault } profile { headline { state value } } }";
const LOCK: &str = "mutation { lockVault { vault } }";
const SESSIONS: &str = "{ sessions { id current } }";
const END: &str = "mutation($session: ID!) { endSession(input: { id: $session }) { ended } }";
const CHANGE: &str = "mutation($current: String!, $password: String!) {
    changePassword(delivery: BEARER, input: { current: $current, password: $password }) { token } }";

/// Both servers, and a database that only the owner of the tables looks into.
struct Pair {
    one: Server,
    other: Server,
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("dreamtree-two-{}", uuid::Uuid::now_v7()))
}

/// Two servers with the same keys.
fn pair(url: &str, owner_url: &str, folder: &Path) -> Pair {
    let setup = |name: &str| Setup {
        url: url.to_owned(),
        folder: folder.join(name),
        owner_url: Some(owner_url.to_owned()),
    };
    let one = Server::start(setup("one"));
    let other = setup("other");
    std::fs::create_dir_all(&other.folder).expect("a folder");
    let keys = std::fs::copy(folder.join("one/keys"), other.folder.join("keys"));
    keys.expect("the same keys");
    let other = Server::start(other);
    Pair { one, other }
}

/// Runs a part of the test beside the tasks of the database.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("the work")
}

fn input(password: &str) -> Value {
    json!({ "input": { "email": EMAIL, "password": password } })
}

/// Somebody who has just signed in at this server.
fn signed_in(server: &Server, password: &str) -> Client {
    let token = server.client().ask(SIGN_IN, input(password))["signIn"]["token"].clone();
    server.client().with_token(token.as_str().expect("a token"))
}

/// The same session at the other server.
fn at(server: &Server, client: &Client) -> Client {
    client.clone().moved_to(&server.client())
}

fn assert_reads(client: &Client, state: &str, value: Option<&str>) {
    let read = client.ask(READ, json!({}));
    assert_eq!(
        read["profile"]["headline"],
        json!({ "state": state, "value": value })
    );
}

#[tokio::test]
async fn a_session_is_the_same_at_both() {
    let test = TestDatabase::postgres(Clock::System).await;
    let (url, owner_url, folder) = (test.url.clone(), test.owner_url.clone(), folder());
    let place = folder.clone();
    apart(move || {
        let Pair { one, other } = pair(&url, &owner_url, &place);
        let visitor = one.client().visit();
        visitor.ask(WRITE, json!({}));
        let claimed = at(&other, &visitor).ask(CLAIM, input(PASSWORD));
        assert_eq!(visitor.refused(READ, json!({})), "SESSION_EXPIRED");
        let claimed = claimed["claim"]["token"]
            .as_str()
            .expect("a token")
            .to_owned();
        let home = one.client().with_token(&claimed);

        let phone = signed_in(&one, PASSWORD);
        assert_reads(&at(&other, &phone), "UNLOCKED", Some("a private line"));
        phone.ask(LOCK, json!({}));
        assert_reads(&at(&other, &phone), "LOCKED", None);
        assert_reads(&at(&other, &home), "UNLOCKED", Some("a private line"));

        let sessions = at(&other, &phone).ask(SESSIONS, json!({}))["sessions"].clone();
        let sessions = sessions.as_array().expect("sessions");
        assert_eq!(sessions.len(), 2);
        let own = sessions.iter().find(|one| one["current"] == true);
        let own = own.expect("this one")["id"].clone();
        home.ask(END, json!({ "session": own }));
        for server in [&one, &other] {
            assert_eq!(
                at(server, &phone).refused(READ, json!({})),
                "SESSION_EXPIRED"
            );
        }

        let tablet = signed_in(&other, PASSWORD);
        let words = json!({ "current": PASSWORD, "password": OTHER });
        let changed = at(&one, &tablet).ask(CHANGE, words)["changePassword"]["token"].clone();
        assert_eq!(
            at(&other, &home).refused(READ, json!({})),
            "SESSION_EXPIRED"
        );
        assert_eq!(tablet.refused(READ, json!({})), "SESSION_EXPIRED");
        let tablet = other
            .client()
            .with_token(changed.as_str().expect("a token"));
        assert_reads(&tablet, "UNLOCKED", Some("a private line"));
        let refused = other.client().refused(SIGN_IN, input(PASSWORD));
        assert_eq!(refused, "CREDENTIALS_REFUSED");
        assert_reads(
            &signed_in(&other, OTHER),
            "UNLOCKED",
            Some("a private line"),
        );
    })
    .await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
    test.remove().await;
}

#[tokio::test]
async fn tries_are_counted_together() {
    let test = TestDatabase::postgres(Clock::System).await;
    let (url, owner_url, folder) = (test.url.clone(), test.owner_url.clone(), folder());
    let place = folder.clone();
    apart(move || {
        let Pair { one, other } = pair(&url, &owner_url, &place);
        let begun = Instant::now();
        let mut codes = Vec::new();
        for server in [&one, &other].into_iter().cycle().take(11) {
            codes.push(server.client().refused(SIGN_IN, input(PASSWORD)));
        }
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "one is forgotten in a minute"
        );
        assert!(
            codes[..10].iter().all(|code| code == "CREDENTIALS_REFUSED"),
            "{codes:?}"
        );
        assert_eq!(codes[10], "RATE_LIMITED");
        for server in [&one, &other] {
            assert_eq!(
                server.client().refused(SIGN_IN, input(PASSWORD)),
                "RATE_LIMITED"
            );
        }
    })
    .await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
    test.remove().await;
}

/// The figure of a server with this name and labels; 0 where it has none.
fn figure(server: &Server, name: &str) -> f64 {
    let text = server.client().page("/metrics", &[]).text;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.map_or(0.0, |rest| rest.trim().parse().expect("a number"))
}

#[tokio::test]
async fn visitors_who_are_gone_are_swept_once() {
    const VISITORS: usize = 25;
    let test = TestDatabase::postgres(Clock::System).await;
    let (url, owner_url, folder) = (test.url.clone(), test.owner_url.clone(), folder());
    let place = folder.clone();
    let (pair, stays) = apart(move || {
        let pair = pair(&url, &owner_url, &place);
        for _ in 0..VISITORS {
            pair.one.client().visit();
        }
        let stays = pair.other.client().visit();
        (pair, stays)
    })
    .await;
    // Both know of the job by now; what is due, is due at once.
    let long_ago = "now() - interval '90 days'";
    let away = "FROM (SELECT id FROM users ORDER BY created_at LIMIT 25) away WHERE";
    for sql in [
        format!("UPDATE sessions s SET last_seen_at = {long_ago} {away} s.user_id = away.id"),
        format!("UPDATE visits v SET look_on = current_date - 1 {away} v.user_id = away.id"),
        "UPDATE scheduled_jobs SET due_at = now() - interval '1 hour'".to_owned(),
    ] {
        let done = test.owner.execute_unprepared(&sql).await.expect("done");
        assert!(done.rows_affected() >= 3, "{sql}");
    }
    let (pair, stays) = apart(move || {
        let sum = |name: &str| figure(&pair.one, name) + figure(&pair.other, name);
        let runs = |job: &str| {
            sum(&format!(
                "dreamtree_job_runs_total{{job=\"{job}\",outcome=\"done\"}}"
            ))
        };
        let begun = Instant::now();
        let jobs = ["sweep", "checkpoint", "housekeeping"];
        while jobs.iter().any(|job| runs(job) < 1.0) {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "{}",
                pair.one.log()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        // Either would have begun again by now.
        std::thread::sleep(Duration::from_secs(5));
        for job in jobs {
            assert!((runs(job) - 1.0).abs() < f64::EPSILON, "{job}");
        }
        let swept = sum("dreamtree_job_done_total{job=\"sweep\"}");
        assert!((swept - 25.0).abs() < f64::EPSILON, "{swept}");
        (pair, stays)
    })
    .await;
    for (sql, expected) in [
        (
            "SELECT count(*) FROM audit_log WHERE kind = 'visitor_swept'",
            25,
        ),
        (
            "SELECT count(*) FROM audit_log WHERE kind = 'checkpoint'",
            1,
        ),
        ("SELECT count(*) FROM users", 1),
        ("SELECT sum(runs)::bigint FROM scheduled_jobs", 3),
    ] {
        let asked = Statement::from_string(test.owner.get_database_backend(), sql);
        let row = test.owner.query_one_raw(asked).await.expect("an answer");
        let number: i64 = row.expect("a row").try_get_by_index(0).expect("a number");
        assert_eq!(number, expected, "{sql}");
    }
    apart(move || {
        stays.ask("{ viewer { id } }", json!({}));
        // Both end in good order, and say so in the table of servers.
        pair.one.stop();
        pair.other.stop();
    })
    .await;
    let asked = "SELECT count(*) FROM servers";
    let asked = Statement::from_string(test.owner.get_database_backend(), asked);
    let row = test.owner.query_one_raw(asked).await.expect("an answer");
    let number: i64 = row.expect("a row").try_get_by_index(0).expect("a number");
    assert_eq!(number, 0);
    std::fs::remove_dir_all(folder).expect("the folder goes");
    test.remove().await;
}
