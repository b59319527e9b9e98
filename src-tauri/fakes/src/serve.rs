//! Listening sockets and their connections.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use http_body_util::{BodyExt as _, Limited};
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode, Uri,
    body::Incoming,
    header::{DATE, HOST, HeaderName},
    http::request::Parts,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use rustls::server::Acceptor;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::LazyConfigAcceptor;

use crate::{
    answer::{empty, put, text},
    body::{OnWire, Torn, play, revoked, whole},
    call::Call,
    control,
    delay::lengthened,
    doors::Door,
    place::Place,
    random, routes,
    site::Site,
    stamp,
    world::World,
};

const LONGEST_BODY: usize = 64 * 1024;

/// Accepts connections at a listener while the hosts are open; the control address is always open.
pub(crate) async fn accept(mut listener: TcpListener, door: Door, world: Arc<World>) {
    let Ok(address) = listener.local_addr() else { return };
    let mut open = world.open.subscribe();
    loop {
        tokio::select! {
            never = let_all_in(&listener, &door, &world) => match never {},
            _ = open.wait_for(|open| !open && !matches!(door, Door::Control)) => {}
        }
        drop(listener);
        if open.wait_for(|open| *open).await.is_err() {
            return;
        }
        listener = listen_again(address).await;
    }
}

async fn let_all_in(listener: &TcpListener, door: &Door, world: &Arc<World>) -> Infallible {
    // Owned here, so that open connections end with their listener.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(converse(stream, door.clone(), world.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Binds the address again. The port was free a moment ago, but another process's outgoing connection may use it for a
/// while.
async fn listen_again(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn converse(stream: TcpStream, door: Door, world: Arc<World>) {
    if stream.set_nodelay(true).is_err() {
        return;
    }
    if let Door::Control = door {
        return let_in(stream, door, world).await;
    }
    tokio::select! {
        () = over_the_line(stream, door, world.clone()) => {}
        () = world.hang_up.notified() => {}
    }
}

async fn over_the_line(stream: TcpStream, door: Door, world: Arc<World>) {
    if world.round_trip.is_zero() {
        return let_in(stream, door, world).await;
    }
    let (stream, line) = lengthened(stream, world.round_trip);
    tokio::join!(line, let_in(stream, door, world));
}

async fn let_in<S: AsyncRead + AsyncWrite + Unpin + 'static>(stream: S, door: Door, world: Arc<World>) {
    match &door {
        Door::Pages | Door::Control => speak(stream, &door, &world).await,
        Door::Service(site, tls) => {
            world.traffic().connect(*site);
            if let Ok(stream) = tls.accept(stream).await {
                speak(stream, &door, &world).await;
            }
        }
        Door::RealNames(tls) => {
            let Ok(greeted) = LazyConfigAcceptor::new(Acceptor::default(), stream).await else { return };
            if let Some(site) = greeted.client_hello().server_name().and_then(Site::named) {
                world.traffic().connect(site);
            }
            if let Ok(stream) = greeted.into_stream(tls.config().clone()).await {
                speak(stream, &door, &world).await;
            }
        }
    }
}

async fn speak<S: AsyncRead + AsyncWrite + Unpin + 'static>(stream: S, door: &Door, world: &Arc<World>) {
    let service = service_fn(|request| attend(request, door.clone(), world.clone()));
    // A client that disconnects early doesn't matter to a mock service.
    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
}

async fn attend(request: Request<Incoming>, door: Door, world: Arc<World>) -> Result<Response<OnWire>, Torn> {
    let (parts, body) = request.into_parts();
    if let Some(site) = site(&door, &parts) {
        world.traffic().ask(site);
    }
    let Ok(body) = Limited::new(body, LONGEST_BODY).collect().await else {
        return Ok(whole(empty(StatusCode::PAYLOAD_TOO_LARGE)));
    };
    let call = Call::from_parts(parts, body.to_bytes());
    if let Door::Control = door {
        let asks_for_list = call.uri().path() == control::REVOKED;
        return Ok(if asks_for_list { revoked(&world.revoked) } else { whole(control::answer(&world, &call)) });
    }
    let Some(place) = place(&door, &call) else {
        // In h2, a body in an answer to HEAD breaks the stream.
        let body = if call.method() == Method::HEAD { "" } else { "Not Found" };
        return Ok(whole(text(StatusCode::NOT_FOUND, body)));
    };
    let fault = routes::endpoint(place, &call).and_then(|endpoint| world.traffic().meet(endpoint));
    let mut response = match fault {
        Some(fault) => play(fault, || routes::answer(place, &world, &call)).await?,
        None => whole(routes::answer(place, &world, &call)),
    };
    sign(&mut response, place.site(), &world);
    Ok(response)
}

fn place(door: &Door, call: &Call) -> Option<Place> {
    let find = |site| Place::find(site, call.method(), call.uri().path());
    match door {
        Door::Pages => Site::ALL.into_iter().find_map(find).filter(|place| place.is_page()),
        Door::Service(site, _) => find(*site).filter(|place| !place.is_page()),
        Door::RealNames(_) => find(Site::named(host(call.uri(), call.headers())?)?),
        Door::Control => None,
    }
}

/// Returns the requested host, if this listener serves one.
fn site(door: &Door, head: &Parts) -> Option<Site> {
    match door {
        Door::Service(site, _) => Some(*site),
        Door::RealNames(_) => Site::named(host(&head.uri, &head.headers)?),
        Door::Pages | Door::Control => None,
    }
}

/// Returns the host's name without its port: h2 has it in the URI, http/1.1 in a header.
fn host<'a>(address: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    let from_header = || headers.get(HOST)?.to_str().ok()?.split(':').next();
    address.host().or_else(from_header)
}

/// Adds the headers that every answer of a service has, unless a fault has set them.
fn sign<B>(response: &mut Response<B>, site: Site, world: &World) {
    let mut signature = vec![(DATE, stamp::http_date(world.now()))];
    match site {
        Site::Microsoft | Site::MicrosoftOnline | Site::Live => {
            signature.push((HeaderName::from_static("x-ms-request-id"), random::guid()));
        }
        Site::UserAuth | Site::Xsts => {
            signature.push((HeaderName::from_static("ms-cv"), format!("{}.0", random::run::<16>())));
            signature.push((HeaderName::from_static("x-xblcorrelationid"), random::guid()));
        }
        Site::Settings | Site::Profile => {
            signature.push((HeaderName::from_static("transaction-id"), random::guid()));
        }
    }
    for (name, value) in signature {
        if !response.headers().contains_key(&name) {
            put(response.headers_mut(), name, &value);
        }
    }
}
