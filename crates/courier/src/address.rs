//! Which numbers are those of servers that everybody can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

/// Whether an address is one of the open internet: neither this machine, nor a network of one's own, nor one that is kept
/// for something else (the registries of special addresses, RFC 6890). An IPv4 address that is written inside an IPv6 one
/// counts as itself.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_four(four),
        IpAddr::V6(six) => match embedded(six) {
            Some(four) => is_public_four(four),
            None => UNICAST.contains(&six) && !KEPT_SIX.iter().any(|net| net.contains(&six)),
        },
    }
}

fn is_public_four(address: Ipv4Addr) -> bool {
    !KEPT_FOUR.iter().any(|net| net.contains(&address))
}

/// The IPv4 address that an IPv6 one stands for: mapped (RFC 4291), or behind the translator that all networks know by the
/// same prefix (RFC 6052).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., a, b, c, d] = address.octets();
    let translated = TRANSLATED.contains(&address);
    let four = translated.then(|| Ipv4Addr::new(a, b, c, d));
    four.or_else(|| address.to_ipv4_mapped())
}

const fn four(octets: [u8; 4], bits: u8) -> Ipv4Net {
    let [a, b, c, d] = octets;
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), bits)
}

const fn six(parts: [u16; 4], bits: u8) -> Ipv6Net {
    let [a, b, c, d] = parts;
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0), bits)
}

/// IPv4 addresses that are not those of servers of others.
const KEPT_FOUR: [Ipv4Net; 15] = [
    // This network, and no address at all.
    four([0, 0, 0, 0], 8),
    // Networks of one's own.
    four([10, 0, 0, 0], 8),
    four([172, 16, 0, 0], 12),
    four([192, 168, 0, 0], 16),
    // Behind the translators of providers.
    four([100, 64, 0, 0], 10),
    // This machine.
    four([127, 0, 0, 0], 8),
    // This wire; at 169.254.169.254 clouds tell a machine its secrets.
    four([169, 254, 0, 0], 16),
    // Protocols.
    four([192, 0, 0, 0], 24),
    // Examples in documents.
    four([192, 0, 2, 0], 24),
    four([198, 51, 100, 0], 24),
    four([203, 0, 113, 0], 24),
    // The way from IPv6, given up.
    four([192, 88, 99, 0], 24),
    // Measuring.
    four([198, 18, 0, 0], 15),
    // Many at once.
    four([224, 0, 0, 0], 4),
    // Kept for later, and everybody on this wire.
    four([240, 0, 0, 0], 4),
];

/// All IPv6 addresses that single servers of the internet have. What is outside is this machine, this wire, networks of
/// one's own, or many at once.
const UNICAST: Ipv6Net = six([0x2000, 0, 0, 0], 3);

const TRANSLATED: Ipv6Net = six([0x64, 0xff9b, 0, 0], 96);

/// Those among them that are kept for something else.
const KEPT_SIX: [Ipv6Net; 4] = [
    // Protocols, tunnels, measuring.
    six([0x2001, 0, 0, 0], 23),
    // Examples in documents.
    six([0x2001, 0xdb8, 0, 0], 32),
    six([0x3fff, 0, 0, 0], 20),
    // The way over IPv4, given up: whose address is inside, somebody else's relay decides.
    six([0x2002, 0, 0, 0], 16),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_open_internet_are_public() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00:1450::1",
            "3ffe::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn all_others_are_not() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::1.1.1.1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "2002:808:808::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }
}
