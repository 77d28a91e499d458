//! Operations by server-sent events, after the protocol `graphql-sse`, one operation a connection.

use std::convert::Infallible;

use async_graphql::Response;
use axum::{
    body::Body,
    http::{self, HeaderValue, StatusCode, header},
};
use bytes::Bytes;
use futures_util::{StreamExt, stream, stream::BoxStream};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep, timeout},
};
use tokio_stream::wrappers::ReceiverStream;
use tracing::Instrument;

use super::{PATIENCE, PULSE, Seat, text};
use crate::{
    Gateway,
    catch::caught,
    execute::{Answered, Asked, Begun, Carrier, begin},
    http::{accept::Media, answer},
    refused::Refused,
};

/// A line that says nothing but that we are here.
const PULSE_LINE: Bytes = Bytes::from_static(b":\n\n");

const COMPLETE: Bytes = Bytes::from_static(b"event: complete\ndata:\n\n");

/// Answers one operation with events: `next` for each of its answers, then `complete`. A stream that breaks off without
/// it was ended by the server, and may be begun anew.
pub(crate) async fn events(
    gateway: &Gateway,
    asked: Asked,
    carrier: Carrier<'_>,
) -> Result<http::Response<Body>, Refused> {
    let answers = match begin(gateway, asked, carrier).await {
        Begun::Answered(answered) if answered.wrong_method => {
            return Ok(answer::one(*answered, Media::Json));
        }
        Begun::Answered(answered) => return Ok(once(*answered)),
        Begun::Stream(answers) => answers,
    };
    let seat = gateway.live.enter("sse").ok_or_else(super::full)?;
    let (sender, events) = mpsc::channel(1);
    let span = tracing::info_span!("live", id = %carrier.request_id);
    tokio::spawn(send(answers, sender, seat).instrument(span));
    let events = ReceiverStream::new(events).map(Ok::<_, Infallible>);
    Ok(response(Body::from_stream(events), "subscription"))
}

fn once(mut answered: Answered) -> http::Response<Body> {
    let headers = std::mem::take(&mut answered.response.http_headers);
    let body = [event(&answered.response), COMPLETE].concat();
    let mut response = response(Body::from(body), answered.operation);
    response.headers_mut().extend(headers);
    response
}

fn response(body: Body, operation: &'static str) -> http::Response<Body> {
    let mut response = http::Response::new(body);
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, Media::Events.header());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that gather answers before they pass them on would hold events back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
        .extensions_mut()
        .insert(answer::Operation(operation));
    response
}

/// Sends answers for as long as somebody takes them and the server goes on.
async fn send(answers: BoxStream<'static, Response>, out: mpsc::Sender<Bytes>, seat: Seat) {
    let begun = Instant::now();
    let mut count = 0_u64;
    if caught(pass_on(answers, &out, &seat, &mut count))
        .await
        .is_err()
    {
        tracing::error!("a stream of events panicked");
    }
    let seconds = begun.elapsed().as_secs();
    tracing::info!(answers = count, seconds, "a stream of events ended");
}

async fn pass_on(
    answers: BoxStream<'static, Response>,
    out: &mpsc::Sender<Bytes>,
    seat: &Seat,
    count: &mut u64,
) {
    let events = answers.map(|answer| event(&answer));
    let mut events = events.chain(stream::iter([COMPLETE]));
    loop {
        let event = tokio::select! {
            event = events.next() => match event {
                Some(event) => event,
                None => return,
            },
            () = sleep(PULSE) => PULSE_LINE,
            () = out.closed() => return,
            () = seat.ended() => return,
        };
        *count += u64::from(event != PULSE_LINE && event != COMPLETE);
        if !matches!(timeout(PATIENCE, out.send(event)).await, Ok(Ok(()))) {
            return;
        }
    }
}

fn event(answer: &Response) -> Bytes {
    // JSON as it is written here has no line breaks.
    format!("event: next\ndata: {}\n\n", text(answer)).into()
}
