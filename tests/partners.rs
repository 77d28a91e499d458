//! A partner from its registration to the first page and to the end of it, over HTTP against the real binary, on both
//! databases: the pages that people see, the tokens, what they open and what they do not.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use serde_json::{Value, json};
use support::{
    account::{claim, confirm},
    client::Client,
    frame::with_servers,
    partner::{BACK, Program},
    server::{Server, Setup},
};

const EMAIL: &str = "robin@example.org";
const PASSWORD: &str = "seven slow lanterns";
const SUBJECTS: &str = "{ partner { name scopes subjects(first: 10) { pageInfo { hasNextPage endCursor } nodes {
    subject scopes displayName grantedAt changedAt competencyResult { overall { average scored total complete }
    categories { category average } competencies { competency caseIdentifier name category score standing assessedAt }
    assessedAt reassessmentDueAt } } } } }";
const GRANTS: &str =
    "{ partnerGrants { id name closed scopes subject readOn createdAt updatedAt } }";
const BOTH: &str = "competency.read profile.basic";

with_servers!(a_partner_from_registration_to_end);

fn a_partner_from_registration_to_end(setup: Setup) {
    let server = Server::start(setup);
    partners(&server);
    operators(&server);
}

fn partners(server: &Server) {
    let school = Program::register(
        server,
        "A <b>\"school\"",
        &["competency.read", "profile.basic"],
    );
    let other = Program::register(server, "Another", &["competency.read"]);
    let person = owner(server);
    pages_without_a_session(&school, server);
    let cookies = signed_in(&school);
    the_form_is_needed(&school, &cookies);

    let sent = school.consent(&cookies, BOTH, &["competency.read"]);
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(
        sent.header("location")
            .starts_with(&format!("{BACK}?code=dtpc_"))
    );
    assert_eq!(sent.sent("state").as_deref(), Some("as-it-came"));
    let issuer = server
        .client()
        .address()
        .replace(':', "%3A")
        .replace('/', "%2F");
    assert_eq!(sent.sent("iss"), Some(issuer));
    let code = sent.sent("code").expect("a code");
    assert_eq!(other.exchange(&code).json()["error"], "invalid_grant");
    let tokens = school.exchange(&code);
    assert_eq!(
        (tokens.status, tokens.header("cache-control")),
        (200, "no-store")
    );
    let tokens = tokens.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(
        (&tokens["expires_in"], &tokens["scope"]),
        (&json!(3600), &json!("competency.read"))
    );
    let access = tokens["access_token"].as_str().expect("a token").to_owned();
    let refresh = tokens["refresh_token"]
        .as_str()
        .expect("a token")
        .to_owned();

    let theirs = server.client().with_token(&access);
    let read = theirs.ask(SUBJECTS, json!({}));
    assert_eq!(read["partner"]["name"], "A <b>\"school\"");
    let [subject] = &**read["partner"]["subjects"]["nodes"]
        .as_array()
        .expect("nodes")
    else {
        panic!("{read:#}")
    };
    assert_eq!(subject["displayName"], Value::Null, "not granted");
    assert_eq!(subject["competencyResult"]["overall"]["scored"], 1);
    let score = &subject["competencyResult"]["competencies"][0];
    assert!((1..=5).contains(&score["score"].as_i64().expect("a score")));
    nothing_else_opens(&theirs, &person, subject);
    a_person_sees_and_ends_it(server, &person, &theirs, &school, subject);

    let dead = school.token(&[("grant_type", "refresh_token"), ("refresh_token", &refresh)]);
    assert_eq!(
        (dead.status, &dead.json()["error"]),
        (400, &json!("invalid_grant"))
    );
    let log = server.log();
    for secret in [
        &code,
        &access,
        &refresh,
        &school.secret,
        "as-it-came",
        PASSWORD,
        EMAIL,
    ] {
        assert!(!log.contains(secret), "the log holds {secret}");
    }
}

/// Somebody with an account and a score.
fn owner(server: &Server) -> Client {
    let visitor = server.client().visit();
    let person = claim(&visitor, EMAIL, PASSWORD).client;
    confirm(server, EMAIL);
    let all = person.ask("{ competencies { id levels { id } } }", json!({}));
    let one = &all["competencies"][0];
    let submit =
        "mutation($competency: ID!, $level: ID!) { submitCompetencyScores(input: { scores: [
        { competency: $competency, level: $level }] }) { result { assessedAt } } }";
    person.ask(
        submit,
        json!({ "competency": one["id"], "level": one["levels"][0]["id"] }),
    );
    person
}

fn pages_without_a_session(school: &Program, server: &Server) {
    let page = school.get(&school.address_of(BOTH), &[]);
    assert_eq!(page.status, 200);
    assert!(page.text.contains("action=\"/oauth/sign-in\""));
    assert!(page.text.contains("A &lt;b&gt;&quot;school&quot;"));
    for page in [
        &page,
        &school.get(&school.address_of(BOTH).replace("%2Fback", "%2Fbad"), &[]),
    ] {
        assert!(!page.text.contains("<script") && !page.text.contains("<b>"));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"));
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let told = |change: (&str, &str)| {
        let address = school.address_of(BOTH).replace(change.0, change.1);
        school.get(&address, &[])
    };
    for stays in [
        ("client_id=", "client_id=0"),
        ("%2Fback", "%2Fback%2F"),
        ("redirect_uri", "uri"),
    ] {
        let page = told(stays);
        assert_eq!(
            (page.status, page.header("location")),
            (400, ""),
            "{stays:?}"
        );
    }
    for (change, error) in [
        (("S256", "plain"), "invalid_request"),
        (("code_challenge_method=S256", ""), "invalid_request"),
        (("code_challenge=E9", "code_challenge="), "invalid_request"),
        (
            ("response_type=code", "response_type=token"),
            "unsupported_response_type",
        ),
        (("profile.basic", "credential.readonly"), "invalid_scope"),
        (("profile.basic", "email"), "invalid_scope"),
    ] {
        let sent = told(change);
        assert_eq!(sent.status, 303, "{change:?}");
        assert_eq!(sent.sent("error").as_deref(), Some(error), "{change:?}");
        assert_eq!(sent.sent("state").as_deref(), Some("as-it-came"));
        assert!(sent.sent("iss").is_some() && sent.sent("code").is_none());
    }
    let visitor = server.client().visit();
    let bearer = format!("Bearer {}", visitor.token().expect("a token"));
    let page = school.get(&school.address_of(BOTH), &[("authorization", &bearer)]);
    assert!(page.text.contains("as a visitor") && !page.text.contains("name=\"mark\""));
}

/// Signs in on the page; what a browser sends afterwards.
fn signed_in(school: &Program) -> String {
    let sign_in = |password: &str, headers: &[(&str, &str)]| {
        let mut fields = school.request(BOTH).to_vec();
        fields.extend([("email", EMAIL), ("password", password)]);
        school.post("/oauth/sign-in", &fields, headers)
    };
    let wrong = sign_in("seven slow lantern", &[]);
    assert_eq!((wrong.status, wrong.cookies().as_str()), (400, ""));
    assert!(wrong.text.contains("role=\"alert\"") && !wrong.text.contains(EMAIL));
    let foreign = sign_in(PASSWORD, &[("origin", "https://elsewhere.example")]);
    assert_eq!((foreign.status, foreign.cookies().as_str()), (403, ""));
    let right = sign_in(PASSWORD, &[]);
    assert_eq!(right.status, 303, "{}", right.text);
    assert_eq!(right.header("location"), school.address_of(BOTH));
    right.cookies()
}

fn the_form_is_needed(school: &Program, cookies: &str) {
    let headers = [("cookie", cookies)];
    let page = school.get(&school.address_of(BOTH), &headers);
    assert!(
        page.text
            .contains("A &lt;b&gt;&quot;school&quot; would like")
    );
    assert!(
        page.text.contains("allow.competency.read") && page.text.contains("allow.profile.basic")
    );
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' https://school.example;"),
        "{policy}"
    );
    let (made_at, mark) = (page.field("made_at"), page.field("mark"));
    let send = |scope: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]| {
        let all: Vec<_> = school
            .request(scope)
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        school.post("/oauth/authorize", &all, headers)
    };
    let yes = [("allow.profile.basic", "yes"), ("answer", "allow")];
    let sealed = [("made_at", made_at), ("mark", mark)];
    let whole = [&sealed[..], &yes[..]].concat();
    let forged = [&[("made_at", made_at), ("mark", "0")][..], &yes[..]].concat();
    for refused in [
        send(BOTH, &yes, &headers),
        send(BOTH, &forged, &headers),
        send("profile.basic", &whole, &headers),
        send(BOTH, &whole, &[]),
    ] {
        assert_eq!((refused.status, refused.header("location")), (400, ""));
    }
    let foreign = [("cookie", cookies), ("origin", "https://elsewhere.example")];
    assert_eq!(send(BOTH, &whole, &foreign).status, 403);
    let none = [&sealed[..], &[("answer", "allow")][..]].concat();
    let no = [
        &sealed[..],
        &[("allow.profile.basic", "yes"), ("answer", "deny")][..],
    ]
    .concat();
    for denied in [send(BOTH, &none, &headers), send(BOTH, &no, &headers)] {
        assert_eq!(denied.sent("error").as_deref(), Some("access_denied"));
        assert_eq!(denied.sent("state").as_deref(), Some("as-it-came"));
    }
}

/// A partner's token is no session, and a session no partner's token.
fn nothing_else_opens(theirs: &Client, person: &Client, subject: &Value) {
    for own in [
        "{ email }",
        "{ competencyResult { assessedAt } }",
        GRANTS,
        "{ diary { nodes { number } } }",
    ] {
        assert_eq!(theirs.refused(own, json!({})), "UNAUTHENTICATED", "{own}");
    }
    assert_eq!(
        theirs.ask("{ viewer { id } }", json!({}))["viewer"],
        Value::Null
    );
    assert_eq!(person.refused(SUBJECTS, json!({})), "UNAUTHENTICATED");
    let one = "query($subject: String!) { partner { subject(subject: $subject) { displayName } } }";
    theirs.ask(one, json!({ "subject": subject["subject"] }));
    assert_eq!(
        theirs.refused(one, json!({ "subject": "nobody" })),
        "NOT_FOUND"
    );
    for (first, after) in [(0, None), (101, None), (1, Some("nonsense"))] {
        let page = "query($first: Int!, $after: String) { partner { subjects(first: $first, after: $after) {
            nodes { subject } } } }";
        let variables = json!({ "first": first, "after": after });
        assert_eq!(theirs.refused(page, variables), "INVALID_INPUT");
    }
}

fn a_person_sees_and_ends_it(
    server: &Server,
    person: &Client,
    theirs: &Client,
    school: &Program,
    subject: &Value,
) {
    let grants = person.ask(GRANTS, json!({}));
    let grant = &grants["partnerGrants"][0];
    assert_eq!(grant["name"], "A <b>\"school\"");
    assert_eq!(grant["scopes"], json!(["COMPETENCY_READ"]));
    assert_eq!(grant["subject"], subject["subject"]);
    assert!(grant["readOn"].is_string(), "read today");
    let diary = person.ask(
        "{ diary(first: 3) { nodes { event by detail } } }",
        json!({}),
    );
    let events: Vec<_> = diary["diary"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .collect();
    assert_eq!(
        (&events[0]["event"], &events[0]["by"]),
        (&json!("PARTNER_READ"), &json!("PROGRAM"))
    );
    assert_eq!(events[1]["event"], "PARTNER_ALLOWED");
    assert_eq!(events[0]["detail"], json!(school.id));

    let stranger = server.client().visit();
    let limit = "mutation($grant: ID!, $scopes: [PartnerScope!]!) {
        limitPartner(input: { grant: $grant, scopes: $scopes }) { scopes } }";
    let withdraw =
        "mutation($grant: ID!) { withdrawPartner(input: { grant: $grant }) { withdrawn } }";
    let id = &grant["id"];
    let all = json!({ "grant": id, "scopes": ["COMPETENCY_READ"] });
    assert_eq!(stranger.refused(limit, all.clone()), "NOT_FOUND");
    assert_eq!(
        stranger.refused(withdraw, json!({ "grant": id })),
        "NOT_FOUND"
    );
    let more = json!({ "grant": id, "scopes": ["PROFILE_BASIC"] });
    assert_eq!(person.refused(limit, more), "INVALID_INPUT");
    person.ask(limit, all);
    person.ask(withdraw, json!({ "grant": id }));
    assert_eq!(theirs.refused(SUBJECTS, json!({})), "SESSION_EXPIRED");
    let own = server.client().with_token(&school.own_token());
    assert_eq!(
        own.ask(SUBJECTS, json!({}))["partner"]["subjects"]["nodes"],
        json!([])
    );
    assert_eq!(
        person.refused(withdraw, json!({ "grant": id })),
        "NOT_FOUND"
    );
}

/// Registering through GraphQL, and how the token endpoint refuses.
fn operators(server: &Server) {
    let visitor = server.client().visit();
    let email = "keeper@example.org";
    let keeper = claim(&visitor, email, PASSWORD).client;
    confirm(server, email);
    server.command(&["operator", "add", email]);
    let register =
        "mutation($input: RegisterPartnerInput!) { registerPartner(input: $input) { clientSecret
        partner { id clientId name confidential redirectUris scopes createdAt closedAt } } }";
    let input = |uri: &str| {
        json!({ "input": { "name": "By hand", "redirectUris": [uri],
        "scopes": ["COMPETENCY_READ"] } })
    };
    assert_eq!(
        keeper.refused(register, input("http://far.example/")),
        "INVALID_INPUT"
    );
    let made = keeper.ask(register, input("https://far.example/"))["registerPartner"].clone();
    let listed = keeper.ask("{ partners { id name closedAt } }", json!({}));
    let names = listed["partners"].as_array().expect("partners").iter();
    assert!(names.clone().any(|one| one["name"] == "By hand"));
    assert_eq!(names.count(), 3);
    let program = Program::register(server, "One more", &["competency.read"]);
    let (id, secret) = (
        text(&made["partner"]["clientId"]),
        text(&made["clientSecret"]),
    );
    let grant = [("grant_type", "client_credentials")];
    let ask = |fields: &[(&str, &str)]| program.post("/oauth/token", fields, &[]);
    let proof = [("client_id", &*id), ("client_secret", &*secret)];
    let good = ask(&[&grant[..], &proof[..]].concat());
    assert_eq!(good.status, 200, "{}", good.text);
    assert_eq!(good.json()["refresh_token"], Value::Null);
    let token = text(&good.json()["access_token"]);
    for (fields, status, error) in [
        (vec![], 400, "invalid_request"),
        (vec![("client_id", &*id)], 401, "invalid_client"),
        (
            vec![("client_id", &*id), ("client_secret", "x")],
            401,
            "invalid_client",
        ),
        (
            vec![proof[0], proof[1], ("grant_type", "password")],
            400,
            "unsupported_grant_type",
        ),
        (
            vec![proof[0], proof[1], grant[0], ("scope", "profile.basic")],
            400,
            "invalid_scope",
        ),
        (
            vec![proof[0], proof[1], grant[0], grant[0]],
            400,
            "invalid_request",
        ),
    ] {
        let refused = ask(&fields);
        assert_eq!(
            (refused.status, refused.header("cache-control")),
            (status, "no-store")
        );
        assert_eq!(refused.json()["error"], error, "{fields:?}");
        assert_eq!(refused.header("www-authenticate").is_empty(), status != 401);
    }
    let inspect = |fields: &[(&str, &str)]| {
        let all = [fields, &[("token", &*token)][..]].concat();
        program.post("/oauth/introspect", &all, &[]).json()
    };
    assert_eq!(inspect(&proof)["active"], true);
    let stranger = [
        ("client_id", &*program.id),
        ("client_secret", &*program.secret),
    ];
    assert_eq!(inspect(&stranger), json!({ "active": false }));
    let close = "mutation($partner: ID!) { closePartner(input: { partner: $partner }) { closed } }";
    let partner = json!({ "partner": made["partner"]["id"] });
    keeper.ask(close, partner.clone());
    assert_eq!(keeper.refused(close, partner), "NOT_FOUND");
    assert_eq!(ask(&[&grant[..], &proof[..]].concat()).status, 401);
    let dead = server.client().with_token(&token);
    assert_eq!(dead.refused(SUBJECTS, json!({})), "SESSION_EXPIRED");
    let diary = keeper.ask("{ diary(first: 2) { nodes { event } } }", json!({}));
    let events = json!([{ "event": "PARTNER_CLOSED" }, { "event": "PARTNER_REGISTERED" }]);
    assert_eq!(diary["diary"]["nodes"], events);
    let said = server.command(&["partner", "list"]);
    assert!(
        said.lines()
            .any(|line| line.contains("By hand") && line.contains("closed since"))
    );
    let (done, wrong) = server.tried(&["partner", "close", &id]);
    assert!(!done && wrong.contains("no such partner"), "{wrong}");
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
