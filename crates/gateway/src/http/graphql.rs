//! `/graphql`: checks in the order of their cost, then the operations one after the other.

use axum::{
    body::Body,
    extract::State,
    http::{Method, Request, Response, StatusCode},
};
use dreamtree_types::Code;

use super::{
    accept::{Media, accepted},
    answer,
    body::{self, Sent},
    log::RequestId,
    origin,
};
use crate::{
    Gateway,
    execute::{Carrier, execute},
    live, peer,
    refused::Refused,
    session,
};

/// GraphQL over HTTP: POST with a JSON body, GET for queries and to begin a `WebSocket`.
pub(crate) async fn graphql(
    State(gateway): State<Gateway>,
    request: Request<Body>,
) -> Response<Body> {
    let media = accepted(request.headers());
    match answered(&gateway, request, media).await {
        Ok(answer) => answer,
        Err(refused) => answer::refusal(&refused, media.unwrap_or(Media::Json)),
    }
}

async fn answered(
    gateway: &Gateway,
    request: Request<Body>,
    media: Option<Media>,
) -> Result<Response<Body>, Refused> {
    let (head, body) = request.into_parts();
    if head.method != Method::POST && head.method != Method::GET {
        return Err(Refused::method(
            "GET, POST",
            "Send GraphQL with POST, or a query with GET.",
        ));
    }
    origin::check(&head.headers, &gateway.settings)?;
    if live::is_upgrade(&head.method, &head.headers) {
        return live::upgrade(gateway, head).await;
    }
    let media = media.ok_or_else(not_acceptable)?;
    let sent = if head.method == Method::GET {
        Sent::One(body::from_query_string(&head.uri)?)
    } else {
        body::check_content_type(&head.headers)?;
        let bytes = body::read(body, &gateway.settings.limits).await?;
        body::decode(&bytes, &gateway.settings.limits)?
    };
    let client = peer::client(gateway, &head);
    let carrier = Carrier {
        token: session::token(&head.headers, gateway.cookie),
        request_id: RequestId::of(&head.extensions),
        host: origin::host(&head.headers),
        client: &client,
        only_queries: head.method == Method::GET,
    };
    Ok(match sent {
        Sent::One(asked) if media == Media::Events => {
            return live::events(gateway, asked, carrier).await;
        }
        Sent::One(asked) => answer::one(execute(gateway, asked, carrier).await, media),
        Sent::Batch(_) if media == Media::Events => {
            return Err(Refused::body(
                "Events are for one operation: send no array.",
            ));
        }
        Sent::Batch(all) => {
            // One after the other: the order of mutations is the array's.
            let mut answers = Vec::with_capacity(all.len());
            for asked in all {
                answers.push(execute(gateway, asked, carrier).await);
            }
            answer::batch(answers, media)
        }
    })
}

fn not_acceptable() -> Refused {
    let message =
        "Answers are application/graphql-response+json, application/json or text/event-stream.";
    Refused::new(StatusCode::NOT_ACCEPTABLE, Code::BadRequest, message)
}
