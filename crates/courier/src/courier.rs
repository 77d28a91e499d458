//! A message on its way: from a name to numbers, from these to a connection, from that to an answer.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};
use url::Host;

use crate::{Reach, Reply, Resolve, SystemResolver, Target, Unsent, exchange::exchange, tls::Tls};

/// Of more addresses of one name the first ones are tried.
const MOST_ADDRESSES: usize = 4;

/// What is posted.
#[derive(Clone, Debug)]
pub struct Message {
    /// Of the body.
    pub content_type: &'static str,
    /// Other headers.
    pub headers: Vec<(&'static str, String)>,
    /// Sent byte for byte.
    pub body: Vec<u8>,
}

/// Carries messages to servers of others. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Courier {
    resolver: Arc<dyn Resolve>,
    reach: Reach,
    /// For the whole way, from the name to the answer.
    patience: Duration,
    tls: Tls,
}

impl Courier {
    /// A courier who asks the machine what names mean, and gives up after so long.
    #[must_use]
    pub fn new(reach: Reach, patience: Duration) -> Self {
        Self::asking(Arc::new(SystemResolver), reach, patience)
    }

    /// The same who asks somebody else.
    #[must_use]
    pub fn asking(resolver: Arc<dyn Resolve>, reach: Reach, patience: Duration) -> Self {
        Self {
            resolver,
            reach,
            patience,
            tls: Tls::new(),
        }
    }

    /// Has servers prove who they are by other authorities.
    #[cfg(test)]
    pub(crate) fn trusting(mut self, roots: fn() -> rustls::RootCertStore) -> Self {
        self.tls = Tls::trusting(roots);
        self
    }

    /// How long a message is given at most.
    #[must_use]
    pub const fn patience(&self) -> Duration {
        self.patience
    }

    /// Posts a message to an address; what came back, whatever its status.
    pub async fn post(&self, address: &str, message: Message) -> Result<Reply, Unsent> {
        let sent = timeout(self.patience, self.carry(address, message)).await;
        sent.map_err(|_| Unsent::Late)?
    }

    async fn carry(&self, address: &str, message: Message) -> Result<Reply, Unsent> {
        let target = Target::parse(address, self.reach)?;
        let addresses = self.addresses(&target).await?;
        let stream = connect(&addresses, target.port(), self.patience / 4).await?;
        if target.is_secure() {
            let stream = self.tls.begin(target.host(), stream).await?;
            exchange(TokioIo::new(stream), &target, message).await
        } else {
            exchange(TokioIo::new(stream), &target, message).await
        }
    }

    /// The numbers of a target. One that is not public spoils all of them: whoever owns the name mixes them on purpose.
    async fn addresses(&self, target: &Target) -> Result<Vec<IpAddr>, Unsent> {
        let addresses = match target.host() {
            Host::Domain(name) => self.resolver.resolve(name).await,
            Host::Ipv4(address) => Ok(vec![(*address).into()]),
            Host::Ipv6(address) => Ok(vec![(*address).into()]),
        };
        let addresses = addresses.map_err(|_| Unsent::Unresolved)?;
        if addresses.is_empty() {
            return Err(Unsent::Unresolved);
        }
        if addresses.iter().all(|one| self.reach.covers(*one)) {
            Ok(addresses)
        } else {
            Err(Unsent::Private)
        }
    }
}

/// A connection to the first of these that takes one within its `share` of the time, and to nothing else.
async fn connect(addresses: &[IpAddr], port: u16, share: Duration) -> Result<TcpStream, Unsent> {
    for address in addresses.iter().take(MOST_ADDRESSES) {
        let connected = TcpStream::connect(SocketAddr::new(*address, port));
        if let Ok(Ok(stream)) = timeout(share, connected).await {
            return Ok(stream);
        }
    }
    Err(Unsent::Unreachable)
}
