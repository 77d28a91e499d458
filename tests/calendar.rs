//! The calendar under its secret address, against the real binary on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use icalendar::{Calendar, Component, Event};
use serde_json::{Value, json};
use support::{
    client::{Client, Page},
    frame::with_servers,
    reader::Reader,
    server::{Server, Setup},
};

const CREATE: &str = "mutation($label: String) { createCalendarFeed(input: { label: $label }) {
    feed { id label fetchedOn createdAt } url } }";
const FEEDS: &str = "{ calendarFeeds { id label fetchedOn } }";
const MILESTONE: &str = "mutation($title: String!, $year: Int!, $quarter: Int) {
    createMilestone(input: { title: $title, year: $year, quarter: $quarter }) { milestone { id } } }";

with_servers!(calendar);

fn calendar(setup: Setup) {
    let server = Server::start(setup);
    let (address, token) = a_person_reads_their_calendar(&server);
    only_the_address_opens_it(&server, &address, &token);
    a_person_has_so_many_addresses_and_no_more(&server);
    assert!(!server.log().contains(&token), "the log holds no secret");
}

/// A new address: as it was told, as a path, and its secret.
fn create(client: &Client, label: &Value) -> (Value, String, String) {
    let data = client.ask(CREATE, json!({ "label": label }));
    let made = data["createCalendarFeed"].clone();
    let url = made["url"].as_str().expect("an address").to_owned();
    let path = url.strip_prefix(client.address()).expect("of this server");
    let token = path
        .strip_prefix("/calendar/")
        .and_then(|rest| rest.strip_suffix(".ics"));
    let token = token.expect("a token").to_owned();
    (made["feed"].clone(), path.to_owned(), token)
}

fn read(page: &Page) -> Vec<Event> {
    let calendar: Calendar = page.text.parse().expect("iCalendar");
    assert_eq!(calendar.property_value("VERSION"), Some("2.0"));
    calendar.events().cloned().collect()
}

fn find<'a>(events: &'a [Event], summary: &str) -> &'a Event {
    let found = events.iter().find(|one| one.get_summary() == Some(summary));
    found.unwrap_or_else(|| panic!("no {summary} among {events:#?}"))
}

fn a_person_reads_their_calendar(server: &Server) -> (String, String) {
    let mut reader = Reader::new(server.client(), "calendared");
    let person = reader.client.clone();
    let (feed, path, token) = create(&person, &json!("Phone"));
    assert_eq!(
        (&feed["label"], &feed["fetchedOn"]),
        (&json!("Phone"), &Value::Null)
    );

    let page = server.client().page(&path, &[]);
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let resume = find(&read(&page), "Go on with the workbook").clone();
    assert_eq!(resume.property_value("RRULE"), Some("FREQ=DAILY"));
    let again = server
        .client()
        .page(&path, &[("if-none-match", page.header("etag"))]);
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    let feeds = person.ask(FEEDS, json!({}));
    assert!(
        feeds["calendarFeeds"][0]["fetchedOn"].is_string(),
        "{feeds:#}"
    );

    reader.finish();
    let title = "Open; the, oven\\ at home";
    for (title, year, quarter) in [(title, 2030, json!(2)), ("A year", 2031, Value::Null)] {
        let variables = json!({ "title": title, "year": year, "quarter": quarter });
        person.ask(MILESTONE, variables);
    }
    let page = server
        .client()
        .page(&path, &[("if-none-match", page.header("etag"))]);
    assert_eq!(page.status, 200, "it has changed");
    for line in page.text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    let events = read(&page);
    assert!(
        events
            .iter()
            .all(|one| one.get_summary() != Some("Go on with the workbook"))
    );
    assert_eq!(
        find(&events, title).property_value("DTSTART"),
        Some("20300630")
    );
    assert_eq!(
        find(&events, "A year").property_value("DTSTART"),
        Some("20311231")
    );
    let tools = person.ask(
        "{ unlockedTools { title reminder { frequency prompt } } }",
        json!({}),
    );
    let mut reminded = 0;
    for tool in tools["unlockedTools"].as_array().expect("tools") {
        let Some(frequency) = tool["reminder"]["frequency"].as_str() else {
            continue;
        };
        reminded += 1;
        let event = find(&events, tool["title"].as_str().expect("a title"));
        let rule = format!("FREQ={frequency}");
        assert_eq!(event.property_value("RRULE"), Some(rule.as_str()));
    }
    let milestones = person.ask("{ milestones { id } }", json!({}));
    let milestones = milestones["milestones"].as_array().expect("milestones");
    assert!(reminded > 0 && events.len() == reminded + milestones.len());
    for secret in &reader.secrets {
        assert!(!page.text.contains(secret.as_str()), "a private text");
    }
    assert!(!page.text.contains("calendared"), "a text of an answer");
    (path, token)
}

fn only_the_address_opens_it(server: &Server, path: &str, token: &str) {
    let nobody = server.client();
    assert_eq!(nobody.page(path, &[]).status, 200);
    let mut other = token.to_owned();
    let last = if other.pop() == Some('A') { 'B' } else { 'A' };
    other.push(last);
    let unknown = nobody.page(&format!("/calendar/{other}.ics"), &[]);
    let malformed = nobody.page("/calendar/x.ics", &[]);
    let elsewhere = nobody.page("/nowhere/x.ics", &[]);
    for page in [&unknown, &malformed, &elsewhere] {
        assert_eq!((page.status, page.text.as_str()), (404, ""));
    }
    let session = server.client().with_token(token);
    assert_eq!(
        session.refused(FEEDS, json!({})),
        "SESSION_EXPIRED",
        "it is no session"
    );
    let person = server.client().visit();
    let as_feed = format!("/calendar/{}.ics", person.token().expect("a session"));
    assert_eq!(
        nobody.page(&as_feed, &[]).status,
        404,
        "nor is a session a feed"
    );

    let (feed, path, _) = create(&person, &Value::Null);
    assert_eq!(nobody.page(&path, &[]).status, 200);
    let revoke = format!(
        "mutation {{ delete(input: {{ id: {} }}) {{ id }} }}",
        feed["id"]
    );
    let stranger = server.client().visit();
    assert_eq!(stranger.refused(&revoke, json!({})), "NOT_FOUND");
    person.ask(&revoke, json!({}));
    assert_eq!(nobody.page(&path, &[]).status, 404, "it is revoked");
    assert_eq!(person.refused(&revoke, json!({})), "NOT_FOUND");
}

fn a_person_has_so_many_addresses_and_no_more(server: &Server) {
    let person = server.client().visit();
    assert_eq!(
        person.refused(CREATE, json!({ "label": " " })),
        "INVALID_INPUT"
    );
    for _ in 0..20 {
        create(&person, &Value::Null);
    }
    assert_eq!(person.refused(CREATE, json!({})), "INVALID_INPUT");
}
