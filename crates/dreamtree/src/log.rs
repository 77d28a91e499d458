//! Where log lines go and what they look like.

use std::{
    io::{self, IsTerminal},
    panic,
};

use tracing_subscriber::EnvFilter;

use crate::config::{Format, Log};

/// Begins to log, to the standard error stream, and has panics logged too.
pub(crate) fn begin(log: &Log) {
    // Each step of a migration has its lines otherwise; `serve` says how many there were. What verifies passkeys logs
    // bytes that clients sent.
    let quiet = "sea_orm_migration=warn,sqlx=warn,webauthn_rs=off,webauthn_rs_core=off";
    let filter = EnvFilter::new(format!("{quiet},{}", log.level));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match log.format {
        Format::Human => lines.with_target(false).init(),
        Format::Json => lines
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .init(),
    }
    let human = log.format == Format::Human;
    panic::set_hook(Box::new(move |panicked| {
        let place = panicked
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        // A panic's message may hold what somebody wrote: it is for the developer's screen only.
        let message = panicked
            .payload_as_str()
            .filter(|_| human)
            .unwrap_or_default();
        tracing::error!(place, message, "a panic");
    }));
}
