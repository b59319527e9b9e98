//! Responding to local requests, without letting any client block the port.

use std::{convert::Infallible, sync::Arc, time::Duration};

use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use secrecy::SecretString;
use tokio::{
    net::TcpListener,
    sync::{Mutex, Semaphore, mpsc, oneshot},
    time::timeout,
};
use url::Url;

use super::{
    Arrival, Ending, PATIENCE,
    page::{self, Page},
};
use crate::{
    error::{Cause, Error},
    model::azure_app::RedirectUri,
    sign_in::redirect::{self, Redirect},
};

/// The maximum number of concurrent connections; others wait.
const CALLERS: usize = 16;
/// The maximum request size in bytes; no redirect is longer.
const LARGEST_REQUEST: usize = 8 * 1024;
/// A connection is closed if the request hasn't arrived by then.
const SLOWEST_REQUEST: Duration = Duration::from_secs(5);

/// The handler for each address of the port.
#[derive(Clone)]
pub(super) struct Door(Arc<Inside>);

struct Inside {
    redirect_uri: RedirectUri,
    state: SecretString,
    hosts: [String; 3],
    page: fn(&Ending) -> Page,
    arrivals: Mutex<Option<mpsc::Sender<Arrival>>>,
    callers: Arc<Semaphore>,
}

impl Door {
    pub(super) fn new(
        redirect_uri: RedirectUri,
        state: SecretString,
        port: u16,
        page: fn(&Ending) -> Page,
        arrivals: mpsc::Sender<Arrival>,
    ) -> Door {
        let hosts = [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")];
        let (arrivals, callers) = (Mutex::new(Some(arrivals)), Arc::new(Semaphore::new(CALLERS)));
        Door(Arc::new(Inside { redirect_uri, state, hosts, page, arrivals, callers }))
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        match self.arrived(&request).await {
            Some(ending) => {
                let ending = match timeout(PATIENCE, ending).await {
                    // Dropped only when the waiting program ends.
                    Ok(ending) => ending.unwrap_or(Ending::Failed),
                    Err(_) => Ending::GoesOn,
                };
                told(&(self.0.page)(&ending))
            }
            None => nobody(),
        }
    }

    /// If this is the redirect, reports it to the sign-in, only once, and returns the receiver for how it ended.
    async fn arrived(&self, request: &Request<Incoming>) -> Option<oneshot::Receiver<Ending>> {
        let inside = &self.0;
        let host = request.headers().get(HOST)?.to_str().ok()?;
        let is_for_us = request.uri().authority().is_none() && inside.hosts.iter().any(|ours| ours == host);
        if request.method() != Method::GET || !is_for_us {
            return None;
        }
        let target = request.uri().path_and_query()?.as_str();
        // Microsoft's page redirects to the name `localhost`, whatever address the browser resolves it to.
        let address = inside.redirect_uri.url().join(target).ok().filter(|address| is_plain(address, target))?;
        let said = match redirect::read(&address, &inside.redirect_uri, &inside.state) {
            Redirect::NotOurs | Redirect::Ended(Error { cause: Cause::ForeignState, .. }) => return None,
            said @ (Redirect::Code(_) | Redirect::Ended(_)) => said,
        };
        let arrivals = inside.arrivals.lock().await.take()?;
        let (ending, ended) = oneshot::channel();
        arrivals.send(Arrival { said, ending }).await.ok()?;
        Some(ended)
    }
}

/// Whether the target stays on this host; one such as `//elsewhere/` would refer to another.
fn is_plain(address: &Url, target: &str) -> bool {
    target.starts_with('/') && !target.starts_with("//") && address.host_str() == Some("localhost")
}

/// Accepts connections, at most [`CALLERS`] concurrently.
pub(super) async fn serve(listener: TcpListener, door: Door) {
    loop {
        let Ok(permit) = door.0.callers.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // There may be no file descriptors left; wait for other connections to close.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let door = door.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| async { Ok::<_, Infallible>(door.answer(request).await) });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(SLOWEST_REQUEST)
                .max_buf_size(LARGEST_REQUEST)
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            // Disconnects and invalid requests don't matter.
            let _ = connection.await;
            drop(permit);
        });
    }
}

fn told(page: &Page) -> Response<Full<Bytes>> {
    answer(StatusCode::OK, "text/html; charset=utf-8", page.html())
}

fn nobody() -> Response<Full<Bytes>> {
    answer(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "Nothing is here.\n".into())
}

fn answer(status: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let fixed =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store"), (REFERRER_POLICY, "no-referrer"), (CONNECTION, "close")];
    for (name, value) in fixed {
        headers.insert(name, value.parse().unwrap_or_else(|_| unreachable!("a literal is a header's value")));
    }
    if let Ok(policy) = page::policy().parse() {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
