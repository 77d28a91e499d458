//! One operation from text to answer.

use std::{sync::Arc, time::Instant};

use async_graphql::{Request, Response, ServerError, Variables, parser::types::OperationType};
use dreamtree_api::{Caller, MostStreams, Site, TakesJson};
use dreamtree_attribution::graphql::cite;
use dreamtree_content::graphql::Citing;
use dreamtree_identity::Client;
use dreamtree_partners::{PartnerCaller, is_partners};
use dreamtree_types::Code;
use futures_util::{StreamExt, stream::BoxStream};
use uuid::Uuid;

use crate::{
    Gateway,
    catch::caught,
    document::{
        Document, Weighed, absent, completed, entangled, missing_variable, operation, without,
    },
    http::metrics,
    response::{self, code_of, error, internal, is_request_error},
};

/// One operation, as a request carries it.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The document.
    pub(crate) query: String,
    /// Which operation of the document, if it has several.
    pub(crate) operation_name: Option<String>,
    /// The variables' values.
    pub(crate) variables: Variables,
}

/// What all operations of one HTTP request have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Carrier<'a> {
    /// The session's token.
    pub(crate) token: Option<&'a str>,
    /// Names the HTTP request in answers and in the log.
    pub(crate) request_id: Uuid,
    /// The host that the client believes to speak to.
    pub(crate) host: Option<&'a str>,
    /// Where the request comes from.
    pub(crate) client: &'a Client,
    /// True for GET.
    pub(crate) only_queries: bool,
}

/// What became of an operation.
#[derive(Debug)]
pub(crate) struct Answered {
    /// What the client reads; every error has a code.
    pub(crate) response: Response,
    /// `query`, `mutation`, `subscription`, or `none` when there was no telling.
    pub(crate) operation: &'static str,
    /// True for a mutation by GET, which was not begun.
    pub(crate) wrong_method: bool,
}

/// What comes of an operation.
pub(crate) enum Begun {
    /// An answer.
    Answered(Box<Answered>),
    /// A subscription: an answer now and one after each change; every error has a code.
    Stream(BoxStream<'static, Response>),
}

/// Runs one operation that is answered once, within the limits of time.
pub(crate) async fn execute(gateway: &Gateway, asked: Asked, carrier: Carrier<'_>) -> Answered {
    match begin(gateway, asked, carrier).await {
        Begun::Answered(answered) => *answered,
        Begun::Stream(_) => {
            let fault = error(
                Code::BadRequest,
                "A subscription needs a WebSocket, or a request that accepts text/event-stream.",
            );
            answered(refused(fault), "subscription", carrier, Instant::now())
        }
    }
}

/// Runs one operation within the limits of time, or begins a subscription.
pub(crate) async fn begin(gateway: &Gateway, asked: Asked, carrier: Carrier<'_>) -> Begun {
    let begun = Instant::now();
    let (document, kind) = match prepare(gateway, &asked).await {
        Ok(prepared) => prepared,
        Err(faults) => {
            let response = Response::from_errors(faults);
            return Begun::Answered(Box::new(answered(response, "none", carrier, begun)));
        }
    };
    let wrong_method = carrier.only_queries && kind == OperationType::Mutation;
    let response = if wrong_method {
        refused(error(
            Code::BadRequest,
            "GET is for queries only: send this with POST.",
        ))
    } else if kind == OperationType::Subscription {
        match request(gateway, asked, &document, carrier) {
            Ok(request) => return Begun::Stream(stream(gateway, request, carrier, begun)),
            Err(fault) => refused(fault),
        }
    } else {
        run(gateway, asked, &document, carrier).await
    };
    Begun::Answered(Box::new(Answered {
        wrong_method,
        ..answered(response, name(kind), carrier, begun)
    }))
}

fn answered(
    mut response: Response,
    operation: &'static str,
    carrier: Carrier<'_>,
    begun: Instant,
) -> Answered {
    response::finish(&mut response, carrier.request_id);
    metrics::record(operation, outcome(&response), begun.elapsed());
    Answered {
        response,
        operation,
        wrong_method: false,
    }
}

fn stream(
    gateway: &Gateway,
    request: Request,
    carrier: Carrier<'_>,
    begun: Instant,
) -> BoxStream<'static, Response> {
    let request_id = carrier.request_id;
    let request = request.data(MostStreams(gateway.settings.live.streams_per_person));
    let request = request.data(gateway.shelf.clone());
    let answers = gateway.schema.execute_stream(request).enumerate();
    let finished = answers.map(move |(number, mut response)| {
        response::finish(&mut response, request_id);
        if number == 0 {
            metrics::record("subscription", outcome(&response), begun.elapsed());
        }
        metrics::delivered();
        response
    });
    finished.boxed()
}

async fn prepare(
    gateway: &Gateway,
    asked: &Asked,
) -> Result<(Arc<Document>, OperationType), Vec<ServerError>> {
    let document = gateway.documents.read(&asked.query).await?;
    let operation = operation(&document.parsed, asked.operation_name.as_deref());
    let operation = operation.map_err(|fault| vec![fault])?;
    let kind = operation.ty;
    let fault = entangled(operation)
        .or_else(|| missing_variable(operation, &asked.variables))
        .or_else(|| gateway.documents.misfit(operation, &asked.variables));
    match fault {
        Some(fault) => Err(vec![fault]),
        None => Ok((document, kind)),
    }
}

async fn run(
    gateway: &Gateway,
    asked: Asked,
    document: &Document,
    carrier: Carrier<'_>,
) -> Response {
    let request = match request(gateway, asked, document, carrier) {
        Ok(request) => request,
        Err(fault) => return refused(fault),
    };
    let work = caught(gateway.schema.execute(request));
    match tokio::time::timeout(gateway.settings.limits.timeout, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => refused(internal()),
        Err(_) => refused(error(
            Code::Timeout,
            "The request took too long and was given up. Look at what is there before you repeat it.",
        )),
    }
}

fn request(
    gateway: &Gateway,
    asked: Asked,
    document: &Document,
    carrier: Carrier<'_>,
) -> Result<Request, ServerError> {
    // A partner's token is no session, whatever it holds; a session is no partner's.
    let (partners, session) = match carrier.token {
        Some(token) if is_partners(token) => (Some(token.to_owned()), None),
        token => (None, token.map(str::to_owned)),
    };
    let partner = PartnerCaller::new(gateway.database.clone(), partners);
    let door = Arc::clone(&gateway.door);
    let caller = Caller::new(gateway.database.clone(), door, session);
    let operation = operation(&document.parsed, asked.operation_name.as_deref())?;
    let absent = absent(operation, &asked.variables);
    let mut request = Request::new(asked.query)
        .variables(completed(operation, asked.variables))
        .data(caller)
        .data(partner)
        .data(carrier.client.clone())
        .data(gateway.shelf.current())
        .data(Citing(cite));
    request.operation_name = asked.operation_name;
    if let (None, Some(host)) = (&gateway.settings.public_origin, carrier.host) {
        request = request.data(Site(format!("http://{host}")));
    }
    if document.takes_json {
        request = request.data(TakesJson);
    }
    if document.is_light {
        request = request.data(Weighed);
    }
    request.set_parsed_query(without(document.parsed.clone(), &absent));
    Ok(request)
}

fn refused(fault: ServerError) -> Response {
    Response::from_errors(vec![fault])
}

const fn name(kind: OperationType) -> &'static str {
    match kind {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    }
}

fn outcome(response: &Response) -> &'static str {
    let ours = [Code::Internal, Code::Timeout, Code::Unavailable].map(Code::as_str);
    if response.errors.is_empty() {
        "ok"
    } else if response
        .errors
        .iter()
        .filter_map(code_of)
        .any(|code| ours.contains(&code))
    {
        "failed"
    } else if is_request_error(response) {
        "refused"
    } else {
        "errors"
    }
}
