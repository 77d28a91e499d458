//! The address under which a client knows the server.

use async_graphql::Context;

/// Scheme, host and port of the server, as its clients know them; in the data of the schema or of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site(pub String);

/// The whole address of a path that begins with a slash; the path itself where the site is unknown.
#[must_use]
pub fn address(ctx: &Context<'_>, path: &str) -> String {
    let site = ctx.data_opt::<Site>().map_or("", |site| site.0.as_str());
    format!("{site}{path}")
}
