//! What partners can be told.

use thiserror::Error;

use crate::AccessScope;

/// The type of a message that only tries a place out.
pub const TEST: &str = "webhook.test";

/// What a partner is told. A message says that something has changed; what it is now, the partner reads with its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WebhookEvent {
    /// A person lets the partner read.
    GrantGiven,
    /// A person has changed what the partner may read.
    GrantChanged,
    /// A person does not let the partner read any more, or is gone.
    GrantWithdrawn,
    /// A person's result is another one now, or there is one for the first time.
    CompetencyResultChanged,
}

/// An event that there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there is no such event")]
pub struct UnknownEvent;

impl WebhookEvent {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::GrantGiven,
        Self::GrantChanged,
        Self::GrantWithdrawn,
        Self::CompetencyResultChanged,
    ];

    /// The `type` of the message, stored and told; never to be changed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GrantGiven => "grant.given",
            Self::GrantChanged => "grant.changed",
            Self::GrantWithdrawn => "grant.withdrawn",
            Self::CompetencyResultChanged => "competency_result.changed",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(name: &str) -> Result<Self, UnknownEvent> {
        let mut all = Self::ALL.into_iter();
        all.find(|event| event.as_str() == name).ok_or(UnknownEvent)
    }

    /// What a person has to let the partner read so that it is told; nothing for what is about the consent itself.
    pub(crate) const fn scope(self) -> Option<AccessScope> {
        match self {
            Self::GrantGiven | Self::GrantChanged | Self::GrantWithdrawn => None,
            Self::CompetencyResultChanged => Some(AccessScope::CompetencyRead),
        }
    }
}

/// Reads names divided by blanks, as they are stored; one that this version does not know is left out.
pub(super) fn stored(text: &str) -> Vec<WebhookEvent> {
    let names = text.split(' ');
    names
        .filter_map(|name| WebhookEvent::parse(name).ok())
        .collect()
}

/// Each of them once, divided by blanks.
pub(super) fn written(events: &[WebhookEvent]) -> String {
    let mut events = events.to_vec();
    events.sort_unstable();
    events.dedup();
    let names: Vec<_> = events.into_iter().map(WebhookEvent::as_str).collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_written_once_each_and_read_again() {
        use WebhookEvent::{CompetencyResultChanged, GrantGiven};
        let text = written(&[CompetencyResultChanged, GrantGiven, CompetencyResultChanged]);
        assert_eq!(text, "grant.given competency_result.changed");
        assert_eq!(stored(&text), [GrantGiven, CompetencyResultChanged]);
        assert_eq!(stored("something.new grant.given"), [GrantGiven]);
        for event in WebhookEvent::ALL {
            assert_eq!(WebhookEvent::parse(event.as_str()), Ok(event));
        }
        assert_eq!(WebhookEvent::parse(TEST), Err(UnknownEvent));
    }
}
