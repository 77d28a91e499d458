//! What people take elsewhere – credentials, shared pictures, the résumé – against the real binary on both databases.
//! That other people's libraries take it is shown by `scripts/credentials-test` and `scripts/resume-test`.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{collections::BTreeSet, io::Read};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use support::{
    account::{DELETE, LOCK, claim},
    client::Client,
    frame::with_servers,
    server::{Server, Setup},
};

const PASSWORD: &str = "eleven quiet harbours";
const LEVELS: &str = "{ competencies { id levels { id text } } }";
const SUBMIT: &str = "mutation($scores: [CompetencyScoreInput!]!) {
    submitCompetencyScores(input: { scores: $scores }) { result { overall { complete } } } }";
const ISSUE: &str =
    "mutation { issueCredential { credential { id validFrom validUntil ended } json token } }";
const CREDENTIALS: &str = "{ credentials { id validUntil ended } }";
const DOCUMENT: &str =
    "query($id: ID!) { credentialDocument(id: $id) { credential { id } json token } }";
const REVOKE: &str = "mutation($id: ID!) { revokeCredential(input: { id: $id }) { id } }";
const SHARE: &str = "mutation($kind: SharedResults!, $days: Int!) {
    shareResults(input: { kind: $kind, expiresInDays: $days }) { share { id kind expiresAt ended openedOn } url } }";
const SHARES: &str = "{ shares { id kind openedOn ended } }";
const END: &str = "mutation($id: ID!) { revokeShare(input: { id: $id }) { id } }";
const DIARY: &str = "{ diary(first: 50) { nodes { event by detail } } }";
const RESUME: &str = "{ resume { json leftOut } }";

with_servers!(results_travel);

fn results_travel(setup: Setup) {
    let signing = setup.folder.join("keys.signing");
    let server = Server::start(setup);
    let address = results_are_shared_until_they_are_not(&server);
    an_attempt_is_shared_as_bars(&server);
    a_resume_says_what_is_left_out(&server);
    let person = a_credential_is_issued_once_and_for_its_owner(&server);
    let keys = published(&server);
    let server = a_revoked_credential_is_no_longer_in_force(server, person);
    assert_eq!(published(&server), keys, "the keys outlive a restart");
    std::fs::remove_file(signing).expect("the keys go");
    let server = server.crash_and_restart();
    let both = published(&server);
    assert!(
        both.len() == 4 && both.is_superset(&keys),
        "the old keys stay published"
    );
    let log = server.log();
    assert!(!log.contains(&address), "the log holds no secret");
}

/// The names of the keys that others find, which are the same in both documents.
fn published(server: &Server) -> BTreeSet<String> {
    let page = server.client().page("/.well-known/did.json", &[]);
    assert_eq!(page.header("content-type"), "application/did+json");
    assert_eq!(page.header("access-control-allow-origin"), "*");
    let document: Value = serde_json::from_str(&page.text).expect("JSON");
    let names = |list: &Value, key: &str| -> BTreeSet<String> {
        let entries = list.as_array().expect("a list").iter();
        let name = |one: &Value| one[key].as_str().expect("a name").to_owned();
        entries.map(name).collect()
    };
    let all = names(&document["verificationMethod"], "id");
    let set = server.client().page("/.well-known/jwks.json", &[]).text;
    assert!(!set.contains("\"d\""), "nothing secret");
    let set: Value = serde_json::from_str(&set).expect("JSON");
    assert!(names(&set["keys"], "kid").is_subset(&all));
    // Without the issuer's name: a restarted server listens elsewhere.
    let fragment = |name: &String| name.split('#').next_back().unwrap_or_default().to_owned();
    all.iter().map(fragment).collect()
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

fn claimed(server: &Server, email: &str) -> Client {
    let visitor = server.client().visit();
    assert_eq!(visitor.refused(ISSUE, json!({})), "NOT_CLAIMED");
    claim(&visitor, email, PASSWORD).client
}

fn a_credential_is_issued_once_and_for_its_owner(server: &Server) -> Client {
    let person = claimed(server, "travelling@example.org");
    assert_eq!(person.refused(ISSUE, json!({})), "INVALID_INPUT");
    rate(&person, 14, 0);
    assert_eq!(person.refused(ISSUE, json!({})), "INVALID_INPUT");
    rate(&person, 15, 1);

    let issued = person.ask(ISSUE, json!({}))["issueCredential"].clone();
    let (json, id) = (&issued["json"], &issued["credential"]["id"]);
    let results = json["credentialSubject"]["result"].as_array();
    assert_eq!(results.map(Vec::len), Some(15));
    assert_eq!(
        json["credentialSubject"]["source"]["id"],
        json["credentialSubject"]["id"]
    );
    let host = person
        .address()
        .strip_prefix("http://")
        .expect("an address");
    let did = format!("did:web:{}", host.replace(':', "%3A"));
    assert_eq!(json["issuer"]["id"], json!(did));
    let viewer = person.ask("{ viewer { id } }", json!({}))["viewer"]["id"].clone();
    let viewer = viewer.as_str().and_then(|id| id.split(':').next_back());
    assert!(
        !json.to_string().contains(viewer.expect("an id")),
        "it tells no id of ours"
    );

    let again = person.ask(ISSUE, json!({}))["issueCredential"].clone();
    assert_eq!(
        (&again["credential"], &again["json"]),
        (&issued["credential"], json)
    );
    let shown = person.ask(DOCUMENT, json!({ "id": id }))["credentialDocument"].clone();
    assert_eq!((&shown["json"], &shown["token"]), (json, &issued["token"]));
    let all = person.ask(CREDENTIALS, json!({}))["credentials"].clone();
    assert_eq!(
        all,
        json!([{ "id": id, "validUntil": issued["credential"]["validUntil"], "ended": false }])
    );

    rate(&person, 15, 2);
    let other = person.ask(ISSUE, json!({}))["issueCredential"].clone();
    assert_ne!(other["credential"]["id"], *id, "another result");
    assert_ne!(
        other["json"]["credentialSubject"]["id"],
        json["credentialSubject"]["id"]
    );

    let stranger = claimed(server, "stranger@example.org");
    let variables = json!({ "id": id });
    assert_eq!(stranger.refused(DOCUMENT, variables.clone()), "NOT_FOUND");
    assert_eq!(stranger.refused(REVOKE, variables), "NOT_FOUND");
    assert_eq!(
        stranger.ask(CREDENTIALS, json!({}))["credentials"],
        json!([])
    );
    person
}

/// Whether the credential is in force, as the status list tells it in both of its forms.
fn in_force(server: &Server, status: &Value) -> bool {
    let address = status["statusListCredential"].as_str().expect("an address");
    let path = &address[address.find("/credentials/").expect("a path")..];
    let index: usize = status["statusListIndex"]
        .as_str()
        .expect("a number")
        .parse()
        .expect("a number");
    let clear = |list: &Value| {
        let encoded = list["credentialSubject"]["encodedList"]
            .as_str()
            .expect("a list");
        let bytes = URL_SAFE_NO_PAD.decode(&encoded[1..]).expect("base64url");
        let mut bits = Vec::new();
        GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut bits)
            .expect("gzip");
        bits[index / 8] & (0x80 >> (index % 8)) == 0
    };
    let page = server.client().page(path, &[]);
    assert_eq!(page.header("content-type"), "application/vc");
    let list: Value = serde_json::from_str(&page.text).expect("JSON");
    let page = server
        .client()
        .page(path, &[("accept", "application/vc+jwt")]);
    assert_eq!(page.header("content-type"), "application/vc+jwt");
    let payload = page.text.split('.').nth(1).expect("a payload");
    let payload = URL_SAFE_NO_PAD.decode(payload).expect("base64url");
    let payload: Value = serde_json::from_slice(&payload).expect("JSON");
    assert_eq!(clear(&list), clear(&payload));
    clear(&list)
}

fn a_revoked_credential_is_no_longer_in_force(server: Server, person: Client) -> Server {
    for path in [
        "/credentials/status/2",
        "/credentials/status/x",
        "/credentials/status/99999999999",
    ] {
        assert_eq!(server.client().page(path, &[]).status, 404, "{path}");
    }
    let all = person.ask(CREDENTIALS, json!({}))["credentials"].clone();
    let (kept, gone) = (&all[0]["id"], &all[1]["id"]);
    let status = |id: &Value| {
        let shown = person.ask(DOCUMENT, json!({ "id": id }));
        shown["credentialDocument"]["json"]["credentialStatus"].clone()
    };
    let (of_kept, of_gone) = (status(kept), status(gone));
    assert!(in_force(&server, &of_kept) && in_force(&server, &of_gone));
    person.ask(REVOKE, json!({ "id": gone }));
    assert_eq!(person.refused(REVOKE, json!({ "id": gone })), "NOT_FOUND");
    assert_eq!(person.refused(DOCUMENT, json!({ "id": gone })), "NOT_FOUND");
    let events = person.ask(DIARY, json!({}))["diary"]["nodes"].clone();
    let newest = &events[0];
    let detail = gone.as_str().and_then(|id| id.split(':').next_back());
    assert_eq!(newest["event"], "CREDENTIAL_REVOKED");
    assert_eq!(newest["detail"].as_str(), detail);

    // A new process has made no list yet that it would tell for some seconds.
    let server = server.crash_and_restart();
    let person = person.moved_to(&server.client());
    assert!(in_force(&server, &of_kept) && !in_force(&server, &of_gone));
    let input = json!({ "confirmation": "delete my account", "password": PASSWORD });
    person.ask(DELETE, json!({ "input": input }));
    let server = server.crash_and_restart();
    assert!(!in_force(&server, &of_kept), "the account is gone");
    server
}

/// What a path was answered with, whatever the bytes.
fn bytes(client: &Client, path: &str) -> (String, Vec<u8>) {
    let mut reply = ureq::get(format!("{}{path}", client.address()))
        .call()
        .expect("an answer");
    let kind = reply.headers()["content-type"]
        .to_str()
        .expect("ASCII")
        .to_owned();
    (kind, reply.body_mut().read_to_vec().expect("bytes"))
}

fn results_are_shared_until_they_are_not(server: &Server) -> String {
    let (person, nobody) = (server.client().visit(), server.client());
    for days in [0, 366] {
        let variables = json!({ "kind": "COMPETENCY_RADAR", "days": days });
        assert_eq!(person.refused(SHARE, variables), "INVALID_INPUT");
    }
    let share = |kind: &str| {
        let made = person.ask(SHARE, json!({ "kind": kind, "days": 3 }))["shareResults"].clone();
        let url = made["url"].as_str().expect("an address").to_owned();
        let path = url.strip_prefix(person.address()).expect("of this server");
        (made["share"].clone(), path.to_owned())
    };
    let (radar, path) = share("COMPETENCY_RADAR");
    let (_, trend) = share("COMPETENCY_TREND");
    let absent = |path: &str| {
        let page = nobody.page(path, &[]);
        assert_eq!((page.status, page.text.as_str()), (404, ""), "{path}");
    };
    absent(&path);
    rate(&person, 15, 2);

    let page = nobody.page(&path, &[]);
    assert_eq!(page.header("content-type"), "image/svg+xml; charset=utf-8");
    assert_eq!(page.header("cache-control"), "private, no-cache");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert!(page.text.contains("role=\"img\"") && page.text.contains("</svg>"));
    assert_eq!(page.text.matches(" not rated").count(), 0);
    let again = nobody.page(&path, &[("if-none-match", page.header("etag"))]);
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    let (kind, png) = bytes(&nobody, &path.replace(".svg", ".png"));
    assert_eq!(kind, "image/png");
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.len() > 20_000);
    assert!(
        nobody
            .page(&trend, &[])
            .text
            .contains("Competencies over time")
    );
    rate(&person, 1, 0);
    assert_ne!(
        nobody.page(&path, &[]).text,
        page.text,
        "it shows what is there now"
    );

    let shares = person.ask(SHARES, json!({}))["shares"].clone();
    assert!(
        shares[0]["openedOn"].is_string() && shares[0]["ended"] == false,
        "{shares:#}"
    );
    let events = person.ask(DIARY, json!({}))["diary"]["nodes"].clone();
    let seen = events.as_array().expect("events").iter();
    let seen = seen.filter(|one| one["event"] == "SHARED_RESULTS_SEEN" && one["by"] == "PROGRAM");
    assert_eq!(seen.count(), 2, "once a day for each address");

    let token = path
        .trim_start_matches("/results/")
        .trim_end_matches(".svg")
        .to_owned();
    let mut other = token.clone();
    let last = if other.pop() == Some('A') { 'B' } else { 'A' };
    other.push(last);
    absent(&format!("/results/{other}.svg"));
    absent(&format!("/results/{token}.gif"));
    absent(&format!("/calendar/{token}.ics"));
    absent("/results/x.png");
    assert_eq!(
        nobody.clone().with_token(&token).refused(SHARES, json!({})),
        "SESSION_EXPIRED"
    );
    let stranger = server.client().visit();
    assert_eq!(
        stranger.refused(END, json!({ "id": radar["id"] })),
        "NOT_FOUND"
    );
    person.ask(END, json!({ "id": radar["id"] }));
    absent(&path);
    assert_eq!(
        person.refused(END, json!({ "id": radar["id"] })),
        "NOT_FOUND"
    );
    for _ in 1..20 {
        share("COMPETENCY_TREND");
    }
    let one_more = json!({ "kind": "COMPETENCY_TREND", "days": 3 });
    assert_eq!(person.refused(SHARE, one_more), "INVALID_INPUT");
    token
}

fn an_attempt_is_shared_as_bars(server: &Server) {
    let (person, nobody) = (server.client().visit(), server.client());
    let all = person.ask("{ assessments { assessment { id title } } }", json!({}));
    let assessment = &all["assessments"][0]["assessment"];
    let start = "mutation($assessment: ID!) {
        startAttempt(input: { assessment: $assessment }) { attempt { id } } }";
    let begun = person.ask(start, json!({ "assessment": assessment["id"] }));
    let attempt = json!({ "attempt": begun["startAttempt"]["attempt"]["id"] });
    let share =
        "mutation($attempt: ID!) { shareResults(input: { kind: ATTEMPT_BARS, attempt: $attempt }) {
        share { id kind attempt } url } }";
    assert_eq!(person.refused(share, attempt.clone()), "CONFLICT");
    let complete = "mutation($attempt: ID!) { completeAttempt(input: { attempt: $attempt }) { attempt { id } } }";
    person.ask(complete, attempt.clone());
    let stranger = server.client().visit();
    assert_eq!(stranger.refused(share, attempt.clone()), "NOT_FOUND");
    let bare = json!({ "kind": "ATTEMPT_BARS", "days": 3 });
    assert_eq!(person.refused(SHARE, bare), "INVALID_INPUT");
    let radar = share.replace("ATTEMPT_BARS", "COMPETENCY_RADAR");
    assert_eq!(person.refused(&radar, attempt.clone()), "INVALID_INPUT");
    let made = person.ask(share, attempt.clone())["shareResults"].clone();
    assert_eq!(made["share"]["attempt"], attempt["attempt"]);
    let url = made["url"].as_str().expect("an address");
    let path = url.strip_prefix(person.address()).expect("of this server");
    let page = nobody.page(path, &[]);
    assert_eq!(page.status, 200);
    let title = assessment["title"].as_str().expect("a title");
    assert!(page.text.contains(title) && page.text.contains("Active Listening: 0 %"));
    assert!(page.text.contains("role=\"img\""));
    let (kind, png) = bytes(&nobody, &path.replace(".svg", ".png"));
    assert!(kind == "image/png" && png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let shares = person.ask("{ shares { attempt openedOn } }", json!({}))["shares"].clone();
    assert_eq!(shares[0]["attempt"], attempt["attempt"]);
    assert!(shares[0]["openedOn"].is_string());
    person.ask(END, json!({ "id": made["share"]["id"] }));
    assert_eq!(nobody.page(path, &[]).status, 404);
}

fn a_resume_says_what_is_left_out(server: &Server) {
    let person = claimed(server, "resume@example.org");
    assert_eq!(
        person.ask(RESUME, json!({}))["resume"]["json"]["basics"],
        Value::Null,
        "nothing is invented"
    );
    let fill = "mutation { updateSettings(input: { displayName: \"Ada\" }) { viewer { id } }
        updateProfile(input: { headline: \"A listener\", summary: \"Hears.\" }) { profile { revision } }
        addSkill(input: { customName: \"Baking\", category: KNOWLEDGE, mastery: 5 }) { skill { id } }
        job: createExperience(input: { title: \"Baker\", organization: \"Bakery\", type: JOB, startDate: \"2020-02-03\",
            tasks: [{ text: \"baked bread\" }] }) { experience { id } }
        school: createExperience(input: { title: \"Bread\", organization: \"School\", type: EDUCATION,
            startDate: \"2018-01-01\", endDate: \"2019-12-31\" }) { experience { id } }
        other: createExperience(input: { title: \"A walk\", description: \"Far.\", type: OTHER }) { experience { id } } }";
    person.ask(fill, json!({}));
    let resume = person.ask(RESUME, json!({}))["resume"].clone();
    let json = &resume["json"];
    assert_eq!(
        json["basics"],
        json!({ "name": "Ada", "label": "A listener", "summary": "Hears." })
    );
    assert_eq!(
        json["work"],
        json!([{ "name": "Bakery", "position": "Baker", "startDate": "2020-02-03", "highlights": ["baked bread"] }])
    );
    assert_eq!(
        json["education"],
        json!([{ "institution": "School", "area": "Bread", "startDate": "2018-01-01", "endDate": "2019-12-31" }])
    );
    assert_eq!(
        json["projects"],
        json!([{ "name": "A walk", "description": "Far.", "type": "other" }])
    );
    let skills = json["skills"].as_array().expect("skills");
    assert!(
        skills.contains(&json!({ "name": "Baking", "level": "Expert", "keywords": ["knowledge"] }))
    );
    assert_eq!(resume["leftOut"], json!([]));

    let bearer = format!("Bearer {}", person.token().expect("a session"));
    let page = server
        .client()
        .page("/resume.json", &[("authorization", &bearer)]);
    assert_eq!(
        page.header("content-disposition"),
        "attachment; filename=\"resume.json\""
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(
        serde_json::from_str::<Value>(&page.text).expect("JSON"),
        *json
    );
    assert_eq!(server.client().page("/resume.json", &[]).status, 401);
    let elsewhere = [
        ("authorization", bearer.as_str()),
        ("sec-fetch-site", "cross-site"),
    ];
    assert_eq!(server.client().page("/resume.json", &elsewhere).status, 403);

    person.ask(LOCK, json!({}));
    let locked = person.ask(RESUME, json!({}))["resume"].clone();
    assert_eq!(locked["leftOut"], json!(["basics.label", "basics.summary"]));
    assert_eq!(locked["json"]["basics"], json!({ "name": "Ada" }));
    assert_eq!(locked["json"]["work"], json["work"]);
}
