//! How names become numbers.

use std::{fmt, io, net::IpAddr};

use async_trait::async_trait;
use tokio::net::lookup_host;

/// Somebody who knows what numbers a name has.
#[async_trait]
pub trait Resolve: fmt::Debug + Send + Sync {
    /// All addresses of a name. It is asked once for each message.
    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// The resolver of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

#[async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        // It wants to know a port too, and gives it back.
        let found = lookup_host((name, 443)).await?;
        Ok(found.map(|address| address.ip()).collect())
    }
}
