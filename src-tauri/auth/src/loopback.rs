//! The address on this computer to which the person's own browser brings the code: `http://localhost:<port>`.
//!
//! Any program on this computer and any page in the browser can call here. Only the redirect of the sign-in that is
//! pending, recognised by its `state`, ends anything; all else gets 404 and changes nothing.

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

use self::serve::{Door, serve};
use crate::{azure_app::RedirectUri, redirect::Redirect};

/// What the page in the browser says once the sign-in has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Somebody is signed in.
    SignedIn {
        /// The gamertag, as Xbox writes it; none where others may watch.
        gamertag: Option<String>,
    },
    /// It did not succeed; the program says why.
    Failed,
    /// It still goes on, in the program.
    GoesOn,
}

/// The browser came back.
#[derive(Debug)]
pub struct Arrival {
    /// What it says.
    pub said: Redirect,
    ending: oneshot::Sender<Ending>,
}

/// A port that waits for the browser, on both of this computer's own addresses; it is closed when this is dropped.
#[derive(Debug)]
pub struct Loopback {
    port: u16,
    listeners: Vec<TcpListener>,
}

/// A port that is waiting.
#[derive(Debug)]
pub struct Waiting {
    arrivals: mpsc::Receiver<Arrival>,
    doors: Vec<JoinHandle<()>>,
}

/// How long the page in the browser waits for the chain's end.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// How many ports are tried: one that is free at one address may be taken at the other.
const ROUNDS: u32 = 20;

impl Loopback {
    /// Takes `port`, or any that is free, at 127.0.0.1 and `::1` alike; where the computer has no IPv6, at the first alone.
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

    /// Waits for the redirect to `redirect_uri`, which names this port, of the sign-in with that `state`.
    #[must_use]
    pub fn wait(self, redirect_uri: RedirectUri, state: SecretString) -> Waiting {
        let (sender, arrivals) = mpsc::channel(1);
        let door = Door::new(redirect_uri, state, self.port, sender);
        let doors = self.listeners.into_iter().map(|listener| tokio::spawn(serve(listener, door.clone()))).collect();
        Waiting { arrivals, doors }
    }
}

impl Waiting {
    /// The one arrival that counts; never another after it.
    pub async fn arrival(&mut self) -> Option<Arrival> {
        self.arrivals.recv().await
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // Whoever is being answered gets the answer to its end: only the doors close.
        self.doors.iter().for_each(JoinHandle::abort);
    }
}

impl Arrival {
    /// Lets the page in the browser say how it ended; after ten seconds it has said that it goes on.
    pub fn end(self, ending: Ending) {
        // The browser may have gone, which is nobody's business.
        let _ = self.ending.send(ending);
    }
}
