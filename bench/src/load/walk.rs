//! Readers who walk Part 1 of the workbook by GraphQL and answer everything in it, the self-assessment too.

use std::{fs, net::SocketAddr, path::Path, thread};

use serde_json::{Value, json};

use crate::{
    Outcome,
    case::PAGE,
    client::{Client, post},
    value,
};

const VISIT: &str = "mutation { visit(delivery: BEARER) { token } }";
const ANSWER: &str = "mutation($input: AnswerInput!) { answer(input: $input) { block { state } } }";
const PROGRESS: &str = "{ progress { parts { complete } } }";
const COMPETENCIES: &str = "{ competencies { id levels { id } } }";
const SUBMIT: &str = "mutation($scores: [CompetencyScoreInput!]!) {
    submitCompetencyScores(input: { scores: $scores }) { result { overall { complete } } } }";

/// Readers at a time.
const ABREAST: usize = 4;

/// Walks so many readers and writes their tokens, one to a line.
pub(crate) fn walk(server: SocketAddr, readers: usize, tokens: &Path) -> Outcome<()> {
    let walks: Vec<Outcome<Vec<String>>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..ABREAST)
            .map(|lane| {
                let mine = (lane..readers).step_by(ABREAST);
                scope.spawn(move || mine.map(|_| Reader::begin(server)?.finish()).collect())
            })
            .collect();
        let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
        ended
            .map(|result| result.unwrap_or_else(|_| Err("a reader's thread panicked".into())))
            .collect()
    });
    let mut lines = String::new();
    for walk in walks {
        for token in walk? {
            lines.push_str(&token);
            lines.push('\n');
        }
    }
    Ok(fs::write(tokens, lines)?)
}

/// Somebody with a session.
pub(crate) struct Reader {
    client: Client,
    token: String,
}

impl Reader {
    fn begin(server: SocketAddr) -> Outcome<Self> {
        let mut client = Client::connect(server)?;
        let visit = client.ask(&post("/graphql", None, &json!({ "query": VISIT })))?;
        let token = visit["data"]["visit"]["token"]
            .as_str()
            .ok_or("a visit without a token")?;
        Ok(Self {
            token: token.to_owned(),
            client,
        })
    }

    /// Sends an operation that must succeed and returns its data.
    pub(crate) fn ask(&mut self, query: &str, variables: &Value) -> Outcome<Value> {
        let body = json!({ "query": query, "variables": variables });
        let mut answer = self
            .client
            .ask(&post("/graphql", Some(&self.token), &body))?;
        Ok(answer["data"].take())
    }

    /// Walks to the end of the part and returns the token.
    fn finish(mut self) -> Outcome<String> {
        let mut after = Value::Null;
        while self.step(&mut after)? {}
        if self.ask(PROGRESS, &json!({}))?["progress"]["parts"][0]["complete"] != true {
            return Err("a reader has not reached the end".into());
        }
        self.assess()?;
        Ok(self.token)
    }

    /// Answers the open blocks behind the cursor and moves it; false at the end of the part.
    fn step(&mut self, after: &mut Value) -> Outcome<bool> {
        let data = self.ask(PAGE, &json!({ "after": after, "first": 40 }))?;
        let edges = data["blocks"]["edges"]
            .as_array()
            .ok_or("a page without blocks")?;
        for edge in edges {
            let block = &edge["node"];
            if block["location"]["part"] != 1 {
                return Ok(false);
            }
            let waits = block["state"] == "CURRENT" || block["state"] == "OPTIONAL";
            let value = if waits {
                value::value_for(self, block)?
            } else {
                None
            };
            if let Some(value) = value {
                let input = json!({ "placement": block["id"], "value": value });
                self.ask(ANSWER, &json!({ "input": input }))?;
            }
        }
        let Some(last) = edges.last() else {
            return Ok(false);
        };
        *after = last["cursor"].clone();
        Ok(true)
    }

    fn assess(&mut self) -> Outcome<()> {
        let data = self.ask(COMPETENCIES, &json!({}))?;
        let known = data["competencies"].as_array().ok_or("no competencies")?;
        let score = |(index, one): (usize, &Value)| json!({ "competency": one["id"], "level": one["levels"][index % 5]["id"] });
        let scores: Vec<Value> = known.iter().enumerate().map(score).collect();
        self.ask(SUBMIT, &json!({ "scores": scores })).map(drop)
    }
}
