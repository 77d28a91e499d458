//! Where a request comes from: the address at the other end of the connection, or, where that is a proxy we trust, the
//! client that it speaks for.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    task::{Context, Poll},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderName, Request, Response, header, request::Parts},
    routing::future::RouteFuture,
};
use dreamtree_identity::{Client, limit::Network};
use hyper::body::Incoming;
use ipnet::IpNet;
use tower::Service;

use crate::{Gateway, session};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address at the other end of a request's connection, in the request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The router as one connection sees it: its requests know where they come from.
#[derive(Clone)]
pub(crate) struct Peered {
    router: Router,
    peer: Peer,
}

impl Peered {
    /// For a connection from this address.
    pub(crate) const fn new(router: Router, address: SocketAddr) -> Self {
        Self {
            router,
            peer: Peer(address),
        }
    }
}

impl Service<Request<Incoming>> for Peered {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request<Incoming>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(self.peer);
        self.router.call(request)
    }
}

/// What a request tells of where it comes from.
pub(crate) fn client(gateway: &Gateway, head: &Parts) -> Client {
    let peer = head.extensions.get::<Peer>().map(|peer| peer.0.ip());
    let trusted = &gateway.settings.trusted_proxies;
    let address = peer.map(|peer| speaks_for(peer, &head.headers, trusted));
    let agent = head.headers.get(header::USER_AGENT);
    Client::new(
        agent.and_then(|value| value.to_str().ok()),
        address.and_then(Network::of),
        session::device_token(&head.headers, gateway.cookie),
    )
}

/// The last address on the way here that no trusted proxy has: read from the right, because a client may write anything
/// to the left of what proxies add. A trusted proxy that says nothing readable speaks for itself.
fn speaks_for(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    let hops = lines.flat_map(|line| line.to_str().unwrap_or("").rsplit(','));
    let mut known = peer.to_canonical();
    for hop in hops {
        if !trusted.iter().any(|network| network.contains(&known)) {
            break;
        }
        let Some(address) = address(hop.trim()) else {
            break;
        };
        known = address.to_canonical();
    }
    known
}

/// An address, with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let plain = bare.parse().ok();
    plain.or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;
    use crate::loopback;

    fn seen(peer: &str, lines: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        let mut trusted = loopback();
        trusted.push("10.1.0.0/16".parse().unwrap());
        speaks_for(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_speak_for_others() {
        assert_eq!(seen("203.0.113.7", &[]), "203.0.113.7");
        assert_eq!(seen("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
        assert_eq!(seen("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("::ffff:127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn what_a_client_writes_itself_does_not_count() {
        for lines in [
            &["192.0.2.9, 198.51.100.1"][..],
            &["192.0.2.9", "198.51.100.1"],
            &["192.0.2.9, 198.51.100.1, 10.1.2.3"],
            &["192.0.2.9, 198.51.100.1:4711", "10.1.2.3"],
        ] {
            assert_eq!(seen("127.0.0.1", lines), "198.51.100.1", "{lines:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_ends_the_way() {
        assert_eq!(seen("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(seen("10.1.0.9", &["unknown"]), "10.1.0.9");
        assert_eq!(seen("10.1.0.9", &["198.51.100.1, _hidden"]), "10.1.0.9");
        assert_eq!(seen("::1", &["[2001:db8::7]:443"]), "2001:db8::7");
        assert_eq!(seen("::1", &["[2001:db8::7]"]), "2001:db8::7");
    }
}
