//! A client as an integrator would write it: JSON over HTTP with a bearer token.

use std::io::Read;

use serde_json::{Value, json};

/// A client of one server, with or without a session.
#[derive(Clone)]
pub(crate) struct Client {
    address: String,
    token: Option<String>,
    agent: ureq::Agent,
}

/// What a path was answered with.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) text: String,
    headers: ureq::http::HeaderMap,
}

impl Page {
    /// A header; empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("ASCII"))
    }
}

impl Client {
    /// A client without a session.
    pub(crate) fn new(address: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build();
        Self {
            address: address.to_owned(),
            token: None,
            agent: config.into(),
        }
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// True when the server says that it is ready.
    pub(crate) fn ready(&self) -> bool {
        self.agent
            .get(format!("{}/readyz", self.address))
            .call()
            .is_ok_and(|reply| reply.status() == 200)
    }

    /// Sends an operation and returns the whole reply.
    pub(crate) fn send(&self, query: &str, variables: Value) -> Value {
        self.trace(query, variables).0
    }

    /// Sends an operation and returns the whole reply and the request's id, by which the log knows it.
    pub(crate) fn trace(&self, query: &str, variables: Value) -> (Value, String) {
        let mut request = self.agent.post(format!("{}/graphql", self.address));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let body = json!({ "query": query, "variables": variables });
        let mut reply = request.send_json(&body).expect("the server answers");
        let id = reply.headers().get("x-request-id").expect("an id");
        let id = id.to_str().expect("ASCII").to_owned();
        (reply.body_mut().read_json().expect("JSON"), id)
    }

    /// Gets a path, without a session.
    pub(crate) fn page(&self, path: &str, headers: &[(&str, &str)]) -> Page {
        let mut request = self.agent.get(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut reply = request.call().expect("the server answers");
        Page {
            status: reply.status().as_u16(),
            headers: reply.headers().clone(),
            text: reply.body_mut().read_to_string().expect("a text"),
        }
    }

    /// Begins an operation whose answers come as events; what the server writes.
    pub(crate) fn events(&self, query: &str) -> impl Read + Send + use<> {
        let mut request = self.agent.post(format!("{}/graphql", self.address));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.header("accept", "text/event-stream");
        let body = json!({ "query": query });
        let reply = request.send_json(&body).expect("the server answers");
        assert_eq!(reply.status(), 200, "{query}");
        reply.into_body().into_reader()
    }

    /// The session's token.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Sends an operation that must succeed and returns its data.
    pub(crate) fn ask(&self, query: &str, variables: Value) -> Value {
        let reply = self.send(query, variables);
        assert!(reply.get("errors").is_none(), "{query}\n{reply:#}");
        reply["data"].clone()
    }

    /// Sends an operation that must be refused and returns the code.
    pub(crate) fn refused(&self, query: &str, variables: Value) -> String {
        let reply = self.send(query, variables);
        reply["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_else(|| panic!("{reply:#}"))
            .to_owned()
    }

    /// Begins as a visitor.
    pub(crate) fn visit(mut self) -> Self {
        let data = self.ask("mutation { visit(delivery: BEARER) { token } }", json!({}));
        self.token = data["visit"]["token"].as_str().map(ToOwned::to_owned);
        assert!(self.token.is_some());
        self
    }

    /// The same client with another session.
    pub(crate) fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// The same client as a browser: it says which one it is, and comes by a name, since passkeys do not belong to numbers.
    pub(crate) fn browsing(mut self) -> Self {
        self.address = self.address.replace("127.0.0.1", "localhost");
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        self.agent = config.build().into();
        self
    }

    /// The same client on a restarted server.
    pub(crate) fn moved_to(mut self, other: &Self) -> Self {
        self.address.clone_from(&other.address);
        self
    }
}
