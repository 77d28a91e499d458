//! One operation of a WebSocket, in a task of its own: a slow reader holds up nothing but the next look.

use async_graphql::{Response, ServerError};
use axum::extract::ws::Message;
use dreamtree_identity::Client;
use dreamtree_types::Code;
use futures_util::StreamExt;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{message, text};
use crate::{
    Gateway,
    catch::caught,
    execute::{Asked, Begun, Carrier, begin},
    response::{error, internal, is_request_error},
};

/// An operation to run.
pub(super) struct Start {
    /// What runs it.
    pub(super) gateway: Gateway,
    /// The session's token.
    pub(super) token: Option<String>,
    /// Names the request that the connection began with.
    pub(super) request_id: Uuid,
    /// The host that the client believes to speak to.
    pub(super) host: Option<String>,
    /// Where the connection comes from.
    pub(super) client: Client,
    /// The operation.
    pub(super) asked: Asked,
    /// Where to put what it tells.
    pub(super) mailbox: Mailbox,
}

/// What an operation tells the client.
pub(super) struct Post {
    /// The client's name for the operation.
    pub(super) id: String,
    /// The number of its start.
    pub(super) number: u64,
    /// What to say.
    pub(super) message: Message,
    /// True when nothing comes after it.
    pub(super) is_last: bool,
}

/// Where an operation puts what it tells.
#[derive(Clone)]
pub(super) struct Mailbox {
    /// The client's name for the operation.
    pub(super) id: String,
    /// The number of its start.
    pub(super) number: u64,
    /// What the connection sends on.
    pub(super) posts: mpsc::Sender<Post>,
}

/// The errors of an operation that is one too many.
pub(super) fn too_many() -> String {
    let message = "This connection has no room for another operation; end one first.";
    errors(&[error(Code::LimitExceeded, message)])
}

/// Runs an operation to its end and tells what comes of it.
pub(super) async fn run(start: Start) {
    let mailbox = start.mailbox.clone();
    if caught(follow(start)).await.is_err() {
        mailbox.refuse(&[internal()]).await;
    }
}

async fn follow(start: Start) {
    let carrier = Carrier {
        token: start.token.as_deref(),
        request_id: start.request_id,
        host: start.host.as_deref(),
        client: &start.client,
        only_queries: false,
    };
    match begin(&start.gateway, start.asked, carrier).await {
        Begun::Answered(answered) if is_request_error(&answered.response) => {
            start.mailbox.refuse(&answered.response.errors).await;
            return;
        }
        Begun::Answered(answered) => start.mailbox.answer(&answered.response).await,
        Begun::Stream(mut answers) => {
            while let Some(answer) = answers.next().await {
                start.mailbox.answer(&answer).await;
            }
        }
    }
    let complete = message::complete(&start.mailbox.id);
    start.mailbox.put(complete, true).await;
}

impl Mailbox {
    async fn answer(&self, response: &Response) {
        self.put(message::next(&self.id, &text(response)), false)
            .await;
    }

    async fn refuse(&self, faults: &[ServerError]) {
        self.put(message::error(&self.id, &errors(faults)), true)
            .await;
    }

    async fn put(&self, message: Message, is_last: bool) {
        let post = Post {
            id: self.id.clone(),
            number: self.number,
            message,
            is_last,
        };
        // Without a connection there is nobody to tell.
        self.posts.send(post).await.unwrap_or_default();
    }
}

fn errors(faults: &[ServerError]) -> String {
    serde_json::to_string(faults).unwrap_or_else(|error| {
        tracing::error!(%error, "errors could not be written as JSON");
        "[]".to_owned()
    })
}
