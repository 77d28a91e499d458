//! What a request tells of where it comes from; all of it can be made up, and none of it proves anything.

use std::sync::Arc;

use dreamtree_crypto::DeviceToken;

use crate::{device, limit::Network};

/// Where a request comes from. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Client {
    device: Option<String>,
    network: Option<Network>,
    token: Option<Arc<DeviceToken>>,
}

impl Client {
    /// Nothing is known.
    #[must_use]
    pub const fn nowhere() -> Self {
        Self {
            device: None,
            network: None,
            token: None,
        }
    }

    /// From the header `User-Agent`, the network if it is known, and the text of a device token.
    #[must_use]
    pub fn new(
        user_agent: Option<&str>,
        network: Option<Network>,
        device_token: Option<&str>,
    ) -> Self {
        Self {
            device: user_agent.and_then(device::label),
            network,
            token: None,
        }
        .known_by(device_token)
    }

    /// The same client with another device token; one that is none changes nothing.
    #[must_use]
    pub fn known_by(&self, device_token: Option<&str>) -> Self {
        let token = device_token.and_then(|text| DeviceToken::parse(text).ok());
        Self {
            token: token.map(Arc::new).or_else(|| self.token.clone()),
            ..self.clone()
        }
    }

    /// The kind of device in a few words, such as "Firefox on Linux".
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.device.as_deref()
    }

    /// The network, as far as it is known.
    pub(crate) const fn network(&self) -> Option<Network> {
        self.network
    }

    /// What says that somebody has signed in here before.
    pub(crate) fn token(&self) -> Option<&DeviceToken> {
        self.token.as_deref()
    }
}
