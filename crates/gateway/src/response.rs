//! The last look at what leaves: every error coded, none too long, not too many, faults of ours blank.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use dreamtree_types::Code;
use uuid::Uuid;

const MOST_ERRORS: usize = 20;
const LONGEST_MESSAGE: usize = 500;
const INTERNAL: &str = "Something went wrong on our side. The request id finds it in our log.";

/// An error of the request as a whole.
pub(crate) fn error(code: Code, message: impl Into<String>) -> ServerError {
    coded(code, ServerError::new(message, None))
}

/// The same error with a code.
pub(crate) fn coded(code: Code, mut error: ServerError) -> ServerError {
    error
        .extensions
        .get_or_insert_default()
        .set("code", code.as_str());
    error
}

/// A fault of ours; the cause is in the log.
pub(crate) fn internal() -> ServerError {
    error(Code::Internal, INTERNAL)
}

/// True when the operation was never begun: the answer has no `data` then, not even null.
pub(crate) fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// The code that an error carries.
pub(crate) fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// Makes errors fit to leave.
pub(crate) fn finish(response: &mut Response, request_id: Uuid) {
    response.errors.dedup();
    response.errors.truncate(MOST_ERRORS);
    for error in &mut response.errors {
        if code_of(error).is_none() {
            let code = guess(error);
            error
                .extensions
                .get_or_insert_default()
                .set("code", code.as_str());
            if code == Code::Internal {
                tracing::error!(cause = shortened(&error.message), path = ?error.path, "a field failed");
                INTERNAL.clone_into(&mut error.message);
            }
        }
        if code_of(error) == Some(Code::Internal.as_str()) {
            set(&mut error.extensions, "requestId", request_id.to_string());
        }
        if shortened(&error.message).len() < error.message.len() {
            error.message = format!("{}…", shortened(&error.message));
        }
    }
}

fn set(extensions: &mut Option<ErrorExtensionValues>, name: &str, value: String) {
    extensions.get_or_insert_default().set(name, value);
}

/// The library's own errors have no code. One without a path is from validation; one with a path is
/// about an argument, or else it is ours.
fn guess(error: &ServerError) -> Code {
    let message = error.message.as_str();
    if error.path.is_empty() {
        return if message == "Query is too complex." {
            Code::LimitExceeded
        } else {
            Code::ValidationFailed
        };
    }
    let input = [
        "Failed to parse \"",
        "Expected input type \"",
        "Invalid value for ",
    ];
    if input.iter().any(|start| message.starts_with(start)) {
        Code::InvalidInput
    } else {
        Code::Internal
    }
}

/// At most 500 characters, the last of which is left to an ellipsis when something was cut.
fn shortened(message: &str) -> &str {
    let mut places = message
        .char_indices()
        .skip(LONGEST_MESSAGE - 1)
        .map(|(place, _)| place);
    match (places.next(), places.next()) {
        (Some(end), Some(_)) => &message[..end],
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::PathSegment;

    use super::*;

    fn finished(error: ServerError) -> ServerError {
        let other = ServerError::new("other", None);
        let mut response = Response::from_errors(vec![[error, other]; 20].concat());
        finish(&mut response, Uuid::nil());
        assert_eq!(response.errors.len(), MOST_ERRORS);
        response.errors.remove(0)
    }

    fn in_a_field(message: &str) -> ServerError {
        let path = vec![PathSegment::Field("a".to_owned())];
        ServerError {
            path,
            ..ServerError::new(message, None)
        }
    }

    #[test]
    fn messages_end_after_500_characters() {
        assert_eq!(
            finished(ServerError::new("ä".repeat(501), None))
                .message
                .chars()
                .count(),
            500
        );
        assert_eq!(
            finished(ServerError::new("ä".repeat(500), None)).message,
            "ä".repeat(500)
        );
    }

    #[test]
    fn an_unknown_error_of_a_field_is_ours_and_says_nothing() {
        let error = finished(in_a_field("secret"));
        assert_eq!(code_of(&error), Some("INTERNAL"));
        assert_eq!(error.message, INTERNAL);
        let id = error
            .extensions
            .and_then(|extensions| extensions.get("requestId").cloned());
        assert_eq!(
            id,
            Some(Value::from("00000000-0000-0000-0000-000000000000"))
        );
    }

    #[test]
    fn an_argument_that_does_not_parse_is_the_callers() {
        let error = finished(in_a_field("Failed to parse \"ID\": no"));
        assert_eq!(code_of(&error), Some("INVALID_INPUT"));
        assert_eq!(
            code_of(&finished(ServerError::new("x", None))),
            Some("VALIDATION_FAILED")
        );
    }
}
