//! A partner is told that something has changed: from the first yes to the end of an account, over its server's failures
//! and ours. Against the real binary, on both databases; every message is checked with the library that Standard Webhooks
//! gives to Rust (`scripts/webhook-test` does it with the one for Python).
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    collections::BTreeSet,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use standardwebhooks::Webhook;
use support::{
    client::Client,
    frame::with_servers,
    partner::Program,
    receiver::{Answer, Heard, Receiver},
    server::{Server, Setup},
};
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

const PASSWORD: &str = "seven slow lanterns";
const CLAIM: &str = "mutation($email: String!, $password: String!) {
    claim(input: { email: $email, password: $password }, delivery: BEARER) { token } }";
const CONFIRM: &str =
    "mutation($token: String!) { confirmEmail(input: { token: $token }) { confirmed } }";
const SUBMIT: &str = "mutation($competency: ID!, $level: ID!) {
    submitCompetencyScores(input: { scores: [{ competency: $competency, level: $level }] }) { result { assessedAt } } }";
const DELETE: &str =
    "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { deleted } }";
const DELIVERIES: &str = "query($state: WebhookDeliveryState, $first: Int!, $after: String) {
    webhookDeliveries(state: $state, first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { id messageId partner event state attempts lastStatus lastFault nextAttemptAt createdAt deliveredAt failedAt } } }";

/// Pauses short enough to wait for.
const CONFIG: &str =
    "[webhooks]\nallow_loopback = true\ntimeout_seconds = 2\nretry_after = [\"1s\", \"1s\"]\n";

with_servers!(webhooks);

fn webhooks(setup: Setup) {
    std::fs::create_dir_all(&setup.folder).expect("a folder");
    std::fs::write(setup.folder.join("dreamtree.toml"), CONFIG).expect("a configuration");
    let server = Server::start(setup);
    let receiver = Receiver::open();
    let scopes = ["competency.read", "profile.basic"];
    let school = Program::register(&server, "A school", &scopes);
    let secret = set_up(&server, &school, &receiver);
    let ear = Ear::new(&secret);

    let person = somebody(&server, "robin@example.org");
    receiver.answer(&[Answer::Status(500), Answer::Silence]);
    consent(&school, &person);
    let first = receiver.next();
    assert_eq!(ear.check(&first), "grant.given");
    for attempt in [receiver.next(), receiver.next()] {
        assert_eq!(ear.check(&attempt), "grant.given");
        assert_eq!(attempt.header("webhook-id"), first.header("webhook-id"));
        assert_eq!(attempt.body, first.body);
    }
    let subject = first.json()["data"]["subject"].clone();
    let names = first.json();
    let names: BTreeSet<_> = names["data"].as_object().expect("data").keys().collect();
    assert!(names.into_iter().eq(["grant", "subject"]));

    rate(&person, 0);
    let told = receiver.next();
    assert_eq!(ear.check(&told), "competency_result.changed");
    assert_eq!(told.json()["data"]["subject"], subject, "the same name");
    what_is_named_can_be_read(&server, &school, &subject);

    let (server, person) = killed(server, &person, &receiver, &ear);
    let school = school.moved_to(&server);
    dead_letters(&server, &school, &person, &receiver, &ear);
    let second = operators(&server, &school, &receiver, &ear);
    ends(&server, &school, &person, &receiver, &second);

    let log = server.log();
    let words = [&secret, "of-mouth", subject.as_str().expect("a subject")];
    for word in words {
        assert!(!log.contains(word), "the log holds {word}");
    }
}

/// A partner's side of the secret.
struct Ear(Webhook);

impl Ear {
    fn new(secret: &str) -> Self {
        Self(Webhook::new(secret).expect("a secret"))
    }

    fn hears(&self, heard: &Heard, body: &str) -> bool {
        let headers = heard.headers.iter().map(|(name, value)| {
            let name: HeaderName = name.parse().expect("a name");
            (name, HeaderValue::from_str(value).expect("a value"))
        });
        let headers: HeaderMap = headers.collect();
        self.0.verify(body.as_bytes(), &headers).is_ok()
    }

    /// Checks the signature, and that none fits anything else; the type.
    fn check(&self, heard: &Heard) -> String {
        assert!(self.hears(heard, &heard.body), "{heard:?}");
        let changed = heard.body.replace("\"type\":\"", "\"type\":\"x");
        assert_ne!(changed, heard.body);
        assert!(!self.hears(heard, &changed));
        let mut other = heard.clone();
        for (name, value) in &mut other.headers {
            if name == "webhook-id" {
                value.push('0');
            }
        }
        assert!(!self.hears(&other, &heard.body));
        let event = &heard.json()["type"];
        event.as_str().expect("a type").to_owned()
    }
}

fn set_up(server: &Server, school: &Program, receiver: &Receiver) -> String {
    let url = receiver.url();
    let set = |url: &str, event: &str| {
        let words = [
            "partner", "webhook", "set", &school.id, url, "--event", event,
        ];
        server.tried(&words)
    };
    for (url, event, why) in [
        ("https://10.0.0.1/", "grant.given", "everybody can reach"),
        (
            "https://169.254.169.254/",
            "grant.given",
            "everybody can reach",
        ),
        ("http://hooks.example/", "grant.given", "https://"),
        ("https://hooks.example/", "grant.eaten", "no such event"),
    ] {
        let (done, said) = set(url, event);
        assert!(!done && said.contains(why), "{said}");
    }
    let mut words = vec!["partner", "webhook", "set", &school.id, &url];
    for event in [
        "grant.given",
        "grant.withdrawn",
        "competency_result.changed",
    ] {
        words.extend(["--event", event]);
    }
    let said = server.command(&words);
    let secret = said.trim().strip_prefix("secret: ").expect("a secret");
    assert!(secret.starts_with("whsec_"));
    let again = server.command(&words);
    assert!(!again.contains("whsec_"), "shown once");
    let listed = server.command(&["partner", "webhook", "list"]);
    assert!(
        listed.contains(&format!("{}  on  {url}", school.id)),
        "{listed}"
    );
    assert!(!listed.contains("whsec_"));
    secret.to_owned()
}

fn somebody(server: &Server, email: &str) -> Client {
    let visitor = server.client().visit();
    let claimed = visitor.ask(CLAIM, json!({ "email": email, "password": PASSWORD }));
    let token = claimed["claim"]["token"].as_str().expect("a token");
    let mailed = server.mailed_token(email, "confirm-email");
    server.client().ask(CONFIRM, json!({ "token": mailed }));
    server.client().with_token(token)
}

fn consent(school: &Program, person: &Client) {
    let cookie = format!("dt_session={}", person.token().expect("a session"));
    let sent = school.consent(&cookie, "competency.read", &["competency.read"]);
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(sent.sent("code").is_some());
}

fn rate(person: &Client, level: usize) {
    let all = person.ask("{ competencies { id levels { id } } }", json!({}));
    let one = &all["competencies"][0];
    let chosen = json!({ "competency": one["id"], "level": one["levels"][level]["id"] });
    person.ask(SUBMIT, chosen);
}

/// The name in a message is the one that the partner reads by.
fn what_is_named_can_be_read(server: &Server, school: &Program, subject: &Value) {
    let reads = server.client().with_token(&school.own_token());
    let read = reads.ask(
        "query($subject: String!) { partner { subject(subject: $subject) { competencyResult { assessedAt } } } }",
        json!({ "subject": subject }),
    );
    assert!(read["partner"]["subject"]["competencyResult"]["assessedAt"].is_string());
}

/// The server dies with a message in hand, and right after a change.
fn killed(server: Server, person: &Client, receiver: &Receiver, ear: &Ear) -> (Server, Client) {
    receiver.answer(&[Answer::Silence]);
    rate(person, 1);
    let in_hand = receiver.next();
    let server = server.crash_and_restart();
    let person = person.clone().moved_to(&server.client());
    let again = receiver.next();
    assert_eq!(ear.check(&again), "competency_result.changed");
    assert_eq!(again.header("webhook-id"), in_hand.header("webhook-id"));
    rate(&person, 2);
    let server = server.crash_and_restart();
    let told = receiver.next();
    assert_eq!(ear.check(&told), "competency_result.changed");
    assert_ne!(told.header("webhook-id"), in_hand.header("webhook-id"));
    // It may have been given twice: the server was killed before or after it was noted.
    let waiting = ["partner", "webhook", "deliveries", "--state", "waiting"];
    let begun = Instant::now();
    while !server.command(&waiting).is_empty() {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "{}",
            server.log()
        );
        thread::sleep(Duration::from_millis(200));
    }
    while !receiver.is_silent_for(Duration::from_millis(200)) {
        receiver.next();
    }
    let person = person.moved_to(&server.client());
    (server, person)
}

fn dead_letters(
    server: &Server,
    school: &Program,
    person: &Client,
    receiver: &Receiver,
    ear: &Ear,
) {
    receiver.answer(&[503, 302, 500].map(Answer::Status));
    rate(person, 3);
    let attempts = [receiver.next(), receiver.next(), receiver.next()];
    assert!(receiver.is_silent_for(Duration::from_secs(4)), "given up");
    let dead = ["partner", "webhook", "deliveries", "--state", "dead"];
    let listed = server.command(&dead);
    let [line] = &*listed.lines().collect::<Vec<_>>() else {
        panic!("{listed}")
    };
    assert!(line.contains("attempts 3  last 500"), "{line}");
    let id = line.split(' ').next().expect("an id");
    let replay = ["partner", "webhook", "replay", &school.id, "--delivery", id];
    assert!(server.command(&replay).starts_with("1 messages"));
    let again = receiver.next();
    assert_eq!(ear.check(&again), "competency_result.changed");
    for attempt in attempts {
        assert_eq!(attempt.header("webhook-id"), again.header("webhook-id"));
    }
    let (done, said) = server.tried(&replay);
    assert!(!done && said.contains("no such dead letter"), "{said}");
}

/// The same through GraphQL; the secret that counts afterwards.
fn operators(server: &Server, school: &Program, receiver: &Receiver, ear: &Ear) -> Ear {
    let email = "keeper@example.org";
    let keeper = somebody(server, email);
    server.command(&["operator", "add", email]);
    let partner = json!(format!("partner:{}", school.id));
    let places = keeper.ask(
        "{ partnerWebhooks { partner url events state failingSince formerSecretUntil createdAt updatedAt } }",
        json!({}),
    );
    let place = &places["partnerWebhooks"][0];
    assert_eq!(
        (&place["partner"], &place["state"]),
        (&partner, &json!("ON"))
    );
    assert_eq!(place["failingSince"], Value::Null);

    let rotate = "mutation($partner: ID!) {
        rotateWebhookSecret(input: { partner: $partner }) { secret formerSecretUntil } }";
    let rotated = keeper.ask(rotate, json!({ "partner": partner }));
    let secret = rotated["rotateWebhookSecret"]["secret"].as_str();
    let second = Ear::new(secret.expect("a secret"));
    let test =
        "mutation($partner: ID!) { testPartnerWebhook(input: { partner: $partner }) { delivery } }";
    receiver.answer(&[Answer::Status(500); 3]);
    let tried = keeper.ask(test, json!({ "partner": partner }));
    let heard = [receiver.next(), receiver.next(), receiver.next()];
    for one in &heard {
        assert_eq!(second.check(one), "webhook.test");
        assert_eq!(
            ear.check(one),
            "webhook.test",
            "the secret before counts too"
        );
        assert_eq!(one.json()["data"], json!({}));
    }
    assert!(receiver.is_silent_for(Duration::from_secs(2)));
    let dead = json!({ "state": "DEAD", "first": 10 });
    let listed = keeper.ask(DELIVERIES, dead.clone())["webhookDeliveries"].clone();
    let [letter] = &**listed["nodes"].as_array().expect("nodes") else {
        panic!("{listed:#}")
    };
    assert_eq!(letter["id"], tried["testPartnerWebhook"]["delivery"]);
    assert_eq!(letter["messageId"], heard[0].header("webhook-id"));
    assert_eq!(
        (&letter["attempts"], &letter["lastStatus"]),
        (&json!(3), &json!(500))
    );
    let replay = "mutation($partner: ID!, $since: DateTime) {
        replayWebhooks(input: { partner: $partner, since: $since }) { replayed } }";
    assert_eq!(
        keeper.refused(replay, json!({ "partner": partner })),
        "INVALID_INPUT"
    );
    let since = json!({ "partner": partner, "since": letter["createdAt"] });
    let replayed = keeper.ask(replay, since);
    assert_eq!(replayed["replayWebhooks"]["replayed"], 1);
    assert_eq!(second.check(&receiver.next()), "webhook.test");
    while !keeper.ask(DELIVERIES, json!({ "state": "WAITING", "first": 1 }))["webhookDeliveries"]
        ["nodes"]
        .as_array()
        .expect("nodes")
        .is_empty()
    {
        std::thread::sleep(Duration::from_millis(100));
    }
    let page = |after: Value| {
        let variables = json!({ "state": "DELIVERED", "first": 2, "after": after });
        keeper.ask(DELIVERIES, variables)["webhookDeliveries"].clone()
    };
    let newest = page(Value::Null);
    assert_eq!(newest["nodes"][0]["id"], letter["id"], "the newest first");
    assert_eq!(newest["pageInfo"]["hasNextPage"], true);
    let next = page(newest["pageInfo"]["endCursor"].clone());
    assert_ne!(next["nodes"][0]["id"], newest["nodes"][1]["id"]);
    assert_eq!(
        keeper.refused(DELIVERIES, json!({ "first": 0 })),
        "INVALID_INPUT"
    );

    changes(&keeper, school, receiver);
    second
}

/// What an operator is refused, what they change, and that all of it stands in their diary.
fn changes(keeper: &Client, school: &Program, receiver: &Receiver) {
    let partner = json!(format!("partner:{}", school.id));
    let set = "mutation($input: SetPartnerWebhookInput!) { setPartnerWebhook(input: $input) {
        secret webhook { events state } } }";
    let input = |url: &str| {
        let events = ["GRANT_WITHDRAWN", "COMPETENCY_RESULT_CHANGED"];
        json!({ "input": { "partner": partner, "url": url, "events": events } })
    };
    assert_eq!(
        keeper.refused(set, input("https://10.0.0.1/")),
        "INVALID_INPUT"
    );
    let changed = keeper.ask(set, input(&receiver.url()));
    assert_eq!(changed["setPartnerWebhook"]["secret"], Value::Null);
    let diary = keeper.ask("{ diary(first: 4) { nodes { event detail } } }", json!({}));
    let events: Vec<_> = diary["diary"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(|one| one["event"].as_str().expect("an event"))
        .collect();
    let expected = [
        "WEBHOOK_SET",
        "WEBHOOKS_REPLAYED",
        "WEBHOOK_TESTED",
        "WEBHOOK_SECRET_ROTATED",
    ];
    assert_eq!(events, expected);
    assert_eq!(diary["diary"]["nodes"][0]["detail"], json!(school.id));
}

/// A person withdraws, another one goes: the partner is told the same.
fn ends(server: &Server, school: &Program, person: &Client, receiver: &Receiver, ear: &Ear) {
    let grants = person.ask("{ partnerGrants { id subject } }", json!({}));
    let grant = &grants["partnerGrants"][0];
    let withdraw =
        "mutation($grant: ID!) { withdrawPartner(input: { grant: $grant }) { withdrawn } }";
    person.ask(withdraw, json!({ "grant": grant["id"] }));
    let told = receiver.next();
    assert_eq!(ear.check(&told), "grant.withdrawn");
    assert_eq!(told.json()["data"]["subject"], grant["subject"]);
    rate(person, 4);
    assert!(
        receiver.is_silent_for(Duration::from_secs(2)),
        "nobody lets it read"
    );

    let goes = somebody(server, "leaving@example.org");
    consent(school, &goes);
    let grants = goes.ask("{ partnerGrants { subject } }", json!({}));
    let input = json!({ "confirmation": "delete my account", "password": PASSWORD });
    goes.ask(DELETE, json!({ "input": input }));
    let told = receiver.next();
    assert_eq!(ear.check(&told), "grant.withdrawn");
    let subject = &grants["partnerGrants"][0]["subject"];
    assert_eq!(&told.json()["data"]["subject"], subject);
    assert_ne!(*subject, grant["subject"]);
}
