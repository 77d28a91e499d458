//! What a person can rely on: an account goes without a trace, the diary is whole, and every column has a word about it
//! that is true. Against the real binary, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::collections::BTreeSet;

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_privacy::{EVERYWHERE, Form, GROUPS, form};
use dreamtree_types::Clock;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value, json};
use support::{
    account::{DELETE, ROTATE, SIGN_IN, claim, confirm, signed_in, words},
    belongings,
    client::Client,
    dump::{Dump, catalogue, dump},
    frame::{Frame, apart},
    reader::Reader,
    server::Server,
};

fn clock() -> Clock {
    Clock::System
}

on_both!(
    an_account_goes_without_a_trace,
    a_diary_tells_what_happened_and_shows_when_it_was_changed,
    every_column_has_a_word_about_it,
    a_new_data_key_opens_everything_and_the_old_one_is_gone,
);

const EMAIL: &str = "Leaving.Soon@example.org";
const PASSWORD: &str = "eleven quiet harbours";
const FEED: &str =
    "mutation($label: String!) { createCalendarFeed(input: { label: $label }) { url } }";
const DIARY: &str = "query($first: Int!, $after: String) { diary(first: $first, after: $after) {
    nodes { number event by session thisDevice detail occurredAt } pageInfo { hasNextPage endCursor } } }";

fn credentials() -> Value {
    words(EMAIL, PASSWORD)
}

/// Claims what a visitor has; the id, and the client with the new session.
fn claimed(visitor: &Client) -> (String, Client) {
    let claimed = claim(visitor, EMAIL, PASSWORD);
    (claimed.id.to_string(), claimed.client)
}

/// Somebody with some of everything.
fn somebody(server: &Server, mark: &str) -> Reader {
    let mut reader = Reader::new(server.client(), mark);
    reader.finish();
    belongings::give(&reader.client, 2);
    let label = format!("the {mark} wall");
    reader.client.ask(FEED, json!({ "label": label }));
    let terms = reader.client.ask("{ terms { version } }", json!({}));
    let accept =
        "mutation($version: Int!) { acceptTerms(input: { version: $version }) { viewer { id } } }";
    let version = &terms["terms"]["version"];
    reader.client.ask(accept, json!({ "version": version }));
    let agree = "mutation { giveConsent(input: { kind: \"statistics\", version: 1 }) { consent { given } } }";
    reader.client.ask(agree, json!({}));
    reader
}

async fn an_account_goes_without_a_trace(test: &TestDatabase) {
    let frame = Frame::beside(test);
    let setup = frame.setup();
    let (server, stays) = apart(move || {
        let server = Server::start(setup);
        let stays = somebody(&server, "staying");
        server.command(&["audit", "checkpoint"]);
        (server, stays)
    })
    .await;
    let without = dump(test).await;
    let seen = stays.blocks_apart().await;

    let (server, goes, id) = apart(move || {
        let reader = somebody(&server, "leaving");
        let skill =
            "mutation { addSkill(input: { customName: \"Lighthouse keeping\" }) { skill { id } } }";
        reader.client.ask(skill, json!({}));
        let (id, client) = claimed(&reader.client);
        confirm(&server, EMAIL);
        server.client().ask(SIGN_IN, credentials());
        server.command(&["audit", "checkpoint"]);
        refuse_what_is_not_meant(&client);
        (server, client, id)
    })
    .await;
    let with = dump(test).await;
    assert_forms_are_true(&with);
    let private = only_in(&with, &without);
    assert!(
        private.len() > 300,
        "there is much to search for: {}",
        private.len()
    );
    let told = ["Lighthouse keeping", "the leaving wall"];
    assert!(told.iter().all(|text| private.contains(*text)));

    let server = apart(move || {
        let input = json!({ "confirmation": " Delete my ACCOUNT ", "password": PASSWORD });
        let gone = goes.ask(DELETE, json!({ "input": input }));
        assert_eq!(gone["deleteAccount"]["deleted"], true);
        assert_eq!(
            goes.refused("{ viewer { id } }", json!({})),
            "SESSION_EXPIRED"
        );
        assert_eq!(
            server.client().refused(SIGN_IN, credentials()),
            "CREDENTIALS_REFUSED"
        );
        let whole = server.command(&["audit", "verify"]);
        assert!(whole.starts_with("Whole: "), "{whole}");
        server
    })
    .await;
    let after = dump(test).await;
    let bare = id.replace('-', "");
    for (table, column, value) in cells(&after) {
        let named = value.contains(&id) || value.contains(&bare);
        assert!(!named, "{table}.{column} names who is gone");
        assert!(
            !private.contains(value),
            "{table}.{column} still holds {value}"
        );
        for text in ["leaving-", "Leaving.Soon", "leaving.soon"] {
            assert!(!value.contains(text), "{table}.{column}: {value}");
        }
    }
    let log: Vec<&str> = after["audit_log"]
        .iter()
        .map(|row| row["kind"].as_str())
        .collect();
    assert_eq!(log, ["checkpoint", "checkpoint", "account_deleted"]);
    assert_eq!(
        stays.blocks_apart().await,
        seen,
        "somebody else lost something"
    );
    apart(move || drop(server)).await;
    frame.remove().await;
}

fn refuse_what_is_not_meant(client: &Client) {
    let ask = |phrase: &str, password: Value| {
        let input = json!({ "confirmation": phrase, "password": password });
        client.refused(DELETE, json!({ "input": input }))
    };
    let phrase = "delete my account";
    assert_eq!(ask("yes", json!(PASSWORD)), "INVALID_INPUT");
    assert_eq!(ask(phrase, json!(null)), "INVALID_INPUT");
    assert_eq!(
        ask(phrase, json!("eleven quiet harbour")),
        "CREDENTIALS_REFUSED"
    );
    client.ask("{ viewer { id } }", json!({}));
}

/// Values of some length that were not there before.
fn only_in(now: &Dump, before: &Dump) -> BTreeSet<String> {
    let known: BTreeSet<&str> = cells(before).map(|(_, _, value)| value).collect();
    // The log keeps its entries, and the digests of checkpoints with them. Counts of attempts outlive the account, or
    // whoever guesses could begin anew; they are keyed fingerprints and wear out within a day.
    let new = cells(now).filter(|(table, column, value)| {
        let is_time = column.ends_with("_at") || column.ends_with("_date") || *column == "date";
        let stays = [
            "audit_log",
            "rate_limits",
            "server_keys",
            "servers",
            "scheduled_jobs",
        ]
        .contains(table);
        !stays && !is_time && value.len() >= 8 && !known.contains(value)
    });
    new.map(|(_, _, value)| value.to_owned()).collect()
}

fn cells(dump: &Dump) -> impl Iterator<Item = (&str, &str, &str)> {
    dump.iter().flat_map(|(table, rows)| {
        let all = rows.iter().flatten();
        all.map(|(column, value)| (table.as_str(), column.as_str(), value.as_str()))
    })
}

/// What is called sealed is an envelope, and what is called readable is none.
fn assert_forms_are_true(dump: &Dump) {
    let mut sealed = BTreeSet::new();
    for (table, column, value) in cells(dump) {
        let is_envelope = value.starts_with("{\"v\":1,");
        match form(table, column) {
            Some(Form::Sealed | Form::ByServer | Form::Wrapped) => {
                assert!(is_envelope, "{table}.{column} is called sealed");
                sealed.insert((table, column));
            }
            Some(Form::Plain | Form::Hashed) => {
                assert!(!is_envelope, "{table}.{column} is called readable");
            }
            Some(Form::Partly) => {}
            None => panic!("{table}.{column}: no word about it"),
        }
    }
    assert!(sealed.len() > 25, "{sealed:?}");
}

async fn a_diary_tells_what_happened_and_shows_when_it_was_changed(test: &TestDatabase) {
    let frame = Frame::beside(test);
    let setup = frame.setup();
    let (server, id) = apart(move || {
        let server = Server::start(setup);
        let visitor = server.client().visit();
        visitor.ask(FEED, json!({ "label": "wall" }));
        let (id, client) = claimed(&visitor);
        confirm(&server, EMAIL);
        let other = signed_in(&server, EMAIL, PASSWORD);
        server.command(&["operator", "add", EMAIL]);
        server.command(&["operator", "add", EMAIL]);
        read_the_diary(&other);
        let phrase = json!({ "confirmation": "delete my account", "password": PASSWORD });
        assert_eq!(
            client.refused(DELETE, json!({ "input": phrase })),
            "INVALID_INPUT"
        );
        other.ask("mutation { signOut { signedOut } }", json!({}));
        let page = client.ask(DIARY, json!({ "first": 1 }));
        assert_eq!(page["diary"]["nodes"][0]["event"], "SIGNED_OUT");
        let nobody = server.client().visit().ask(DIARY, json!({ "first": 5 }));
        assert_eq!(nobody["diary"]["nodes"], json!([]));
        let page = server.client().page("/privacy", &[]);
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, "text/html; charset=utf-8")
        );
        assert!(
            page.header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        assert!(page.text.contains("<h1>What we can see</h1>"));
        (server, id)
    })
    .await;
    let kept = apart(move || {
        let told = server.command(&["audit", "checkpoint"]);
        let head = told.split_whitespace().last().expect("a head").to_owned();
        server.command(&["audit", "verify", "--kept", &head]);
        let (done, _) = server.tried(&["audit", "verify", "--kept", "1:0000"]);
        assert!(!done, "another log was kept");
        server
    })
    .await;
    let user = match test.owner.get_database_backend() {
        DbBackend::Postgres => format!("'{id}'"),
        _ => format!("x'{}'", id.replace('-', "")),
    };
    let sql = format!(
        "UPDATE audit_events SET actor = 'person' WHERE user_id = {user} AND event = 'operator_named'"
    );
    let done = test.owner.execute_unprepared(&sql).await.expect("tampered");
    assert_eq!(done.rows_affected(), 1, "an operator is named once");
    apart(move || {
        let (done, said) = kept.tried(&["audit", "verify"]);
        assert!(
            !done && said.starts_with("Broken: event 5 of account"),
            "{said}"
        );
    })
    .await;
    frame.remove().await;
}

fn read_the_diary(client: &Client) {
    let page = client.ask(DIARY, json!({ "first": 2 }))["diary"].clone();
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let newest = &page["nodes"][0];
    assert_eq!(
        (
            &newest["event"],
            &newest["by"],
            &newest["session"],
            &newest["number"]
        ),
        (
            &json!("OPERATOR_NAMED"),
            &json!("SERVER"),
            &json!(null),
            &json!(5)
        )
    );
    let signed_in = &page["nodes"][1];
    assert_eq!(
        (&signed_in["event"], &signed_in["thisDevice"]),
        (&json!("SIGNED_IN"), &json!(true))
    );
    let after = page["pageInfo"]["endCursor"].clone();
    let rest = client.ask(DIARY, json!({ "first": 3, "after": after }))["diary"].clone();
    let nodes = rest["nodes"].as_array().expect("nodes");
    let events: Vec<_> = nodes
        .iter()
        .map(|one| (one["event"].as_str(), &one["thisDevice"]))
        .collect();
    let elsewhere = json!(false);
    let expected = ["EMAIL_CONFIRMED", "CLAIMED", "CALENDAR_OPENED"];
    assert_eq!(events, expected.map(|one| (Some(one), &elsewhere)));
    assert_eq!(rest["pageInfo"]["hasNextPage"], false);
    for wrong in [
        json!({ "first": 0 }),
        json!({ "first": 101 }),
        json!({ "first": 1, "after": "story:1" }),
    ] {
        assert_eq!(client.refused(DIARY, wrong), "INVALID_INPUT");
    }
}

async fn every_column_has_a_word_about_it(test: &TestDatabase) {
    let catalogue = catalogue(test).await;
    let columns = || {
        catalogue
            .iter()
            .flat_map(|(table, columns)| columns.iter().map(move |one| (table, one)))
    };
    let silent: Vec<_> = columns()
        .filter(|(table, column)| form(table, column).is_none())
        .collect();
    assert!(silent.is_empty(), "no word about {silent:?}");
    let mut told = BTreeSet::new();
    for table in GROUPS.iter().flat_map(|group| group.tables) {
        assert!(told.insert(table.name), "{} stands there twice", table.name);
        let known = catalogue.get(table.name);
        let known = known.unwrap_or_else(|| panic!("the table {} is gone", table.name));
        for field in table.fields {
            let is_there = known.iter().any(|column| column == field.name);
            assert!(is_there, "{}.{} is gone", table.name, field.name);
        }
    }
    let sealed: BTreeSet<&str> = dreamtree_privacy::sealed()
        .map(|(table, _)| table)
        .collect();
    let counted = columns().filter(|(_, column)| *column == "key_generation");
    let counted: BTreeSet<&str> = counted.map(|(table, _)| table.as_str()).collect();
    assert_eq!(sealed, counted, "what is sealed says under which key");
    for field in EVERYWHERE {
        assert!(
            columns().any(|(_, column)| column == field.name),
            "no table has {}",
            field.name
        );
    }
}

/// Screens that show sealed values outside of the workbook.
const SCREENS: [&str; 3] = [
    include_str!("../docs/operations/16-profile.graphql"),
    include_str!("../docs/operations/18-jobs.graphql"),
    "{ reframes { state texts { situation reframedStatement } } toolInstances(first: 100) { nodes {
       title { state value } summary { state value } } } locations { name { state value } notes { state value } } }",
];

fn screens(client: &Client) -> Vec<Value> {
    SCREENS.map(|screen| client.ask(screen, json!({}))).to_vec()
}

async fn a_new_data_key_opens_everything_and_the_old_one_is_gone(test: &TestDatabase) {
    let frame = Frame::beside(test);
    let setup = frame.setup();
    let (server, reader, seen) = apart(move || {
        let server = Server::start(setup);
        let mut reader = somebody(&server, "turning");
        reader.client = claimed(&reader.client).1;
        confirm(&server, EMAIL);
        let seen = (reader.blocks(), screens(&reader.client));
        (server, reader, seen)
    })
    .await;
    let before = dump(test).await;
    let (server, told) = apart(move || {
        let mut reader = reader;
        let wrong = json!({ "password": "eleven quiet harbour" });
        assert_eq!(reader.client.refused(ROTATE, wrong), "CREDENTIALS_REFUSED");
        assert_eq!(
            reader.client.refused(ROTATE, json!({})),
            "CREDENTIALS_REFUSED"
        );
        let told =
            reader.client.ask(ROTATE, json!({ "password": PASSWORD }))["rotateDataKey"].clone();
        assert_eq!(told["viewer"]["vault"], "UNLOCKED");
        assert_eq!(
            reader.client.refused("{ viewer { id } }", json!({})),
            "SESSION_EXPIRED"
        );
        let signed_in = server.client().ask(SIGN_IN, credentials())["signIn"]["token"].clone();
        for token in [&told["token"], &signed_in] {
            reader.client = server.client().with_token(token.as_str().expect("a token"));
            assert_eq!((reader.blocks(), screens(&reader.client)), seen);
        }
        assert!(!Value::from(seen.1).to_string().contains("\"LOCKED\""));
        let newest = reader.client.ask(DIARY, json!({ "first": 2 }))["diary"]["nodes"][1].clone();
        assert_eq!(
            (&newest["event"], &newest["detail"]),
            (&json!("DATA_KEY_REPLACED"), &json!("2"))
        );
        let visitor = server.client().visit();
        let empty = visitor.ask(ROTATE, json!({}))["rotateDataKey"].clone();
        assert_eq!(
            (&empty["recoveryCode"], &empty["resealed"]),
            (&json!(null), &json!(0))
        );
        (server, told)
    })
    .await;
    let after = dump(test).await;
    let envelopes = |dump: &Dump| -> BTreeSet<String> {
        let of_theirs = cells(dump)
            .filter(|(table, _, value)| *table != "emails" && value.starts_with("{\"v\":1,"));
        of_theirs.map(|(_, _, value)| value.to_owned()).collect()
    };
    let (old, new) = (envelopes(&before), envelopes(&after));
    assert!(old.len() > 50, "there was much to seal anew: {}", old.len());
    assert!(
        old.is_disjoint(&new),
        "something is still under the old key"
    );
    let mut sealed = 0;
    for (table, column, value) in cells(&after).filter(|(_, column, _)| *column == "key_generation")
    {
        assert_eq!(value, "2", "{table}.{column}");
        sealed += 1;
    }
    assert_eq!(told["resealed"], sealed);
    assert!(
        told["recoveryCode"]
            .as_str()
            .is_some_and(|code| code.len() > 30)
    );
    let mut wraps: Vec<_> = after["user_keys"]
        .iter()
        .map(|row| (row["method"].as_str(), row["generation"].as_str()))
        .collect();
    wraps.sort_unstable();
    let all = [
        ("password", "2"),
        ("recovery", "2"),
        ("session", "2"),
        ("session", "2"),
        ("session", "2"),
    ];
    assert_eq!(wraps, all, "the visitor's session among them");
    apart(move || drop(server)).await;
    frame.remove().await;
}

impl Reader {
    /// What the reader sees now.
    async fn blocks_apart(&self) -> Vec<Value> {
        let reader = self.on_another_device(self.client.clone());
        apart(move || reader.blocks()).await
    }
}
