//! Which sockets there are and what is behind each.

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    sync::Arc,
};

use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::{Listen, place::Site, serve::open, world::World};

const ANY_PORT: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0));

/// What is found behind a socket.
#[derive(Clone)]
pub(crate) enum Door {
    /// The sign-in pages of both hosts, on plain http.
    Pages,
    /// One host over TLS.
    Service(Site, TlsAcceptor),
    /// All hosts over TLS, told apart by their names.
    RealNames(TlsAcceptor),
    /// The control address, on plain http.
    Control,
}

/// Where everything can be reached, without paths.
pub(crate) struct Origins {
    pub control: String,
    /// The sign-in pages, where they are apart from their hosts.
    pub pages: Option<String>,
    pub services: BTreeMap<Site, String>,
}

/// Opens every door; they are served by `tasks` for as long as they live.
pub(crate) async fn open_all(
    tasks: &mut JoinSet<()>,
    listen: Listen,
    tls: &TlsAcceptor,
    world: &Arc<World>,
) -> io::Result<Origins> {
    let control = format!("http://{}", open(tasks, ANY_PORT, Door::Control, world).await?);
    match listen {
        Listen::RealNames(address) => {
            let port = open(tasks, address, Door::RealNames(tls.clone()), world).await?.port();
            let suffix = if port == 443 { String::new() } else { format!(":{port}") };
            let services = Site::ALL.map(|site| (site, format!("https://{}{suffix}", site.name())));
            Ok(Origins { control, pages: None, services: services.into() })
        }
        Listen::Loopback => {
            let pages = format!("http://{}", open(tasks, ANY_PORT, Door::Pages, world).await?);
            let mut services = BTreeMap::new();
            for site in Site::ALL {
                let address = open(tasks, ANY_PORT, Door::Service(site, tls.clone()), world).await?;
                services.insert(site, format!("https://{address}"));
            }
            Ok(Origins { control, pages: Some(pages), services })
        }
    }
}
