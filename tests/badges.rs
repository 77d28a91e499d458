//! What a partner reads by the interface of Open Badges 3.0: from the service description to the badge, and to its end when
//! the person limits or withdraws what they gave. Over HTTP against the real binary, on both databases. That other
//! people's libraries accept the badge is shown by `scripts/credentials-test`.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    io::Read,
    sync::atomic::{AtomicU32, Ordering},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::Clock;
use flate2::read::GzDecoder;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::{
    client::{Client, Page},
    frame::{Frame, apart},
    partner::Program,
    server::Server,
};

const PASSWORD: &str = "seven slow lanterns";
const CLAIM: &str = "mutation($email: String!, $password: String!) {
    claim(input: { email: $email, password: $password }, delivery: BEARER) { token } }";
const CONFIRM: &str =
    "mutation($token: String!) { confirmEmail(input: { token: $token }) { confirmed } }";
const LEVELS: &str = "{ competencies { id levels { id } } }";
const SUBMIT: &str = "mutation($scores: [CompetencyScoreInput!]!) {
    submitCompetencyScores(input: { scores: $scores }) { result { overall { complete } } } }";
const GRANTS: &str = "{ partnerGrants { id name subject } }";
const LIMIT: &str = "mutation($grant: ID!) {
    limitPartner(input: { grant: $grant, scopes: [PROFILE_BASIC] }) { scopes } }";
const WITHDRAW: &str =
    "mutation($grant: ID!) { withdrawPartner(input: { grant: $grant }) { withdrawn } }";
const DIARY: &str = "{ diary(first: 50) { nodes { event by detail } } }";

const BADGES: &str = "/ims/ob/v3p0/credentials";
const PROFILE: &str = "/ims/ob/v3p0/profile";
const SCOPE: &str = "https://purl.imsglobal.org/spec/ob/v3p0/scope";

on_both!(a_partner_is_given_what_people_let_it_read);

fn clock() -> Clock {
    Clock::System
}

async fn a_partner_is_given_what_people_let_it_read(test: &TestDatabase) {
    let frame = Frame::beside(test);
    let story = frame.run(|setup| story(Server::start(setup))).await;
    let late = "UPDATE partner_tokens SET expires_at = '2020-01-01T00:00:00Z'";
    test.owner
        .execute_unprepared(late)
        .await
        .expect("an update");
    apart(move || {
        let late = read(&story.server.client(), BADGES, Some(&story.access));
        assert_refused(&late, 401, "unauthorizedrequest", "error=\"invalid_token\"");
    })
    .await;
    frame.remove().await;
}

/// What the story leaves behind.
struct Story {
    server: Server,
    /// A token that is good.
    access: String,
}

fn story(server: Server) -> Story {
    described(&server);
    let school = Program::register(
        &server,
        "A school",
        &["credential.readonly", "profile.basic"],
    );
    let other = Program::register(&server, "Another", &["credential.readonly"]);
    let person = owner(&server, "robin@example.org");
    let cookies = signed_in(&school, "robin@example.org");
    let both = format!("{SCOPE}/credential.readonly {SCOPE}/profile.readonly");
    let access = tokens(
        &school,
        &cookies,
        &both,
        &["credential.readonly", "profile.basic"],
    );
    let badge_only = tokens(
        &other,
        &cookies,
        "credential.readonly",
        &["credential.readonly"],
    );
    let name_only = tokens(&school, &cookies, "profile.basic", &["profile.basic"]);
    refusals(&server, &person, &school, [&badge_only, &name_only]);

    let badge = a_badge_is_made_once(&server, &person, &access);
    paging(&server, &access);
    let theirs = only(&read(&server.client(), BADGES, Some(&badge_only)));
    every_partner_knows_another_name(&person, [&badge, &theirs]);
    a_profile_has_the_same_name(&server, &person, &access, &badge);
    assert!(in_force(&server, &badge) && in_force(&server, &theirs));
    let badge = another_result_is_another_badge(&server, &person, &access, &badge);
    the_diary_has_it(&person, &school);
    let theirs = too_often(&server, &badge_only, &theirs);
    a_limit_and_a_withdrawal_revoke(&server, &person, [&access, &badge_only], [&badge, &theirs]);

    let again = tokens(
        &school,
        &cookies,
        &both,
        &["credential.readonly", "profile.basic"],
    );
    let anew = only(&read(&server.client(), BADGES, Some(&again)));
    assert_eq!(subject(&anew), subject(&badge), "a consent that comes back");
    assert_ne!(anew["id"], badge["id"]);
    let log = server.log();
    for secret in [&access, &badge_only, &again, &subject(&anew)] {
        assert!(!log.contains(secret.as_str()), "the log holds {secret}");
    }
    Story {
        server,
        access: again,
    }
}

fn described(server: &Server) {
    let page = server.client().page("/ims/ob/v3p0/discovery", &[]);
    assert_eq!(
        (page.status, page.header("access-control-allow-origin")),
        (200, "*")
    );
    let document: Value = serde_json::from_str(&page.text).expect("JSON");
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|one| one.starts_with("3.0"))
    );
    let scheme = &document["components"]["securitySchemes"]["OAuth2ACG"];
    let flow = &scheme["flows"]["authorizationCode"];
    let address = server.client().address().to_owned();
    assert_eq!(flow["tokenUrl"], format!("{address}/oauth/token"));
    for name in ["credential.readonly", "profile.readonly"] {
        assert!(
            flow["scopes"][format!("{SCOPE}/{name}")].is_string(),
            "{flow:#}"
        );
    }
    let told = server
        .client()
        .page("/.well-known/oauth-authorization-server", &[]);
    assert!(told.text.contains(&format!("{SCOPE}/profile.readonly")));
}

/// Somebody with an account.
fn owner(server: &Server, email: &str) -> Client {
    let visitor = server.client().visit();
    let claimed = visitor.ask(CLAIM, json!({ "email": email, "password": PASSWORD }));
    let token = claimed["claim"]["token"].as_str().expect("a token");
    let mailed = server.mailed_token(email, "confirm-email");
    server.client().ask(CONFIRM, json!({ "token": mailed }));
    server.client().with_token(token)
}

/// Rates the person in the first `count` competencies, each by its `level`th text.
fn rate(person: &Client, count: usize, level: usize) {
    let competencies = person.ask(LEVELS, json!({}))["competencies"].clone();
    let competencies = competencies.as_array().expect("a list").iter();
    let scores = competencies
        .take(count)
        .map(|one| json!({ "competency": one["id"], "level": one["levels"][level]["id"] }));
    person.ask(SUBMIT, json!({ "scores": scores.collect::<Vec<_>>() }));
}

/// What a browser sends after signing in on a partner's page.
fn signed_in(program: &Program, email: &str) -> String {
    let mut fields = program.request("credential.readonly").to_vec();
    fields.extend([("email", email), ("password", PASSWORD)]);
    let reply = program.post("/oauth/sign-in", &fields, &[]);
    assert_eq!(reply.status, 303, "{}", reply.text);
    reply.cookies()
}

/// The access token of a person who ticks these of what is asked for.
fn tokens(program: &Program, cookies: &str, scope: &str, ticked: &[&str]) -> String {
    let sent = program.consent(cookies, scope, ticked);
    let code = sent.sent("code").expect("a code");
    let tokens = program.exchange(&code).json();
    let told = tokens["scope"].as_str().expect("scopes");
    for name in scope.split(' ').chain(ticked.iter().copied()) {
        assert!(told.split(' ').any(|one| one == name), "{name} of {told}");
    }
    tokens["access_token"].as_str().expect("a token").to_owned()
}

fn read(client: &Client, path: &str, token: Option<&str>) -> Page {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let headers: Vec<_> = bearer
        .iter()
        .map(|one| ("authorization", one.as_str()))
        .collect();
    client.page(path, &headers)
}

/// The one credential of an answer.
fn only(page: &Page) -> Value {
    assert_eq!(
        (page.status, page.header("x-total-count")),
        (200, "1"),
        "{}",
        page.text
    );
    let answer: Value = serde_json::from_str(&page.text).expect("JSON");
    assert_eq!(answer["compactJwsString"], json!([]));
    let [one] = &**answer["credential"].as_array().expect("a list") else {
        panic!("{answer:#}")
    };
    one.clone()
}

fn subject(badge: &Value) -> String {
    let id = badge["credentialSubject"]["id"].as_str().expect("a name");
    let (_, name) = id
        .rsplit_once("/credentials/subjects/")
        .expect("of the issuer");
    name.to_owned()
}

#[track_caller]
fn assert_refused(page: &Page, status: u16, minor: &str, challenge: &str) {
    assert_eq!(page.status, status, "{}", page.text);
    let info: Value = serde_json::from_str(&page.text).expect("JSON");
    assert_eq!(info["imsx_codeMajor"], "failure");
    let field = &info["imsx_codeMinor"]["imsx_codeMinorField"][0];
    assert_eq!(field["imsx_codeMinorFieldValue"], minor);
    let asked = page.header("www-authenticate");
    assert!(
        asked.contains(challenge) && asked.is_empty() == challenge.is_empty(),
        "{asked}"
    );
}

fn refusals(server: &Server, person: &Client, school: &Program, [badge, name]: [&str; 2]) {
    let client = server.client();
    for path in [BADGES, PROFILE] {
        let none = read(&client, path, None);
        assert_refused(
            &none,
            401,
            "unauthorizedrequest",
            "Bearer realm=\"partners\"",
        );
        assert!(!none.header("www-authenticate").contains("error"));
        let changed = format!("{}AAAA", &badge[..badge.len() - 4]);
        for dead in [
            changed.as_str(),
            person.token().expect("a session"),
            "dtpa_",
        ] {
            let dead = read(&client, path, Some(dead));
            assert_refused(&dead, 401, "unauthorizedrequest", "error=\"invalid_token\"");
        }
        let own = read(&client, path, Some(&school.own_token()));
        assert_refused(&own, 403, "forbidden", "error=\"insufficient_scope\"");
        let posted = school.post(path, &[], &[]);
        assert_eq!((posted.status, posted.header("allow")), (405, "GET, HEAD"));
        assert!(posted.text.contains("not_allowed"));
    }
    let short = read(&client, BADGES, Some(name));
    let wanted = format!("scope=\"{SCOPE}/credential.readonly\"");
    assert_refused(&short, 403, "forbidden", &wanted);
    let short = read(&client, PROFILE, Some(badge));
    assert_refused(
        &short,
        403,
        "forbidden",
        &format!("scope=\"{SCOPE}/profile.readonly\""),
    );
    let unknown = read(&client, "/ims/ob/v3p0/nothing", Some(badge));
    assert_refused(&unknown, 404, "not_found", "");
    for wrong in ["limit=0", "offset=-1", "since=yesterday"] {
        let wrong = read(&client, &format!("{BADGES}?{wrong}"), Some(badge));
        assert_refused(&wrong, 400, "invalid_query_parameter", "");
    }
}

fn a_badge_is_made_once(server: &Server, person: &Client, access: &str) -> Value {
    let client = server.client();
    rate(person, 14, 0);
    let none = read(&client, BADGES, Some(access));
    assert_eq!(
        (none.status, none.header("x-total-count")),
        (200, "0"),
        "not complete"
    );
    rate(person, 15, 1);
    let page = read(&client, BADGES, Some(access));
    assert_eq!(page.header("cache-control"), "no-store");
    let badge = only(&page);
    assert_eq!(
        badge["credentialSubject"]["source"]["id"],
        badge["credentialSubject"]["id"]
    );
    assert!(badge["proof"]["proofValue"].is_string());
    assert_eq!(
        only(&read(&client, BADGES, Some(access))),
        badge,
        "not signed again"
    );
    badge
}

fn paging(server: &Server, access: &str) {
    let client = server.client();
    let all = read(
        &client,
        &format!("{BADGES}?limit=1&since=2020-01-01T00:00:00Z"),
        Some(access),
    );
    only(&all);
    let links = all.header("link");
    assert!(links.contains("limit=1&offset=0&since=2020-01-01T00%3A00%3A00Z>; rel=\"first\""));
    assert!(
        links.starts_with(&format!("<{}{BADGES}?", client.address())) && !links.contains("next")
    );
    for (query, total) in [("offset=1", "1"), ("since=2999-01-01T00:00:00Z", "0")] {
        let none = read(&client, &format!("{BADGES}?{query}"), Some(access));
        assert_eq!(
            (none.status, none.header("x-total-count")),
            (200, total),
            "{query}"
        );
        let answer: Value = serde_json::from_str(&none.text).expect("JSON");
        assert_eq!(answer["credential"], json!([]), "{query}");
    }
}

fn every_partner_knows_another_name(person: &Client, badges: [&Value; 2]) {
    let grants = person.ask(GRANTS, json!({}))["partnerGrants"].clone();
    for (badge, name) in badges.iter().zip(["A school", "Another"]) {
        let mut all = grants.as_array().expect("grants").iter();
        let grant = all.find(|one| one["name"] == name).expect("a grant");
        assert_eq!(
            grant["subject"],
            subject(badge),
            "the name that it knows elsewhere"
        );
    }
    let [one, other] = badges;
    assert_ne!(subject(one), subject(other));
    assert_ne!(one["id"], other["id"]);
    assert_ne!(
        one["credentialStatus"]["id"],
        other["credentialStatus"]["id"]
    );
    let viewer = person.ask("{ viewer { id } }", json!({}))["viewer"]["id"].clone();
    let viewer = viewer
        .as_str()
        .and_then(|id| id.split(':').next_back())
        .expect("an id");
    for badge in badges {
        assert!(
            !badge.to_string().contains(viewer),
            "it tells no id of ours"
        );
    }
}

fn a_profile_has_the_same_name(server: &Server, person: &Client, access: &str, badge: &Value) {
    let profile = || -> Value {
        let page = read(&server.client(), PROFILE, Some(access));
        assert_eq!(
            (page.status, page.header("cache-control")),
            (200, "no-store")
        );
        serde_json::from_str(&page.text).expect("JSON")
    };
    let nameless = profile();
    assert_eq!(nameless["id"], badge["credentialSubject"]["id"]);
    assert_eq!(
        (&nameless["type"], &nameless["name"]),
        (&json!(["Profile"]), &Value::Null)
    );
    let named = "mutation { updateSettings(input: { displayName: \"Robin\" }) { viewer { id } } }";
    person.ask(named, json!({}));
    assert_eq!(profile()["name"], "Robin");
}

/// Whether the status list says that a badge is in force. A list is told for some seconds as it was made, for each name of
/// the server by itself; so each time the server is called by another.
fn in_force(server: &Server, badge: &Value) -> bool {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let host = format!("name{}.example", ASKED.fetch_add(1, Ordering::Relaxed));
    let status = &badge["credentialStatus"];
    let address = status["statusListCredential"].as_str().expect("an address");
    let path = &address[address.find("/credentials/").expect("a path")..];
    let page = server.client().page(path, &[("host", &host)]);
    assert!(page.text.contains(&host), "a list of another name");
    let list: Value = serde_json::from_str(&page.text).expect("JSON");
    let encoded = list["credentialSubject"]["encodedList"]
        .as_str()
        .expect("a list");
    let bytes = URL_SAFE_NO_PAD.decode(&encoded[1..]).expect("base64url");
    let mut bits = Vec::new();
    let mut unpacked = GzDecoder::new(bytes.as_slice());
    unpacked.read_to_end(&mut bits).expect("gzip");
    let index = status["statusListIndex"].as_str().expect("a number");
    let index: usize = index.parse().expect("a number");
    bits[index / 8] & (0x80 >> (index % 8)) == 0
}

fn another_result_is_another_badge(
    server: &Server,
    person: &Client,
    access: &str,
    before: &Value,
) -> Value {
    rate(person, 1, 3);
    let badge = only(&read(&server.client(), BADGES, Some(access)));
    assert_ne!(
        (&badge["id"], &badge["proof"]),
        (&before["id"], &before["proof"])
    );
    assert_eq!(subject(&badge), subject(before));
    assert!(
        in_force(server, &badge) && !in_force(server, before),
        "the one before is revoked"
    );
    badge
}

fn the_diary_has_it(person: &Client, school: &Program) {
    let diary = person.ask(DIARY, json!({}))["diary"]["nodes"].clone();
    let diary = diary.as_array().expect("entries");
    let times = |event: &str| {
        let of = diary
            .iter()
            .filter(|one| one["event"] == event && one["detail"] == school.id);
        of.inspect(|one| assert_eq!(one["by"], "PROGRAM")).count()
    };
    assert_eq!(times("PARTNER_READ"), 1, "once a day");
    assert_eq!(times("PARTNER_CREDENTIAL_ISSUED"), 2, "for each result");
}

/// Asks until it is refused; the badge of the present result.
fn too_often(server: &Server, access: &str, before: &Value) -> Value {
    let badge = only(&read(&server.client(), BADGES, Some(access)));
    assert_ne!(badge["id"], before["id"], "the result has changed");
    let mut seen = 0;
    let last = loop {
        let page = read(&server.client(), BADGES, Some(access));
        if page.status != 200 || seen > 60 {
            break page;
        }
        seen += 1;
    };
    assert_refused(&last, 429, "server_busy", "");
    let wait: u64 = last.header("retry-after").parse().expect("seconds");
    assert!((1..=10).contains(&wait) && seen >= 20, "{seen}, {wait}");
    badge
}

fn a_limit_and_a_withdrawal_revoke(
    server: &Server,
    person: &Client,
    [access, other]: [&str; 2],
    [badge, theirs]: [&Value; 2],
) {
    let grants = person.ask(GRANTS, json!({}))["partnerGrants"].clone();
    let grant = |name: &str| {
        let mut all = grants.as_array().expect("grants").iter();
        all.find(|one| one["name"] == name).expect("a grant")["id"].clone()
    };
    let client = server.client();
    person.ask(LIMIT, json!({ "grant": grant("A school") }));
    let limited = read(&client, BADGES, Some(access));
    assert_refused(&limited, 403, "forbidden", "error=\"insufficient_scope\"");
    assert_eq!(
        read(&client, PROFILE, Some(access)).status,
        200,
        "that is left"
    );
    assert!(!in_force(server, badge) && in_force(server, theirs));
    person.ask(WITHDRAW, json!({ "grant": grant("A school") }));
    person.ask(WITHDRAW, json!({ "grant": grant("Another") }));
    for token in [access, other] {
        for path in [BADGES, PROFILE] {
            let dead = read(&client, path, Some(token));
            assert_refused(&dead, 401, "unauthorizedrequest", "error=\"invalid_token\"");
        }
    }
    assert!(!in_force(server, theirs));
}
