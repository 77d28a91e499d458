//! Subscriptions by `WebSocket` and by server-sent events against the real binary, on both databases; and across two
//! servers on one `PostgreSQL`.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    collections::HashSet,
    path::Path,
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, sqlx::postgres::PgListener};
use serde_json::json;
use support::{
    client::Client,
    frame::{Frame, apart},
    live::{Came, Events, PATIENCE, Socket},
    reader::Reader,
    server::Server,
};

const PROGRESS: &str = "subscription { progressChanged { answered position { placement } } }";
const NOW: &str = "{ progress { answered position { placement } } }";
const TODAY: &str = "subscription { dailyDosChanged { id dueSince } }";
const ZONE: &str =
    "mutation($zone: String!) { updateSettings(input: { timeZone: $zone }) { viewer { id } } }";

/// Runs a test against a server of its own on `SQLite`.
async fn on_sqlite(test: fn(Server)) {
    let frame = Frame::sqlite();
    frame.run(move |setup| test(Server::start(setup))).await;
    frame.remove().await;
}

/// Runs a test against two servers on one `PostgreSQL`.
async fn on_postgres(test: fn(&Server, &Server)) {
    let frame = Frame::postgres().await;
    let (one, other) = (frame.setup_of("one"), frame.setup_of("other"));
    apart(move || test(&Server::start(one), &Server::start(other))).await;
    frame.remove().await;
}

#[tokio::test]
async fn streams_on_sqlite() {
    on_sqlite(|server| streams(&server, &server)).await;
}

#[tokio::test]
async fn streams_on_two_servers() {
    on_postgres(streams).await;
}

/// Everything that a stream does; who writes may be at another server than who listens.
fn streams(listens: &Server, writes: &Server) {
    what_one_writes_another_device_sees(listens, writes);
    a_stranger_hears_nothing(listens, writes);
    a_stream_ends_with_its_session(listens, writes);
    many_operations_share_a_socket(listens, writes);
    the_examples_can_be_followed(listens);
}

/// The same person at another server.
fn at(server: &Server, person: &Client) -> Client {
    person.clone().moved_to(&server.client())
}

fn what_one_writes_another_device_sees(listens: &Server, writes: &Server) {
    let reader = Reader::new(listens.client(), "live");
    let person = reader.client.clone();
    let events = Events::open(&person, PROGRESS);
    let mut socket = Socket::begin(&person);
    socket.subscribe("1", PROGRESS);
    let begun = events.next().data();
    assert_eq!(begun["progressChanged"]["answered"], 0);
    assert_eq!(socket.data("1"), begun, "the present state comes at once");
    assert!(events.is_silent() && socket.is_silent(), "and nothing else");

    let mut elsewhere = reader.on_another_device(at(writes, &person));
    elsewhere.answer_open(3);
    let now = person.ask(NOW, json!({}))["progress"].clone();
    assert_ne!(now, begun["progressChanged"], "something was answered");
    while events.next().data()["progressChanged"] != now {}
    while socket.data("1")["progressChanged"] != now {}
    assert!(
        events.is_silent() && socket.is_silent(),
        "a change comes once"
    );
    person.ask(ZONE, json!({ "zone": "Asia/Tokyo" }));
    assert!(events.is_silent(), "what is not selected has changed");
}

fn a_stranger_hears_nothing(listens: &Server, writes: &Server) {
    let mut person = Reader::new(writes.client(), "stranger");
    let stranger = listens.client().visit();
    let events = Events::open(&stranger, PROGRESS);
    let mut socket = Socket::begin(&stranger);
    socket.subscribe("1", TODAY);
    events.next().data();
    socket.data("1");
    person.answer_open(2);
    person.client.ask(ZONE, json!({ "zone": "Asia/Tokyo" }));
    assert!(events.is_silent() && socket.is_silent());
    let nobody = Events::open(&listens.client(), PROGRESS);
    assert_eq!(nobody.next().code(), "UNAUTHENTICATED");
    assert_eq!(nobody.next(), Came::Complete);
}

fn a_stream_ends_with_its_session(listens: &Server, writes: &Server) {
    let person = listens.client().visit();
    let events = Events::open(&person, TODAY);
    let mut socket = Socket::begin(&person);
    socket.subscribe("1", PROGRESS);
    events.next().data();
    socket.data("1");
    at(writes, &person).ask("mutation { signOut { signedOut } }", json!({}));
    assert_eq!(events.next().code(), "SESSION_EXPIRED");
    assert_eq!(events.next(), Came::Complete);
    let said = socket.hear();
    let code = &said["payload"]["errors"][0]["extensions"]["code"];
    assert_eq!(code, "SESSION_EXPIRED", "{said:#}");
    assert_eq!(socket.hear(), json!({ "id": "1", "type": "complete" }));
    socket.subscribe("1", PROGRESS);
    let said = socket.hear();
    let code = &said["payload"]["errors"][0]["extensions"]["code"];
    assert_eq!(code, "SESSION_EXPIRED", "{said:#}");
}

fn the_examples_can_be_followed(server: &Server) {
    let person = server.client().visit();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations");
    let mut followed = 0;
    for file in std::fs::read_dir(folder).expect("the folder") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(path).expect("a text");
        if text.contains("\nsubscription ") {
            Events::open(&person, &text).next().data();
            followed += 1;
        }
    }
    assert_eq!(followed, 2);
}

fn many_operations_share_a_socket(listens: &Server, writes: &Server) {
    let person = listens.client().visit();
    let mut socket = Socket::begin(&person);
    socket.subscribe("progress", PROGRESS);
    socket.data("progress");
    socket.subscribe("today", TODAY);
    let before = socket.data("today");
    socket.say(json!({ "type": "ping" }));
    assert_eq!(socket.hear(), json!({ "type": "pong" }));
    at(writes, &person).ask(ZONE, json!({ "zone": "Pacific/Kiritimati" }));
    assert_ne!(
        socket.data("today"),
        before,
        "another day begins at another time"
    );
    socket.say(json!({ "id": "today", "type": "complete" }));
    at(writes, &person).ask(ZONE, json!({ "zone": "Etc/GMT+12" }));
    assert!(socket.is_silent(), "what was ended is silent");
    socket.subscribe("viewer", "{ viewer { anonymous } }");
    assert_eq!(
        socket.data("viewer"),
        json!({ "viewer": { "anonymous": true } })
    );
    assert_eq!(socket.hear(), json!({ "id": "viewer", "type": "complete" }));
    for (id, query, code) in [
        ("a", "subscription { nothing }", "VALIDATION_FAILED"),
        (
            "b",
            "subscription { a: progressChanged { answered } b: progressChanged { answered } }",
            "VALIDATION_FAILED",
        ),
        (
            "c",
            "subscription { ...F } fragment F on Subscription { progressChanged { answered } }",
            "VALIDATION_FAILED",
        ),
        ("d", "subscription {", "PARSE_FAILED"),
    ] {
        socket.subscribe(id, query);
        let said = socket.hear();
        assert_eq!((&said["type"], &said["id"]), (&json!("error"), &json!(id)));
        assert_eq!(said["payload"][0]["extensions"]["code"], code, "{said:#}");
    }
    socket.subscribe("progress", PROGRESS);
    assert_eq!(socket.closed(), 4409);
}

#[tokio::test]
async fn a_socket_keeps_to_its_protocol() {
    on_sqlite(|server| {
        let person = server.client().visit();
        let own = server.client().address().to_owned();
        assert!(Socket::connect(&person, &[("origin", &own)]).is_ok());
        let elsewhere = Socket::connect(&person, &[("origin", "https://elsewhere.example")]);
        assert_eq!(elsewhere.err(), Some(403));
        let other = Socket::connect(&person, &[("sec-websocket-protocol", "graphql-ws")]);
        assert_eq!(other.err(), Some(400));
        let mut early = Socket::connect(&person, &[]).expect("a socket");
        early.subscribe("1", PROGRESS);
        assert_eq!(early.closed(), 4401);
        let mut twice = Socket::begin(&person);
        twice.say(json!({ "type": "connection_init" }));
        assert_eq!(twice.closed(), 4429);
        let mut malformed = Socket::begin(&person);
        malformed.say(json!({ "type": "start", "id": "1" }));
        assert_eq!(malformed.closed(), 4400);
        let mut full = Socket::begin(&person);
        for number in 0..11 {
            full.subscribe(&number.to_string(), PROGRESS);
        }
        let refused = (0..11)
            .map(|_| full.hear())
            .find(|said| said["type"] == "error");
        let refused = refused.expect("one operation too many");
        assert_eq!(
            refused["payload"][0]["extensions"]["code"],
            "LIMIT_EXCEEDED"
        );
        let post = person.send(PROGRESS, json!({}));
        assert_eq!(post["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    })
    .await;
}

#[tokio::test]
async fn a_cookie_opens_a_socket_of_our_own_pages() {
    on_sqlite(|server| {
        let person = server.client().visit();
        let cookie = format!("dt_session={}", person.token().expect("a session"));
        let mut socket = Socket::connect(&person, &[("cookie", &cookie)]).expect("a socket");
        socket.say(json!({ "type": "connection_init" }));
        assert_eq!(socket.hear(), json!({ "type": "connection_ack" }));
        socket.subscribe("1", PROGRESS);
        assert_eq!(socket.data("1")["progressChanged"]["answered"], 0);
    })
    .await;
}

#[tokio::test]
async fn one_person_has_so_many_streams_and_no_more() {
    on_sqlite(|server| {
        let person = server.client().visit();
        let open: Vec<Events> = (0..20).map(|_| Events::open(&person, TODAY)).collect();
        for events in &open {
            events.next().data();
        }
        assert_eq!(Events::open(&person, TODAY).next().code(), "BUSY");
        let other = server.client().visit();
        Events::open(&other, TODAY).next().data();
    })
    .await;
}

#[tokio::test]
async fn streams_end_when_the_server_does() {
    on_sqlite(|server| {
        let person = server.client().visit();
        let events = Events::open(&person, TODAY);
        let mut socket = Socket::begin(&person);
        socket.subscribe("1", TODAY);
        events.next().data();
        socket.data("1");
        let begun = Instant::now();
        server.stop();
        assert!(begun.elapsed() < PATIENCE / 4, "nobody had to wait");
        assert_eq!(
            events.next(),
            Came::End,
            "without a complete, so that clients come again"
        );
        assert_eq!(socket.closed(), 1001);
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_between_servers_is_made_anew() {
    let frame = Frame::postgres().await;
    let (one, other) = (frame.setup_of("one"), frame.setup_of("other"));
    let (listens, writes, person, events) = tokio::task::spawn_blocking(move || {
        let (listens, writes) = (Server::start(one), Server::start(other));
        let person = listens.client().visit();
        let events = Events::open(&person, TODAY);
        events.next().data();
        (listens, writes, person, events)
    })
    .await
    .expect("two servers");
    let listeners = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let database = frame.database();
    let cut = database
        .owner
        .query_all_raw(sea_orm::Statement::from_string(
            database.owner.get_database_backend(),
            listeners,
        ))
        .await
        .expect("the listeners are cut");
    assert_eq!(cut.len(), 2, "one listener for each server");
    tokio::task::spawn_blocking(move || {
        at(&writes, &person).ask(ZONE, json!({ "zone": "Asia/Tokyo" }));
        events.next().data();
        at(&writes, &person).ask(ZONE, json!({ "zone": "Etc/GMT+12" }));
        events.next().data();
        drop((listens, writes));
    })
    .await
    .expect("the stream goes on");
    frame.remove().await;
}

/// What one server is killed with on its lips, another one finds within this time.
const SOON: Duration = Duration::from_secs(10);

/// After this time the others have seen that a server is there.
const KNOWN: Duration = Duration::from_millis(2_500);

#[tokio::test]
async fn what_a_killed_server_has_not_told_is_seen_all_the_same() {
    let frame = Frame::postgres().await;
    let (one, other) = (frame.setup_of("one"), frame.setup_of("other"));
    let mut messages = PgListener::connect(&frame.database().owner_url)
        .await
        .expect("a listener");
    messages
        .listen("dreamtree_changes")
        .await
        .expect("it listens");
    let mut listens = apart(move || {
        let server = Server::start(one);
        server.client().visit();
        server
    })
    .await;
    let mut senders = senders(&mut messages).await;
    assert_eq!(senders.len(), 1, "one has told of its visitor");
    let mut untold = 0;
    for _ in 0..5 {
        let setup = other.clone();
        listens = apart(move || a_writer_is_killed(listens, Server::start(setup))).await;
        let known = senders.len();
        senders.extend(self::senders(&mut messages).await);
        if senders.len() == known {
            untold += 1;
            break;
        }
    }
    assert_eq!(untold, 1, "killed too late each time");
    apart(move || drop(listens)).await;
    frame.remove().await;
}

/// Somebody hears at one server of what they have written at another, which has been killed since.
fn a_writer_is_killed(listens: Server, writes: Server) -> Server {
    let person = listens.client().visit();
    let events = Events::open(&person, TODAY);
    let before = events.next().data();
    std::thread::sleep(KNOWN);
    at(&writes, &person).ask(ZONE, json!({ "zone": "Asia/Tokyo" }));
    drop(writes);
    let killed = Instant::now();
    assert_ne!(events.next().data(), before);
    assert!(killed.elapsed() < SOON, "{:?}", killed.elapsed());
    listens
}

/// The servers that have told of something, until none does for a while.
async fn senders(messages: &mut PgListener) -> HashSet<String> {
    let mut senders = HashSet::new();
    let pause = Duration::from_millis(500);
    while let Ok(message) = tokio::time::timeout(pause, messages.recv()).await {
        let message = message.expect("a message");
        let sender = message.payload().split(' ').next();
        senders.insert(sender.unwrap_or_default().to_owned());
    }
    senders
}
