//! The example operations that `GraphiQL` opens as tabs.

use std::sync::LazyLock;

use axum::{Json, http::header, response::IntoResponse};
use serde::Serialize;

/// The files of `docs/operations` with their variables, in the order of their names.
const FILES: &[(&str, Option<&str>)] = include!(concat!(env!("OUT_DIR"), "/operations.rs"));

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Example {
    name: String,
    query: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variables: Option<&'static str>,
}

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(query, variables)| example(query, *variables))
        .collect()
});

/// `/graphiql/operations.json`: name, query and variables of each example.
pub(crate) async fn operations() -> impl IntoResponse {
    (
        [(header::CACHE_CONTROL, "no-cache")],
        Json(EXAMPLES.as_slice()),
    )
}

/// The tab's name is the first line of the file's first comment.
fn example(query: &'static str, variables: Option<&'static str>) -> Example {
    let first = query.lines().find(|line| line.starts_with('#'));
    let name = first
        .map_or("", |line| line.trim_start_matches('#').trim())
        .to_owned();
    Example {
        name,
        query,
        variables,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn the_first_comment_names_the_tab() {
        let example = example("# Who am I?\n# More.\n{ viewer { id } }", None);
        assert_eq!(example.name, "Who am I?");
    }

    #[test]
    fn every_example_is_graphql_and_has_a_name() {
        for example in EXAMPLES.iter() {
            assert!(!example.name.is_empty(), "{}", example.query);
            assert!(parse_query(example.query).is_ok(), "{}", example.name);
            if let Some(variables) = example.variables {
                assert!(serde_json::from_str::<serde_json::Value>(variables).is_ok());
            }
        }
    }
}
