//! Which of the media types of GraphQL over HTTP a client takes.

use axum::http::{HeaderMap, HeaderValue, header};

/// A media type of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`: a well-formed request is answered with 200, whatever the errors.
    Json,
    /// `application/graphql-response+json`: the status tells a request error.
    Graphql,
    /// `text/event-stream`: each answer is an event.
    Events,
}

impl Media {
    /// The `content-type` header.
    pub(crate) const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Graphql => "application/graphql-response+json; charset=utf-8",
            Self::Events => "text/event-stream; charset=utf-8",
        })
    }
}

/// The media type that the client likes best; `None` when it takes none. JSON when it does not care.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Media> {
    let mut ranges = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|range| !range.trim().is_empty())
        .peekable();
    if ranges.peek().is_none() {
        return Some(Media::Json);
    }
    let wanted = ranges.filter_map(wanted);
    // Of equal wishes the first counts, and a named type counts more than `*/*`.
    let best = wanted.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(media, _)| media)
}

/// A range that we can serve, with its weight in thousandths (even for names, one less for wildcards).
fn wanted(range: &str) -> Option<(Media, u32)> {
    let mut parts = range.split(';').map(str::trim);
    let (media, wildcard) = match parts.next()?.to_ascii_lowercase().as_str() {
        "application/graphql-response+json" => (Media::Graphql, 0),
        "application/json" => (Media::Json, 0),
        "text/event-stream" => (Media::Events, 0),
        "*/*" | "application/*" => (Media::Json, 1),
        _ => return None,
    };
    let mut thousandths = 1_000;
    for parameter in parts {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.to_ascii_lowercase().as_str() {
            "q" => thousandths = thousandths_of(value)?,
            "charset" if !is_utf_8(value) => return None,
            _ => {}
        }
    }
    (thousandths > 0).then_some((media, thousandths * 2 - wildcard))
}

fn is_utf_8(charset: &str) -> bool {
    charset.trim_matches('"').eq_ignore_ascii_case("utf-8")
}

/// `0.5` is 500.
fn thousandths_of(weight: &str) -> Option<u32> {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    let part = format!("{part:0<3}");
    let digits: u32 = format!("{whole}{}", part.get(..3)?).parse().ok()?;
    (digits <= 1_000).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(accept: &'static str) -> Option<Media> {
        accepted(&HeaderMap::from_iter([(
            header::ACCEPT,
            HeaderValue::from_static(accept),
        )]))
    }

    #[test]
    fn the_best_liked_type_is_taken() {
        assert_eq!(accepted(&HeaderMap::new()), Some(Media::Json));
        for json in [
            "",
            "*/*",
            "application/*",
            "application/json",
            "text/html, */*;q=0.1",
        ] {
            assert_eq!(media(json), Some(Media::Json), "{json}");
        }
        for graphql in [
            "application/graphql-response+json",
            "application/graphql-response+json, application/json",
            "application/json;q=0.9, Application/GraphQL-Response+JSON; charset=UTF-8",
            "*/*, application/graphql-response+json",
        ] {
            assert_eq!(media(graphql), Some(Media::Graphql), "{graphql}");
        }
        for events in ["text/event-stream", "text/event-stream, */*"] {
            assert_eq!(media(events), Some(Media::Events), "{events}");
        }
        let second = "application/graphql-response+json;q=0.5, application/json";
        assert_eq!(media(second), Some(Media::Json));
    }

    #[test]
    fn what_we_do_not_speak_is_not_taken() {
        for other in [
            "text/html",
            "application/json;q=0",
            "application/json;charset=utf-16",
            "application/json;q=2",
        ] {
            assert_eq!(media(other), None, "{other}");
        }
    }
}
