//! Subscriptions over a WebSocket, after the protocol `graphql-transport-ws`.

use std::{collections::HashMap, time::Duration};

use axum::{
    body::Body,
    extract::{
        FromRequestParts,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, Method, Response, header, request::Parts},
};
use dreamtree_identity::Client;
use tokio::{
    sync::mpsc,
    task::AbortHandle,
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};
use tracing::Instrument;
use uuid::Uuid;

use super::{
    PATIENCE, PULSE, Seat,
    message::{self, Closing, LONGEST_ID, PROTOCOL, Said},
    operation::{self, Mailbox, Post, Start},
};
use crate::{
    Gateway,
    execute::Asked,
    http::{answer, log::RequestId, origin},
    peer,
    refused::Refused,
    session,
};

/// Time for the beginning, and for the first and the next operation.
const WAITING: Duration = Duration::from_mins(1);

/// A client that gives no sign of life for so long is gone.
const DEAD: Duration = Duration::from_mins(1);

/// Whether the request asks for a WebSocket.
pub(crate) fn is_upgrade(method: &Method, headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE);
    let upgrade = upgrade.and_then(|value| value.to_str().ok());
    method == Method::GET && upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// Answers the request with a WebSocket. Whose page asks has been checked.
pub(crate) async fn upgrade(gateway: &Gateway, mut head: Parts) -> Result<Response<Body>, Refused> {
    let upgrade = WebSocketUpgrade::from_request_parts(&mut head, &()).await;
    let upgrade =
        upgrade.map_err(|_| Refused::body("This is not the beginning of a WebSocket."))?;
    let limit = gateway.settings.limits.body_bytes;
    let upgrade = upgrade
        .max_message_size(limit)
        .max_frame_size(limit)
        .protocols([PROTOCOL]);
    if upgrade.selected_protocol().is_none() {
        return Err(Refused::body(
            "The WebSocket has to speak graphql-transport-ws.",
        ));
    }
    let seat = gateway.live.enter("websocket").ok_or_else(super::full)?;
    let connection = Connection::new(gateway.clone(), seat, &head);
    let span = tracing::info_span!("live", id = %connection.request_id);
    let mut response = upgrade.on_upgrade(|socket| connection.run(socket).instrument(span));
    response
        .extensions_mut()
        .insert(answer::Operation("websocket"));
    Ok(response)
}

struct Connection {
    gateway: Gateway,
    seat: Seat,
    token: Option<String>,
    request_id: Uuid,
    host: Option<String>,
    client: Client,
    begun: bool,
    /// Since when there has been no operation.
    idle: Instant,
    heard: Instant,
    /// What runs, by the client's names; each start has a number of its own.
    operations: HashMap<String, (u64, AbortHandle)>,
    started: u64,
    sent: u64,
    outbox: mpsc::Sender<Post>,
    posts: mpsc::Receiver<Post>,
}

impl Connection {
    fn new(gateway: Gateway, seat: Seat, head: &Parts) -> Self {
        let (outbox, posts) = mpsc::channel(1);
        let token = session::token(&head.headers, gateway.cookie).map(str::to_owned);
        let client = peer::client(&gateway, head);
        Self {
            gateway,
            seat,
            token,
            request_id: RequestId::of(&head.extensions),
            host: origin::host(&head.headers).map(str::to_owned),
            client,
            begun: false,
            idle: Instant::now(),
            heard: Instant::now(),
            operations: HashMap::new(),
            started: 0,
            sent: 0,
            outbox,
            posts,
        }
    }

    /// Talks until either side has enough.
    async fn run(mut self, mut socket: WebSocket) {
        let begun = Instant::now();
        let closing = self.talk(&mut socket).await;
        if let Some(message) = closing.message() {
            // Whether the client hears why is its own concern.
            drop(timeout(PATIENCE, socket.send(message)).await);
        }
        let (code, why) = closing.words();
        let (operations, answers) = (self.started, self.sent);
        let seconds = begun.elapsed().as_secs();
        tracing::info!(code, why, operations, answers, seconds, "a WebSocket ended");
    }

    async fn talk(&mut self, socket: &mut WebSocket) -> Closing {
        let mut pulse = interval(PULSE);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let patience = self.idle + WAITING;
            let message = tokio::select! {
                said = socket.recv() => match said {
                    Some(Ok(message)) => self.hear(message),
                    _ => Err(Closing::Gone),
                },
                Some(post) = self.posts.recv() => Ok(self.pass_on(post)),
                _ = pulse.tick() => self.pulse(),
                () = sleep_until(patience), if self.operations.is_empty() => {
                    Err(if self.begun { Closing::Idle } else { Closing::Silent })
                }
                () = self.seat.ended() => Err(Closing::Leaving),
            };
            let message = match message {
                Ok(message) => message,
                Err(closing) => return closing,
            };
            if let Some(message) = message
                && !matches!(timeout(PATIENCE, socket.send(message)).await, Ok(Ok(())))
            {
                return Closing::Gone;
            }
        }
    }

    fn pulse(&self) -> Result<Option<Message>, Closing> {
        if self.heard.elapsed() > DEAD {
            return Err(Closing::Gone);
        }
        Ok(Some(Message::Ping(bytes::Bytes::new())))
    }

    /// Takes what the client says, and what to say to it.
    fn hear(&mut self, message: Message) -> Result<Option<Message>, Closing> {
        self.heard = Instant::now();
        let said = match message {
            Message::Text(text) => serde_json::from_str(&text),
            Message::Ping(_) | Message::Pong(_) => return Ok(None),
            Message::Close(_) => return Err(Closing::Gone),
            Message::Binary(_) => return Err(Closing::Malformed),
        };
        match said.map_err(|_| Closing::Malformed)? {
            Said::ConnectionInit { .. } if self.begun => Err(Closing::Twice),
            Said::ConnectionInit { payload } => {
                self.begun = true;
                let token = payload.as_ref().and_then(message::token);
                self.token = token.or(self.token.take());
                Ok(Some(message::acknowledged()))
            }
            Said::Ping => Ok(Some(message::pong())),
            Said::Pong => Ok(None),
            Said::Complete { id } => {
                self.end(&id);
                Ok(None)
            }
            Said::Subscribe { .. } if !self.begun => Err(Closing::TooEarly),
            Said::Subscribe { id, payload } => {
                if self.operations.contains_key(&id) {
                    return Err(Closing::Twins);
                }
                if id.is_empty() || id.chars().count() > LONGEST_ID {
                    return Err(Closing::Malformed);
                }
                let asked = payload.try_into().map_err(|_| Closing::Malformed)?;
                if self.operations.len() >= self.seat.streams() {
                    return Ok(Some(message::error(&id, &operation::too_many())));
                }
                self.started += 1;
                let mailbox = Mailbox {
                    id: id.clone(),
                    number: self.started,
                    posts: self.outbox.clone(),
                };
                let task =
                    tokio::spawn(operation::run(self.start(asked, mailbox)).in_current_span());
                self.operations
                    .insert(id, (self.started, task.abort_handle()));
                Ok(None)
            }
        }
    }

    fn start(&self, asked: Asked, mailbox: Mailbox) -> Start {
        Start {
            gateway: self.gateway.clone(),
            token: self.token.clone(),
            request_id: self.request_id,
            host: self.host.clone(),
            client: self.client.clone(),
            asked,
            mailbox,
        }
    }

    /// What an operation has to tell, unless the client has ended it.
    fn pass_on(&mut self, post: Post) -> Option<Message> {
        let (number, _) = self.operations.get(&post.id)?;
        if *number != post.number {
            return None;
        }
        self.sent += 1;
        if post.is_last {
            self.end(&post.id);
        }
        Some(post.message)
    }

    fn end(&mut self, id: &str) {
        if let Some((_, task)) = self.operations.remove(id) {
            task.abort();
            self.idle = Instant::now();
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        for (_, task) in self.operations.values() {
            task.abort();
        }
    }
}
