//! One schema over HTTP: the domains' GraphQL merged, sessions, limits, `GraphiQL`, health and metrics.
//! No SQL and no rules live here.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]
// The merged roots nest futures deeper than the default lets the compiler look.
#![recursion_limit = "256"]

mod catch;
mod codes;
mod document;
mod execute;
mod gateway;
mod http;
mod live;
mod peer;
mod privacy;
mod refused;
mod response;
mod schema;
mod serve;
mod service;
mod session;
mod settings;

pub use gateway::Gateway;
pub use peer::Peer;
pub use schema::{Mutation, Query, Schema, Subscription, sdl};
pub use serve::{serve, terminated};
pub use settings::{Limits, LiveLimits, Settings, loopback};
