//! Two devices change the same thing: the later one is told, and shown what is there now.

use async_graphql::{Context, Error};
use dreamtree_types::{Code, Fault};

use crate::Refusal;

/// Adds the error `CONFLICT` beside the data of the field that is being answered; `field` is the path of the
/// expected version in its arguments.
pub fn add_conflict(context: &Context<'_>, field: &str) {
    let fault = Fault::field(
        Code::Conflict,
        field,
        "This was changed in the meantime. Nothing was saved; the answer shows what is there now.",
    );
    let error = Error::from(Refusal::new(fault)).into_server_error(context.item.pos);
    context.add_error(context.set_error_path(error));
}
