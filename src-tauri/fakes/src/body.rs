//! Answers as they're sent: complete, or with a fault.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt,
    future::pending,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http_body_util::{Either, Full};
use hyper::{
    Response, StatusCode,
    body::{Body, Bytes, Frame},
    header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue},
};
use tokio::{
    sync::mpsc::{Receiver, channel},
    time::sleep,
};

use crate::{
    Fault,
    answer::{Answer, empty, put},
};

/// A body as it's sent.
pub(crate) type OnWire = Either<Full<Bytes>, Played>;

/// The error that closes the connection.
#[derive(Debug)]
pub(crate) struct Torn;

/// Returns a complete answer.
pub(crate) fn whole(answer: Answer) -> Response<OnWire> {
    answer.map(|text| Either::Left(Full::new(text.into())))
}

/// Returns the certificate revocation list.
pub(crate) fn revoked(list: &[u8]) -> Response<OnWire> {
    let mut response = Response::new(Either::Left(Full::new(list.to_vec().into())));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/pkix-crl"));
    response
}

/// Returns an answer with a fault applied. Calls `answer` only if the request takes effect.
pub(crate) async fn play(fault: Fault, answer: impl FnOnce() -> Answer) -> Result<Response<OnWire>, Torn> {
    match fault {
        Fault::Status { status, headers, body } => {
            let mut other = empty(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
            *other.body_mut() = body;
            Ok(whole(with_headers(other, headers)))
        }
        Fault::Headers { headers } => Ok(whole(with_headers(answer(), headers))),
        Fault::Drop => Err(Torn),
        Fault::Hang => pending().await,
        Fault::Slow { ms } => {
            sleep(Duration::from_millis(ms)).await;
            Ok(whole(answer()))
        }
        Fault::Reset => Ok(torn(answer())),
        Fault::Drip { ms } => Ok(dripping(answer(), Duration::from_millis(ms))),
        Fault::Endless => Ok(endless(answer())),
    }
}

fn with_headers(mut answer: Answer, headers: BTreeMap<String, String>) -> Answer {
    for (name, value) in headers {
        if let Ok(name) = name.parse::<HeaderName>() {
            put(answer.headers_mut(), name, &value);
        }
    }
    answer
}

fn torn(answer: Answer) -> Response<OnWire> {
    with_length(answer).map(|text| {
        let half = Bytes::copy_from_slice(&text.as_bytes()[..text.len() / 2]);
        let (send, played) = channel(1);
        tokio::spawn(async move {
            if send.send(Ok(half)).await.is_ok() {
                // Without a pause, the client receives nothing of the first half.
                sleep(Duration::from_millis(50)).await;
                let _ = send.send(Err(Torn)).await;
            }
        });
        Either::Right(Played(played))
    })
}

fn dripping(answer: Answer, pause: Duration) -> Response<OnWire> {
    with_length(answer).map(|text| {
        let (send, played) = channel(1);
        tokio::spawn(async move {
            for byte in text.into_bytes() {
                sleep(pause).await;
                if send.send(Ok(Bytes::from(vec![byte]))).await.is_err() {
                    return;
                }
            }
        });
        Either::Right(Played(played))
    })
}

fn endless(answer: Answer) -> Response<OnWire> {
    answer.map(|text| {
        let (send, played) = channel(1);
        tokio::spawn(async move {
            let mut next = Bytes::from(text);
            while send.send(Ok(next)).await.is_ok() {
                next = Bytes::from_static(&[b' '; 8192]);
            }
        });
        Either::Right(Played(played))
    })
}

fn with_length(mut answer: Answer) -> Answer {
    let length = answer.body().len().to_string();
    put(answer.headers_mut(), CONTENT_LENGTH, &length);
    answer
}

/// A body that another task sends piece by piece.
pub(crate) struct Played(Receiver<Result<Bytes, Torn>>);

impl Body for Played {
    type Data = Bytes;
    type Error = Torn;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Torn>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

impl fmt::Display for Torn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the stand-in was told to end the connection")
    }
}

impl Error for Torn {}
