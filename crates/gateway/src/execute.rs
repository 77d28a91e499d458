//! One operation from text to answer.

use std::{sync::Arc, time::Instant};

use async_graphql::{Request, Response, ServerError, Variables, parser::types::OperationType};
use dreamtree_api::{Caller, TakesJson};
use dreamtree_attribution::graphql::cite;
use dreamtree_content::graphql::Citing;
use dreamtree_types::Code;
use uuid::Uuid;

use crate::{
    Gateway,
    catch::caught,
    document::{Document, absent, completed, missing_variable, operation, without},
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

/// Runs one operation within the limits of time.
pub(crate) async fn execute(gateway: &Gateway, asked: Asked, carrier: Carrier<'_>) -> Answered {
    let begun = Instant::now();
    let mut answered = match prepare(gateway, &asked).await {
        Ok((document, kind)) => {
            let wrong_method = carrier.only_queries && kind != OperationType::Query;
            let response = if wrong_method {
                refused(error(
                    Code::BadRequest,
                    "GET is for queries only: send this with POST.",
                ))
            } else {
                run(gateway, asked, &document, carrier).await
            };
            Answered {
                response,
                operation: name(kind),
                wrong_method,
            }
        }
        Err(faults) => Answered {
            response: Response::from_errors(faults),
            operation: "none",
            wrong_method: false,
        },
    };
    response::finish(&mut answered.response, carrier.request_id);
    metrics::record(
        answered.operation,
        outcome(&answered.response),
        begun.elapsed(),
    );
    answered
}

async fn prepare(
    gateway: &Gateway,
    asked: &Asked,
) -> Result<(Arc<Document>, OperationType), Vec<ServerError>> {
    let document = gateway.documents.read(&asked.query).await?;
    let operation = operation(&document.parsed, asked.operation_name.as_deref());
    let operation = operation.map_err(|fault| vec![fault])?;
    let kind = operation.ty;
    let fault = missing_variable(operation, &asked.variables)
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
    let work = caught(answer(gateway, asked, document, carrier.token));
    match tokio::time::timeout(gateway.settings.limits.timeout, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => refused(internal()),
        Err(_) => refused(error(
            Code::Timeout,
            "The request took too long and was given up. Look at what is there before you repeat it.",
        )),
    }
}

async fn answer(
    gateway: &Gateway,
    asked: Asked,
    document: &Document,
    token: Option<&str>,
) -> Response {
    let caller = Caller::new(
        gateway.database.clone(),
        Arc::clone(&gateway.door),
        token.map(str::to_owned),
    );
    let operation = match operation(&document.parsed, asked.operation_name.as_deref()) {
        Ok(operation) => operation,
        Err(fault) => return refused(fault),
    };
    let absent = absent(operation, &asked.variables);
    let mut request = Request::new(asked.query)
        .variables(completed(operation, asked.variables))
        .data(caller)
        .data(gateway.shelf.current())
        .data(Citing(cite));
    request.operation_name = asked.operation_name;
    if document.takes_json {
        request = request.data(TakesJson);
    }
    request.set_parsed_query(without(document.parsed.clone(), &absent));
    gateway.schema.execute(request).await
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
