//! The local address to which the user's browser is redirected with the code: `http://localhost:<port>`.
//!
//! Any program on this computer and any page in the browser can send requests here. Only the redirect of the pending
//! sign-in, identified by its `state`, has an effect; any other request gets 404 and changes nothing.

mod page;
mod serve;

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

pub use self::page::Page;
use self::serve::{Door, serve};
use crate::{model::azure_app::RedirectUri, sign_in::redirect::Redirect};

/// How a sign-in ended, for the page in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The user is signed in.
    SignedIn {
        /// The gamertag, as Xbox writes it; `None` if others may be watching.
        gamertag: Option<String>,
    },
    /// The sign-in failed; the program shows why.
    Failed,
    /// The sign-in continues in the program.
    GoesOn,
}

/// The browser's redirect.
#[derive(Debug)]
pub struct Arrival {
    /// The content of the redirect.
    pub said: Redirect,
    ending: oneshot::Sender<Ending>,
}

/// A port, open on both loopback addresses, that waits for the browser; closed when dropped.
#[derive(Debug)]
pub struct Loopback {
    port: u16,
    listeners: Vec<TcpListener>,
}

/// An open port that's waiting for the redirect.
#[derive(Debug)]
pub struct Waiting {
    arrivals: mpsc::Receiver<Arrival>,
    doors: Vec<JoinHandle<()>>,
}

/// How long the page in the browser waits for the chain to end.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// The number of ports to try, because one that's free at one address may be in use at the other.
const ROUNDS: u32 = 20;

impl Loopback {
    /// Opens `port`, or any free port, at both 127.0.0.1 and `::1`; only at the first if the computer has no IPv6.
    pub async fn bind(port: Option<u16>) -> io::Result<Loopback> {
        let mut last = None;
        for _ in 0..if port.is_some() { 1 } else { ROUNDS } {
            let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await?;
            let free = v4.local_addr()?.port();
            match TcpListener::bind((Ipv6Addr::LOCALHOST, free)).await {
                Ok(v6) => return Ok(Loopback { port: free, listeners: vec![v4, v6] }),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
                Err(_) => return Ok(Loopback { port: free, listeners: vec![v4] }),
            }
        }
        Err(last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the redirect of the sign-in with this `state` to `redirect_uri`, which includes this port. `page`
    /// returns what the browser then shows.
    #[must_use]
    pub fn wait(self, redirect_uri: RedirectUri, state: SecretString, page: fn(&Ending) -> Page) -> Waiting {
        let (sender, arrivals) = mpsc::channel(1);
        let door = Door::new(redirect_uri, state, self.port, page, sender);
        let doors = self.listeners.into_iter().map(|listener| tokio::spawn(serve(listener, door.clone()))).collect();
        Waiting { arrivals, doors }
    }
}

impl Waiting {
    /// Returns the one valid redirect; `None` for any later call.
    pub async fn arrival(&mut self) -> Option<Arrival> {
        self.arrivals.recv().await
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // Responses in progress are completed; only the listeners are closed.
        self.doors.iter().for_each(JoinHandle::abort);
    }
}

impl Arrival {
    /// Makes the page in the browser show how the sign-in ended. After ten seconds, it has already shown that the
    /// sign-in continues.
    pub fn end(self, ending: Ending) {
        // The browser may have closed the connection, which doesn't matter.
        let _ = self.ending.send(ending);
    }
}
