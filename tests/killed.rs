//! A server that is killed (`kill -9`) while somebody claims, resets, takes a new key or goes leaves them as they were, or
//! as they are afterwards. Against the real binary, on both databases; half a minute each, at moments that differ.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{
    account::{CLAIM, DELETE, FORGOTTEN, RESET, ROTATE, SIGN_IN, WRITE, claim, words},
    client::Client,
    frame::with_servers,
    server::{Server, Setup},
};

const FIRST: &str = "eleven quiet harbours";
const SECOND: &str = "twelve loud harbours";

/// How long each database is tried.
const PATIENCE: Duration = Duration::from_secs(25);

/// How long at most, where every act was over too soon or too late.
const LONGEST: Duration = Duration::from_mins(1);

/// Rounds that there are time for in any case: each act twice.
const FEWEST: usize = 8;

const READ: &str = "{ profile { headline { value } } }";

with_servers!(people_are_whole);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Claim,
    Reset,
    Rotate,
    Delete,
}

const ACTS: [Act; 4] = [Act::Claim, Act::Reset, Act::Rotate, Act::Delete];

/// Somebody who is about to do something.
struct Person {
    email: String,
    client: Client,
}

impl Person {
    fn new(server: &Server, number: usize, act: Act) -> Self {
        let email = format!("n{number}@example.org");
        let client = server.client().visit();
        client.ask(WRITE, json!({}));
        if act == Act::Claim {
            return Self { email, client };
        }
        let client = claim(&client, &email, FIRST).client;
        Self { email, client }
    }

    /// What they ask for.
    fn request(&self, server: &Server, act: Act) -> (&'static str, Value) {
        match act {
            Act::Claim => (CLAIM, words(&self.email, FIRST)),
            Act::Reset => {
                server
                    .client()
                    .ask(FORGOTTEN, json!({ "email": self.email }));
                let token = server.mailed_token(&self.email, "reset-password");
                (RESET, json!({ "token": token, "password": SECOND }))
            }
            Act::Rotate => (ROTATE, json!({ "password": FIRST })),
            Act::Delete => {
                let input = json!({ "confirmation": "delete my account", "password": FIRST });
                (DELETE, json!({ "input": input }))
            }
        }
    }

    /// Whether it was done; it was done as a whole, or not at all.
    fn judge(&self, server: &Server, act: Act) -> bool {
        let here = self.client.clone().moved_to(&server.client());
        let stays = here.send(READ, json!({}));
        let done = stays.get("errors").is_some();
        if done {
            let code = &stays["errors"][0]["extensions"]["code"];
            assert_eq!(code, "SESSION_EXPIRED", "{act:?}: {stays:#}");
        } else {
            assert_eq!(private(&stays["data"]), json!("a private line"), "{act:?}");
        }
        let [first, second] = [FIRST, SECOND].map(|password| self.signed_in(server, password));
        match (act, done) {
            (Act::Claim, false) | (Act::Delete, true) => {
                assert!(first.is_none() && second.is_none(), "{act:?}");
            }
            (Act::Reset, true) => {
                assert!(first.is_none(), "the password before it");
                let second = second.expect("the new password");
                assert_eq!(private(&second.ask(READ, json!({}))), Value::Null, "locked");
            }
            _ => {
                assert!(second.is_none(), "{act:?}");
                let first = first.expect("the password");
                assert_eq!(
                    private(&first.ask(READ, json!({}))),
                    json!("a private line")
                );
            }
        }
        done
    }

    fn signed_in(&self, server: &Server, password: &str) -> Option<Client> {
        let answer = server.client().send(SIGN_IN, words(&self.email, password));
        let token = answer["data"]["signIn"]["token"].as_str();
        if token.is_none() {
            let code = &answer["errors"][0]["extensions"]["code"];
            assert_eq!(code, "CREDENTIALS_REFUSED", "{answer:#}");
        }
        token.map(|token| server.client().with_token(token))
    }
}

fn private(data: &Value) -> Value {
    data["profile"]["headline"]["value"].clone()
}

/// Parts of the time that an act takes, after which the server is killed; it is slower when it has just begun.
const MOMENTS: [f64; 5] = [1.0, 0.6, 1.6, 0.8, 1.3];

/// How long each act takes when nobody is in its way.
fn measured(server: &Server) -> [Duration; 4] {
    ACTS.map(|act| {
        let person = Person::new(server, 1_000 + act as usize, act);
        let (query, variables) = person.request(server, act);
        let begun = Instant::now();
        person.client.ask(query, variables);
        begun.elapsed()
    })
}

fn people_are_whole(setup: Setup) {
    let mut server = Server::start(setup);
    let times = measured(&server);
    let begun = Instant::now();
    let (mut done, mut undone, mut round) = (0, 0, 0);
    while begun.elapsed() < PATIENCE
        || round < FEWEST
        || (done * undone == 0 && begun.elapsed() < LONGEST)
    {
        let (act, moment) = (ACTS[round % ACTS.len()], MOMENTS[round % MOMENTS.len()]);
        let person = Person::new(&server, round, act);
        let (query, variables) = person.request(&server, act);
        let address = format!("{}/graphql", server.client().address());
        let token = person.client.token().expect("a session").to_owned();
        let asks = thread::spawn(move || {
            let asked = ureq::post(address).header("authorization", format!("Bearer {token}"));
            // Most of the time nobody answers any more.
            asked
                .send_json(json!({ "query": query, "variables": variables }))
                .is_ok()
        });
        thread::sleep(times[act as usize].mul_f64(moment));
        server = server.crash_and_restart();
        let answered = asks.join().expect("a thread");
        let whole = person.judge(&server, act);
        assert!(
            whole || !answered,
            "{act:?}: what was acknowledged is there"
        );
        if whole {
            done += 1;
        } else {
            undone += 1;
        }
        round += 1;
    }
    println!("{done} acts were done, {undone} were not");
    assert!(
        done > 0 && undone > 0,
        "killed too late or too early each time"
    );
    let said = server.command(&["audit", "verify"]);
    assert!(said.starts_with("Whole"), "{said}");
}
