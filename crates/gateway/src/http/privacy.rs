//! `/privacy`: what is kept of people, as a page without scripts.

use std::{fmt::Write, sync::LazyLock};

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use dreamtree_privacy::{EVERYWHERE, Field, Form, GROUPS, Group, Table};

use super::tag::{is_known, tag};

/// Nothing is fetched, nothing runs, nobody frames it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <title>What we can see</title>\n<style>\n\
    body { color: #2E3338; background: #FBF6E9; font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; \
    margin: 2rem auto; padding: 0 1rem }\n\
    table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem }\n\
    caption { text-align: left; font-weight: bold; padding: .5rem 0 }\n\
    th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid #6b6f73 }\n\
    </style>\n</head>\n<body>\n<main>\n<h1>What we can see</h1>\n\
    <p>Everything that this server keeps, column by column. It is written beside the program and compared with the \
    database at every build.</p>\n<dl>\n";

static PAGE: LazyLock<(String, String)> = LazyLock::new(|| {
    let page = page();
    let tag = tag(page.as_bytes());
    (page, tag)
});

/// The page.
pub(crate) async fn privacy(headers: HeaderMap) -> Response {
    let (page, tag) = &*PAGE;
    let shared = [
        (header::ETAG, tag.as_str()),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    if is_known(&headers, tag) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (shared, kind, page.as_str()).into_response()
}

fn page() -> String {
    let mut page = String::from(HEAD);
    for form in [
        Form::Plain,
        Form::Sealed,
        Form::Wrapped,
        Form::Partly,
        Form::ByServer,
        Form::Hashed,
    ] {
        let (word, meaning) = words(form);
        push(
            &mut page,
            format_args!("<dt>{word}</dt><dd>{meaning}</dd>\n"),
        );
    }
    page.push_str("</dl>\n");
    for group in GROUPS {
        write_group(&mut page, group);
    }
    page.push_str("<h2>In every table</h2>\n");
    let everywhere = Table {
        name: "every table",
        about: "Columns that mean the same wherever they stand.",
        fields: EVERYWHERE,
    };
    write_table(&mut page, &everywhere);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn write_group(page: &mut String, group: &Group) {
    push(
        page,
        format_args!(
            "<h2>{}</h2>\n<p>Kept: {} Seen by: {}</p>\n",
            escaped(group.title),
            escaped(group.kept),
            escaped(group.shared)
        ),
    );
    for table in group.tables {
        write_table(page, table);
    }
}

fn write_table(page: &mut String, table: &Table) {
    push(
        page,
        format_args!(
            "<table>\n<caption>{} <small>({})</small></caption>\n<thead><tr><th scope=\"col\">Column</th>\
             <th scope=\"col\">Kept</th><th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n",
            escaped(table.about),
            escaped(table.name)
        ),
    );
    for field in table.fields {
        write_field(page, field);
    }
    page.push_str("</tbody>\n</table>\n");
}

fn write_field(page: &mut String, field: &Field) {
    push(
        page,
        format_args!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
            escaped(field.name),
            words(field.form).0,
            escaped(field.about)
        ),
    );
}

/// Writing into a text cannot fail.
fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).unwrap_or_default();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A form in a word, and what it means.
const fn words(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Plain => ("readable", "Whoever runs the server can read it."),
        Form::Sealed => (
            "sealed",
            "Only your key opens it, and nobody has that while you are signed out.",
        ),
        Form::Wrapped => (
            "wrapped",
            "Your key to what is sealed; only what you have opens it: a device, the password, the recovery code.",
        ),
        Form::Partly => (
            "sealed where private",
            "Sealed where the question or the tool is private, otherwise readable.",
        ),
        Form::ByServer => (
            "sealed by the server",
            "Sealed under a key of the server, which is kept apart from the database.",
        ),
        Form::Hashed => (
            "fingerprint",
            "Only to compare with; what it was made of is not kept.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_everything_and_runs_nothing() {
        let page = page();
        for group in GROUPS {
            assert!(page.contains(group.title));
            for field in group.tables.iter().flat_map(|table| table.fields) {
                assert!(page.contains(&format!("<th scope=\"row\">{}</th>", field.name)));
            }
        }
        assert!(!page.contains("<script") && !page.contains("http"));
        assert_eq!(escaped("<a & b>"), "&lt;a &amp; b&gt;");
    }
}
