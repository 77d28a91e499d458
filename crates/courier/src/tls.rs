//! TLS, made ready when the first message leaves.

use std::sync::{Arc, OnceLock};

use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use url::Host;

use crate::Unsent;

/// How servers of others prove who they are.
#[derive(Clone)]
pub(crate) struct Tls {
    roots: fn() -> RootCertStore,
    ready: Arc<OnceLock<TlsConnector>>,
}

impl Tls {
    /// By the authorities that browsers know as well.
    pub(crate) fn new() -> Self {
        Self::trusting(|| webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect())
    }

    /// By these authorities.
    pub(crate) fn trusting(roots: fn() -> RootCertStore) -> Self {
        Self {
            roots,
            ready: Arc::default(),
        }
    }

    /// Has the server at the other end prove that it is this host, whatever its number.
    pub(crate) async fn begin(
        &self,
        host: &Host,
        stream: TcpStream,
    ) -> Result<TlsStream<TcpStream>, Unsent> {
        let name = match host {
            Host::Domain(name) => ServerName::try_from(name.clone()).ok(),
            Host::Ipv4(address) => Some(ServerName::from(std::net::IpAddr::from(*address))),
            Host::Ipv6(address) => Some(ServerName::from(std::net::IpAddr::from(*address))),
        };
        let name = name.ok_or(Unsent::Insecure)?;
        let begun = self.connector()?.connect(name, stream).await;
        begun.map_err(|_| Unsent::Insecure)
    }

    fn connector(&self) -> Result<TlsConnector, Unsent> {
        if let Some(ready) = self.ready.get() {
            return Ok(ready.clone());
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| Unsent::Insecure)?;
        let config = builder
            .with_root_certificates((self.roots)())
            .with_no_client_auth();
        let made = TlsConnector::from(Arc::new(config));
        Ok(self.ready.get_or_init(|| made).clone())
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Tls").finish_non_exhaustive()
    }
}
