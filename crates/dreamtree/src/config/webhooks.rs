//! The section `webhooks`: how messages reach partners.

use std::time::Duration;

use dreamtree_partners::webhook::{Courier, Reach, Retries};

use super::{
    reader::Reader,
    sections::Server,
    values::{Mode, Pauses},
};

/// How messages reach partners.
#[derive(Debug)]
pub(crate) struct Webhooks {
    /// Whether this process carries any.
    pub(crate) enabled: bool,
    /// How far they may go.
    pub(crate) reach: Reach,
    timeout_seconds: usize,
    retries: Pauses,
}

impl Webhooks {
    pub(super) fn of(reader: &mut Reader, server: &Server) -> Self {
        let here = reader.switch("webhooks.allow_loopback", false);
        if here && server.mode == Mode::Production {
            let what = "is for development: partners are on other machines";
            reader.fault("webhooks.allow_loopback", what);
        }
        Self {
            enabled: reader.switch("webhooks.enabled", true),
            reach: if here {
                Reach::AndThisMachine
            } else {
                Reach::Internet
            },
            timeout_seconds: reader.number("webhooks.timeout_seconds", 15, 1..=60),
            retries: reader.take("webhooks.retry_after", Pauses::default()),
        }
    }

    /// Who carries messages.
    pub(crate) fn courier(&self) -> Courier {
        let patience = Duration::from_secs(self.timeout_seconds as u64);
        Courier::new(self.reach, patience)
    }

    /// When a message is tried again.
    pub(crate) fn retries(&self) -> Retries {
        self.retries.0.clone()
    }
}
