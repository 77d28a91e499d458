//! Passkeys with an authenticator in software, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod keep;
mod register;
mod renew;
mod sign_in;
mod support;
mod wraps;
