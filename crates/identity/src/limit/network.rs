//! A client's network: what one household or one site has, and changes less often than an address.

use std::net::IpAddr;

/// The /24 of an IPv4 address or the /56 of an IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// The first three bytes of an IPv4 address.
    V4([u8; 3]),
    /// The first seven bytes of an IPv6 address.
    V6([u8; 7]),
}

impl Network {
    /// The network of an address; `None` for this machine itself, which is in none: what comes from here without a
    /// proxy's word about the client was sent by whoever runs the server.
    #[must_use]
    pub fn of(address: IpAddr) -> Option<Self> {
        match address.to_canonical() {
            address if address.is_loopback() => None,
            IpAddr::V4(address) => address.octets().first_chunk().copied().map(Self::V4),
            IpAddr::V6(address) => address.octets().first_chunk().copied().map(Self::V6),
        }
    }

    /// What it is named by when it is counted.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::V4(bytes) => bytes,
            Self::V6(bytes) => bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Option<Network> {
        Network::of(address.parse().unwrap())
    }

    #[test]
    fn neighbours_share_a_network() {
        assert_eq!(of("203.0.113.7"), of("203.0.113.200"));
        assert_eq!(of("203.0.113.7"), of("::ffff:203.0.113.9"));
        assert_ne!(of("203.0.113.7"), of("203.0.114.7"));
        assert_eq!(of("2001:db8:1:ab00::1"), of("2001:db8:1:abff::9"));
        assert_ne!(of("2001:db8:1:ab00::1"), of("2001:db8:1:ac00::1"));
        for here in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(of(here), None);
        }
    }
}
