//! Replies to requests.

use tokio::sync::oneshot;

use crate::error::Error;

/// Where an answer is sent.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// Answers a request.
pub(crate) fn answer<T>(reply: Reply<T>, result: Result<T, Error>) {
    // Whoever asked may be gone; the status says the same.
    let _ = reply.send(result);
}

/// Logs an error that's reported to a person.
pub(crate) fn told(error: impl Into<Error>) -> Error {
    let error = error.into();
    tracing::info!(%error, trail = ?error.trail, "an error is told");
    error
}
