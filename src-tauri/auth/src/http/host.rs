//! The connections of one host: its own clients, and a preconnected connection.

use std::sync::Arc;

use reqwest::{Client, ClientBuilder, redirect};
use rustls::{ClientConfig, pki_types::CertificateDer};
use rustls_platform_verifier::Verifier;
use url::Url;

use super::{
    preconnect::{Preconnected, Tap},
    timeouts::Timeouts,
};

/// The clients of one host, so that no request can go to another.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    sends: Client,
    opens: Client,
    preconnected: Preconnected,
}

impl Host {
    /// Returns clients that use the TLS configuration `tls`, without opening a connection.
    pub(crate) fn new(user_agent: &str, timeouts: Timeouts, tls: &ClientConfig) -> reqwest::Result<Host> {
        let preconnected = Preconnected::default();
        let client = |tap| client(user_agent, timeouts, tls.clone()).connector_layer(tap);
        Ok(Host {
            sends: client(Tap::Drains(preconnected.clone())).build()?,
            opens: client(Tap::Fills(preconnected.clone())).pool_max_idle_per_host(0).build()?,
            preconnected,
        })
    }

    /// The client that builds and sends requests.
    pub(crate) const fn client(&self) -> &Client {
        &self.sends
    }

    /// Returns the number of requests sent on a connection that had been idle and may have been closed unnoticed.
    pub(crate) fn rested(&self) -> u32 {
        self.preconnected.rested()
    }

    /// Opens a connection in advance and keeps it for a while; no request is sent.
    pub(crate) async fn open(&self, to: &Url) -> reqwest::Result<()> {
        self.preconnected.open(self.opens.head(to.clone()).send()).await
    }
}

/// Returns a TLS configuration with the system's trust store and, in tests and the demo, the given certificate
/// authorities.
pub(crate) fn tls(authorities: &[CertificateDer<'static>]) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = if authorities.is_empty() {
        Verifier::new(provider.clone())?
    } else {
        Verifier::new_with_extra_roots(authorities.iter().cloned(), provider.clone())?
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn client(user_agent: &str, timeouts: Timeouts, tls: ClientConfig) -> ClientBuilder {
    Client::builder()
        .tls_backend_preconfigured(tls)
        .https_only(true)
        .redirect(redirect::Policy::none())
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.total)
        .tcp_nodelay(true)
        .user_agent(user_agent)
}
