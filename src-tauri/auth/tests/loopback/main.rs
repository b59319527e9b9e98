//! The port for the person's own browser, over real sockets, against arbitrary callers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

use std::{net::Ipv6Addr, time::Duration};

use secrecy::ExposeSecret;
use spartan_auth::{
    azure_app::AzureApp,
    error::Cause,
    loopback::{Arrival, Ending, Loopback, Page, Waiting},
    redirect::Redirect,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

const ID: &str = "12345678-1234-1234-1234-123456789abc";
const TRUE: &str = "/?code=c&state=right";
const LONG: Duration = Duration::from_secs(30);

struct Port {
    number: u16,
    waiting: Waiting,
}

fn page(ending: &Ending) -> Page {
    let name = if let Ending::SignedIn { gamertag } = ending { gamertag.clone() } else { None };
    let [title, heading, text] = ["A title", "A heading", "You can close this tab."].map(str::to_owned);
    Page { language: "en", title, heading, name, text }
}

impl Port {
    async fn open() -> Port {
        let loopback = Loopback::bind(None).await.unwrap();
        let number = loopback.port();
        let redirect = AzureApp::parse(ID, "http://localhost").unwrap().redirect_uri.with_port(number).unwrap();
        Port { number, waiting: loopback.wait(redirect, "right".into(), page) }
    }

    /// Returns the answer to a plain GET.
    async fn hit(&self, target: &str) -> String {
        let host = format!("localhost:{}", self.number);
        self.says(&format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")).await
    }

    async fn says(&self, request: &str) -> String {
        let mut stream = self.call().await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        // A client that sends too much may be disconnected.
        let _ = timeout(LONG, stream.read_to_string(&mut answer)).await.expect("an answer");
        answer
    }

    async fn call(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.number)).await.unwrap()
    }

    /// Checks that the real redirect arrives and is accepted.
    async fn is_still_waiting(&mut self) {
        let target = async { self_hit(self.number).await };
        let (answer, arrival) = tokio::join!(target, arrived(&mut self.waiting, Ending::GoesOn));
        assert_eq!(arrival, "c");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

async fn self_hit(port: u16) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!("GET {TRUE} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Returns the code that arrives; the page shows how the sign-in ended.
async fn arrived(waiting: &mut Waiting, ending: Ending) -> String {
    let arrival: Arrival = timeout(LONG, waiting.arrival()).await.expect("somebody comes").expect("it waits");
    let Redirect::Code(code) = &arrival.said else { panic!("{arrival:?}") };
    let code = code.expose_secret().to_owned();
    arrival.end(ending);
    code
}

#[tokio::test]
async fn the_redirect_is_taken_and_the_page_tells_who_signed_in_without_markup() {
    let mut port = Port::open().await;
    let number = port.number;
    let signed_in = Ending::SignedIn { gamertag: Some("<b>aCurtis</b>".into()) };
    let (answer, code) = tokio::join!(self_hit(number), arrived(&mut port.waiting, signed_in));
    assert_eq!(code, "c");
    assert!(answer.contains("&lt;b&gt;aCurtis&lt;/b&gt;") && answer.contains("close this tab"), "{answer}");
    let headers = answer.to_ascii_lowercase();
    for header in
        ["cache-control: no-store", "referrer-policy: no-referrer", "content-security-policy: default-src 'none'"]
    {
        assert!(headers.contains(header), "{header}");
    }
    assert!(answer.contains("history.replaceState"), "the code leaves the address");
}

#[tokio::test]
async fn both_addresses_of_this_computer_lead_there() {
    let mut port = Port::open().await;
    let number = port.number;
    let Ok(mut stream) = TcpStream::connect((Ipv6Addr::LOCALHOST, number)).await else {
        assert!(TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await.is_err(), "this computer has IPv6");
        return;
    };
    let request = format!("GET {TRUE} HTTP/1.1\r\nHost: localhost:{number}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    assert_eq!(arrived(&mut port.waiting, Ending::Failed).await, "c");
}

#[tokio::test]
async fn whatever_is_not_the_redirect_gets_404_and_ends_nothing() {
    let mut port = Port::open().await;
    let targets = [
        "/",
        "/favicon.ico",
        "/other?code=c&state=right",
        "/?code=c",
        "/?code=c&state=wrong",
        "/?error=access_denied",
        "/?error=access_denied&state=wrong",
        "/?code=c&state=right&state=wrong",
        "//evil.example/?code=c&state=right",
        "http://localhost/?code=c&state=right",
        "*",
    ];
    for target in targets {
        let answer = port.hit(target).await;
        assert!(answer.starts_with("HTTP/1.1 404") || answer.starts_with("HTTP/1.1 400"), "{target}: {answer}");
    }
    port.is_still_waiting().await;
}

#[tokio::test]
async fn another_host_or_method_or_protocol_gets_nothing() {
    let mut port = Port::open().await;
    let number = port.number;
    let requests = [
        format!("GET {TRUE} HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        format!("GET {TRUE} HTTP/1.1\r\nHost: localhost:1\r\n\r\n"),
        format!("GET {TRUE} HTTP/1.1\r\nHost: localhost.evil.example:{number}\r\n\r\n"),
        format!("GET {TRUE} HTTP/1.1\r\n\r\n"),
        format!("POST {TRUE} HTTP/1.1\r\nHost: localhost:{number}\r\nContent-Length: 0\r\n\r\n"),
        format!("OPTIONS {TRUE} HTTP/1.1\r\nHost: localhost:{number}\r\nOrigin: https://evil.example\r\n\r\n"),
        "\u{16}\u{3}\u{1} hello\r\n\r\n".to_owned(),
    ];
    for request in requests {
        let answer = port.says(&request).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{request}: {answer}");
        assert!(!answer.to_ascii_lowercase().contains("access-control"), "{answer}");
    }
    port.is_still_waiting().await;
}

#[tokio::test]
async fn a_thousand_bad_states_do_not_keep_the_true_one_out() {
    let mut port = Port::open().await;
    for guess in 0..1000 {
        assert!(port.hit(&format!("/?code=c&state=guess{guess}")).await.starts_with("HTTP/1.1 404"));
    }
    port.is_still_waiting().await;
}

#[tokio::test]
async fn callers_who_say_nothing_are_shown_out() {
    let mut port = Port::open().await;
    let mut idle = Vec::new();
    for _ in 0..17 {
        idle.push(port.call().await);
    }
    port.is_still_waiting().await;
}

#[tokio::test]
async fn a_request_without_end_is_refused() {
    let mut port = Port::open().await;
    let answer = port.hit(&format!("/?code={}&state=right", "c".repeat(20_000))).await;
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    port.is_still_waiting().await;
}

#[tokio::test]
async fn a_no_at_the_page_with_the_right_state_ends_it() {
    let mut port = Port::open().await;
    let number = port.number;
    let mut stream = port.call().await;
    let request = format!("GET /?error=access_denied&state=right HTTP/1.1\r\nHost: localhost:{number}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let arrival = timeout(LONG, port.waiting.arrival()).await.unwrap().unwrap();
    assert!(matches!(&arrival.said, Redirect::Ended(error) if error.cause == Cause::Cancelled), "{arrival:?}");
}

#[tokio::test]
async fn only_the_first_redirect_counts() {
    let mut port = Port::open().await;
    port.is_still_waiting().await;
    assert!(port.hit(TRUE).await.starts_with("HTTP/1.1 404"));
    assert!(timeout(LONG, port.waiting.arrival()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_port_that_is_taken_at_one_address_is_not_used_at_the_other() {
    let taken = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await;
    let Ok(taken) = taken else { return };
    let port = taken.local_addr().unwrap().port();
    let refused = Loopback::bind(Some(port)).await.unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::AddrInUse);
    assert_ne!(Loopback::bind(None).await.unwrap().port(), port);
}

#[tokio::test]
async fn the_port_closes_with_whoever_waits() {
    let port = Port::open().await;
    let number = port.number;
    drop(port);
    let closed = async {
        while TcpStream::connect(("127.0.0.1", number)).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    timeout(LONG, closed).await.expect("it closes");
}
