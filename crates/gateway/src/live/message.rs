//! What client and server say to each other over a WebSocket, after the protocol `graphql-transport-ws`.

use axum::extract::ws::{CloseFrame, Message};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::http::body::Envelope;

/// The protocol's name.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";

/// Characters of an operation's id.
pub(super) const LONGEST_ID: usize = 128;

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Said {
    /// The first thing to say.
    ConnectionInit {
        /// May hold the session's token.
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    /// Asks for a pong.
    Ping,
    /// The answer to a ping.
    Pong,
    /// Begins an operation.
    Subscribe {
        /// The client's name for it.
        id: String,
        /// The operation.
        payload: Envelope,
    },
    /// Ends an operation.
    Complete {
        /// The client's name for it.
        id: String,
    },
}

/// The token in what a client says first: `authorization`, with or without `Bearer` before it.
pub(super) fn token(payload: &Map<String, Value>) -> Option<String> {
    let (_, value) = payload
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("authorization"))?;
    let value = value.as_str()?.trim();
    let bearer = value.split_once(' ');
    let token = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    Some(token.map_or(value, |(_, token)| token.trim()).to_owned())
}

/// The connection has begun.
pub(super) fn acknowledged() -> Message {
    Message::Text(r#"{"type":"connection_ack"}"#.into())
}

/// The answer to a ping.
pub(super) fn pong() -> Message {
    Message::Text(r#"{"type":"pong"}"#.into())
}

/// An answer of an operation, which is JSON.
pub(super) fn next(id: &str, answer: &str) -> Message {
    with_payload("next", id, answer)
}

/// The operation was refused before it began; a JSON array of errors.
pub(super) fn error(id: &str, errors: &str) -> Message {
    with_payload("error", id, errors)
}

fn with_payload(kind: &str, id: &str, payload: &str) -> Message {
    let id = Value::from(id);
    Message::Text(format!(r#"{{"id":{id},"type":"{kind}","payload":{payload}}}"#).into())
}

/// An operation has no more to tell.
pub(super) fn complete(id: &str) -> Message {
    let id = Value::from(id);
    Message::Text(format!(r#"{{"id":{id},"type":"complete"}}"#).into())
}

/// Why the server ends a connection. The codes from 4400 on are the protocol's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// The client is gone already, or takes nothing.
    Gone,
    /// No operation for a while.
    Idle,
    /// The server ends.
    Leaving,
    /// What the client said is not of the protocol.
    Malformed,
    /// An operation before the beginning was acknowledged.
    TooEarly,
    /// Nothing was said for too long.
    Silent,
    /// Two operations of one name.
    Twins,
    /// Two beginnings.
    Twice,
}

impl Closing {
    /// The code and the reason, as the log and the client have it.
    pub(super) const fn words(self) -> (u16, &'static str) {
        match self {
            Self::Gone => (1006, "Gone"),
            Self::Idle => (1000, "Nothing is subscribed to"),
            Self::Leaving => (1001, "The server ends"),
            Self::Malformed => (4400, "Not a message of graphql-transport-ws"),
            Self::TooEarly => (4401, "Unauthorized"),
            Self::Silent => (4408, "Connection initialisation timeout"),
            Self::Twins => (4409, "Subscriber already exists"),
            Self::Twice => (4429, "Too many initialisation requests"),
        }
    }

    /// The message that says so; `None` when nobody would hear it.
    pub(super) fn message(self) -> Option<Message> {
        let (code, reason) = self.words();
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        (self != Self::Gone).then_some(Message::Close(Some(frame)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn messages_of_the_protocol_are_read() {
        for text in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":{"authorization":"Bearer x"}}"#,
            r#"{"type":"connection_init","payload":null}"#,
            r#"{"type":"ping","payload":{"a":1}}"#,
            r#"{"type":"pong"}"#,
            r#"{"id":"1","type":"subscribe","payload":{"query":"{ a }"}}"#,
            r#"{"id":"1","type":"complete"}"#,
        ] {
            assert!(serde_json::from_str::<Said>(text).is_ok(), "{text}");
        }
        for text in [
            "{}",
            "[]",
            r#"{"type":"start"}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}"#,
        ] {
            assert!(serde_json::from_str::<Said>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_token_may_come_with_the_beginning() {
        let of = |value: Value| token(value.as_object().unwrap());
        assert_eq!(of(json!({ "authorization": "Bearer t" })).unwrap(), "t");
        assert_eq!(of(json!({ "Authorization": "t" })).unwrap(), "t");
        assert_eq!(of(json!({ "authorization": 1 })), None);
        assert_eq!(of(json!({})), None);
    }

    #[test]
    fn an_id_is_quoted_as_json() {
        let Message::Text(text) = next("a\"b", r#"{"data":1}"#) else {
            panic!("a text")
        };
        let value: Value = serde_json::from_str(&text).unwrap();
        let expected = json!({ "id": "a\"b", "type": "next", "payload": { "data": 1 } });
        assert_eq!(value, expected);
    }

    #[test]
    fn a_reason_fits_into_its_frame() {
        for closing in [
            Closing::Idle,
            Closing::Leaving,
            Closing::Malformed,
            Closing::TooEarly,
            Closing::Silent,
            Closing::Twins,
            Closing::Twice,
        ] {
            assert!(closing.words().1.len() <= 123);
        }
    }
}
