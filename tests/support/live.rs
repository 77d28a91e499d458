//! Clients that stay connected: one reads server-sent events, one talks over a WebSocket.

use std::{
    io::{BufRead, BufReader, ErrorKind},
    net::TcpStream,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tungstenite::{
    Error, Message, WebSocket,
    client::IntoClientRequest,
    handshake::HandshakeError,
    http::{HeaderName, HeaderValue},
};

use super::client::Client;

/// Longer than anything takes that does come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Longer than a change takes that must not come.
pub(crate) const SILENCE: Duration = Duration::from_millis(700);

/// What comes of a stream.
#[derive(Debug, PartialEq)]
pub(crate) enum Came {
    /// An answer.
    Answer(Value),
    /// There is no more to come.
    Complete,
    /// The stream broke off.
    End,
}

impl Came {
    /// The answer, whatever it says.
    #[track_caller]
    pub(crate) fn answer(self) -> Value {
        match self {
            Self::Answer(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    /// The data of an answer without errors.
    #[track_caller]
    pub(crate) fn data(self) -> Value {
        let answer = self.answer();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"].clone()
    }

    /// The code of the error that came.
    #[track_caller]
    pub(crate) fn code(self) -> String {
        let answer = self.answer();
        let code = answer["errors"][0]["extensions"]["code"].as_str();
        code.unwrap_or_else(|| panic!("{answer:#}")).to_owned()
    }
}

/// An open stream of server-sent events.
pub(crate) struct Events(Receiver<Came>);

impl Events {
    /// Begins a subscription.
    pub(crate) fn open(client: &Client, query: &str) -> Self {
        let mut lines = BufReader::new(client.events(query)).lines();
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let (mut name, mut data) = (String::new(), String::new());
            while let Some(Ok(line)) = lines.next() {
                let came = match line.split_once(':') {
                    Some(("event", value)) => {
                        value.trim().clone_into(&mut name);
                        continue;
                    }
                    Some(("data", value)) => {
                        data.push_str(value.trim());
                        continue;
                    }
                    None if line.is_empty() && name == "next" => {
                        Came::Answer(serde_json::from_str(&data).expect("JSON"))
                    }
                    None if line.is_empty() && name == "complete" => Came::Complete,
                    _ => continue,
                };
                name.clear();
                data.clear();
                if sender.send(came).is_err() {
                    return;
                }
            }
        });
        Self(receiver)
    }

    /// What comes next.
    #[track_caller]
    pub(crate) fn next(&self) -> Came {
        match self.0.recv_timeout(PATIENCE) {
            Ok(came) => came,
            Err(RecvTimeoutError::Disconnected) => Came::End,
            Err(RecvTimeoutError::Timeout) => panic!("nothing came"),
        }
    }

    /// True when nothing comes for a while.
    pub(crate) fn is_silent(&self) -> bool {
        self.0.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout)
    }
}

/// An open WebSocket that speaks `graphql-transport-ws`.
pub(crate) struct Socket(WebSocket<TcpStream>);

impl Socket {
    /// Connects with these headers beside the ones that it takes; the status when it is refused.
    pub(crate) fn connect(client: &Client, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let authority = client.address().trim_start_matches("http://");
        let mut request = format!("ws://{authority}/graphql")
            .into_client_request()
            .expect("a request");
        let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
        for (name, value) in [protocol].iter().chain(headers) {
            let name = HeaderName::try_from(*name).expect("a name");
            let value = HeaderValue::try_from(*value).expect("a value");
            request.headers_mut().insert(name, value);
        }
        let stream = TcpStream::connect(authority).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(HandshakeError::Failure(Error::Http(reply))) => Err(reply.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Connects, and begins with the client's session.
    pub(crate) fn begin(client: &Client) -> Self {
        let mut socket = Self::connect(client, &[]).expect("a socket");
        let token = client.token().expect("a session");
        let payload = json!({ "authorization": format!("Bearer {token}") });
        socket.say(json!({ "type": "connection_init", "payload": payload }));
        assert_eq!(socket.hear(), json!({ "type": "connection_ack" }));
        socket
    }

    /// Begins an operation.
    pub(crate) fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } }));
    }

    /// Sends a message.
    pub(crate) fn say(&mut self, message: Value) {
        let text = message.to_string();
        self.0.send(Message::Text(text.into())).expect("it is sent");
    }

    /// The next message.
    #[track_caller]
    pub(crate) fn hear(&mut self) -> Value {
        match self.read() {
            Some(Message::Text(text)) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("{other:?}"),
        }
    }

    /// The data of the next answer, which is one of this operation without errors.
    #[track_caller]
    pub(crate) fn data(&mut self, id: &str) -> Value {
        let said = self.hear();
        assert_eq!((&said["type"], &said["id"]), (&json!("next"), &json!(id)));
        Came::Answer(said["payload"].clone()).data()
    }

    /// The code with which the server ends the connection.
    #[track_caller]
    pub(crate) fn closed(&mut self) -> u16 {
        match self.read() {
            Some(Message::Close(Some(frame))) => frame.code.into(),
            other => panic!("{other:?}"),
        }
    }

    /// True when nothing comes for a while.
    pub(crate) fn is_silent(&mut self) -> bool {
        let stream = self.0.get_mut();
        stream.set_read_timeout(Some(SILENCE)).expect("a timeout");
        let silent = self.read().is_none();
        let stream = self.0.get_mut();
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        silent
    }

    fn read(&mut self) -> Option<Message> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.0.read() {
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                Ok(message) => return Some(message),
                Err(Error::Io(error))
                    if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) =>
                {
                    return None;
                }
                Err(error) => panic!("{error}"),
            }
        }
        None
    }
}
