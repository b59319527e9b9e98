//! The sockets and what each of them serves.

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
};

use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::{Listen, site::Site};

const ANY_PORT: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0));

/// What a socket serves.
#[derive(Clone)]
pub(crate) enum Door {
    /// The sign-in pages of both hosts, over plain HTTP.
    Pages,
    /// One host over TLS.
    Service(Site, TlsAcceptor),
    /// All hosts over TLS, distinguished by name.
    RealNames(TlsAcceptor),
    /// The control address, over plain HTTP.
    Control,
}

/// The origins of all services, without paths.
pub(crate) struct Origins {
    pub control: String,
    /// The sign-in pages, if they're served separately from their hosts.
    pub pages: Option<String>,
    pub services: BTreeMap<Site, String>,
}

/// Every open listener; clients that connect before it's served wait.
#[derive(Default)]
pub(crate) struct Doors(pub Vec<(TcpListener, Door)>);

impl Doors {
    async fn open(&mut self, address: SocketAddr, door: Door) -> io::Result<SocketAddr> {
        let listener = TcpListener::bind(address).await?;
        let bound = listener.local_addr()?;
        self.0.push((listener, door));
        Ok(bound)
    }
}

/// Opens the control address and returns its origin.
pub(crate) async fn open_control() -> io::Result<(Doors, String)> {
    let mut doors = Doors::default();
    let control = format!("http://{}", doors.open(ANY_PORT, Door::Control).await?);
    Ok((doors, control))
}

/// Opens every listener except the control address.
pub(crate) async fn open_all(
    (mut doors, control): (Doors, String),
    listen: Listen,
    tls: &TlsAcceptor,
) -> io::Result<(Doors, Origins)> {
    match listen {
        Listen::RealNames(address) => {
            let port = doors.open(address, Door::RealNames(tls.clone())).await?.port();
            let suffix = if port == 443 { String::new() } else { format!(":{port}") };
            let services = Site::ALL.map(|site| (site, format!("https://{}{suffix}", site.name())));
            Ok((doors, Origins { control, pages: None, services: services.into() }))
        }
        Listen::Loopback => {
            let pages = format!("http://{}", doors.open(ANY_PORT, Door::Pages).await?);
            let mut services = BTreeMap::new();
            for site in Site::ALL {
                let address = doors.open(ANY_PORT, Door::Service(site, tls.clone())).await?;
                services.insert(site, format!("https://{address}"));
            }
            Ok((doors, Origins { control, pages: Some(pages), services }))
        }
    }
}
