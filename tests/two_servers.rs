//! Two servers on one `PostgreSQL` are one to the people who use them: sessions, vaults, passwords and tries are known to
//! both at once, and what has to be done again and again is done by one of them. `SQLite` has one server.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use support::{
    account::{CHANGE_PASSWORD, LOCK, SIGN_IN, WRITE, claim, signed_in, words},
    client::Client,
    frame::{Frame, apart},
    server::{Server, Setup},
};

const EMAIL: &str = "between@example.org";
const PASSWORD: &str = "nineteen green bicycles";
const OTHER: &str = "twenty blue bicycles";

const READ: &str = "{ viewer { vault } profile { headline { state value } } }";
const SESSIONS: &str = "{ sessions { id current } }";
const END: &str = "mutation($session: ID!) { endSession(input: { id: $session }) { ended } }";

/// Both servers, and a database that only the owner of the tables looks into.
struct Pair {
    one: Server,
    other: Server,
}

/// Two servers with the same keys.
fn pair([one, other]: [Setup; 2]) -> Pair {
    let keys = one.folder.join("keys");
    let one = Server::start(one);
    std::fs::create_dir_all(&other.folder).expect("a folder");
    std::fs::copy(keys, other.folder.join("keys")).expect("the same keys");
    let other = Server::start(other);
    Pair { one, other }
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
    let frame = Frame::postgres().await;
    let setups = ["one", "other"].map(|name| frame.setup_of(name));
    apart(move || {
        let Pair { one, other } = pair(setups);
        let visitor = one.client().visit();
        visitor.ask(WRITE, json!({}));
        let claimed = claim(&at(&other, &visitor), EMAIL, PASSWORD).client;
        assert_eq!(visitor.refused(READ, json!({})), "SESSION_EXPIRED");
        let home = at(&one, &claimed);

        let phone = signed_in(&one, EMAIL, PASSWORD);
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

        let tablet = signed_in(&other, EMAIL, PASSWORD);
        let change = json!({ "current": PASSWORD, "password": OTHER });
        let changed =
            at(&one, &tablet).ask(CHANGE_PASSWORD, change)["changePassword"]["token"].clone();
        assert_eq!(
            at(&other, &home).refused(READ, json!({})),
            "SESSION_EXPIRED"
        );
        assert_eq!(tablet.refused(READ, json!({})), "SESSION_EXPIRED");
        let tablet = other
            .client()
            .with_token(changed.as_str().expect("a token"));
        assert_reads(&tablet, "UNLOCKED", Some("a private line"));
        let refused = other.client().refused(SIGN_IN, words(EMAIL, PASSWORD));
        assert_eq!(refused, "CREDENTIALS_REFUSED");
        assert_reads(
            &signed_in(&other, EMAIL, OTHER),
            "UNLOCKED",
            Some("a private line"),
        );
    })
    .await;
    frame.remove().await;
}

#[tokio::test]
async fn tries_are_counted_together() {
    let frame = Frame::postgres().await;
    let setups = ["one", "other"].map(|name| frame.setup_of(name));
    apart(move || {
        let Pair { one, other } = pair(setups);
        let begun = Instant::now();
        let mut codes = Vec::new();
        for server in [&one, &other].into_iter().cycle().take(11) {
            codes.push(server.client().refused(SIGN_IN, words(EMAIL, PASSWORD)));
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
                server.client().refused(SIGN_IN, words(EMAIL, PASSWORD)),
                "RATE_LIMITED"
            );
        }
    })
    .await;
    frame.remove().await;
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
    let frame = Frame::postgres().await;
    let setups = ["one", "other"].map(|name| frame.setup_of(name));
    let (pair, stays) = apart(move || {
        let pair = pair(setups);
        for _ in 0..VISITORS {
            pair.one.client().visit();
        }
        let stays = pair.other.client().visit();
        (pair, stays)
    })
    .await;
    // Both know of the job by now; what is due, is due at once.
    let owner = &frame.database().owner;
    let long_ago = "now() - interval '90 days'";
    let away = "FROM (SELECT id FROM users ORDER BY created_at LIMIT 25) away WHERE";
    for sql in [
        format!("UPDATE sessions s SET last_seen_at = {long_ago} {away} s.user_id = away.id"),
        format!("UPDATE visits v SET look_on = current_date - 1 {away} v.user_id = away.id"),
        "UPDATE scheduled_jobs SET due_at = now() - interval '1 hour'".to_owned(),
    ] {
        let done = owner.execute_unprepared(&sql).await.expect("done");
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
        let asked = Statement::from_string(owner.get_database_backend(), sql);
        let row = owner.query_one_raw(asked).await.expect("an answer");
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
    let asked = Statement::from_string(owner.get_database_backend(), asked);
    let row = owner.query_one_raw(asked).await.expect("an answer");
    let number: i64 = row.expect("a row").try_get_by_index(0).expect("a number");
    assert_eq!(number, 0);
    frame.remove().await;
}
