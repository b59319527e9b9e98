//! A connection that was opened in advance, without a request, for the first request to its host.
//!
//! reqwest has no API for this. Two clients share a [`Preconnected`]. The connector of one stores each connection here
//! and returns an error, so that no request follows. The connector of the other takes the stored connection before it
//! opens its own.

use std::{
    any::Any,
    fmt,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, SystemTime},
};

use tower_layer::Layer;
use tower_service::Service;

/// An older connection is replaced when another is requested.
const AGED: Duration = Duration::from_secs(20);
/// An older connection isn't used: the server may have closed it unnoticed.
const TOO_OLD: Duration = Duration::from_secs(30);

/// A younger connection is assumed to be alive.
const RESTED: Duration = Duration::from_secs(1);
/// How long to wait for a connection that is being opened, before opening another one.
const WORTH_WAITING: Duration = Duration::from_secs(1);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A slot for one connection, shared by its clones.
#[derive(Clone, Default)]
pub(crate) struct Preconnected(Arc<Place>);

#[derive(Default)]
struct Place {
    /// Held while a connection is being opened, so that a request waits for it instead of opening a second one.
    opening: tokio::sync::Mutex<()>,
    kept: Mutex<Option<Idle>>,
    /// Number of connections used after being idle so long that the server may have closed them.
    rested: AtomicU32,
}

struct Idle {
    /// The type of reqwest's connections can't be named.
    connection: Box<dyn Any + Send>,
    /// Wall-clock time, because the monotonic clock can stop while the computer sleeps.
    since: SystemTime,
}

impl Idle {
    fn is_younger_than(&self, age: Duration) -> bool {
        // If the clock was set back, the age is unknown.
        self.since.elapsed().is_ok_and(|elapsed| elapsed < age)
    }
}

/// What a connector does with the [`Preconnected`] slot.
#[derive(Clone)]
pub(crate) enum Tap {
    /// Stores each connection and returns an error.
    Fills(Preconnected),
    /// Takes the stored connection, or opens one.
    Drains(Preconnected),
}

impl Preconnected {
    /// Opens a connection through `attempt`, a request whose connector [fills](Tap::Fills) this slot, unless a young
    /// one is stored. Fails with the attempt's error if it stored no connection.
    pub(crate) async fn open<T, E>(&self, attempt: impl Future<Output = Result<T, E>>) -> Result<(), E> {
        let _opening = self.0.opening.lock().await;
        if self.holds_one_younger_than(AGED) {
            return Ok(());
        }
        self.put(None);
        match attempt.await {
            Err(error) if !self.holds_one_younger_than(TOO_OLD) => Err(error),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Returns the number of used connections that may have been closed.
    pub(crate) fn rested(&self) -> u32 {
        self.0.rested.load(Ordering::Relaxed)
    }

    /// Takes the stored connection; waits briefly for one that is being opened.
    async fn take<C: 'static>(&self) -> Option<C> {
        let _opening = tokio::time::timeout(WORTH_WAITING, self.0.opening.lock()).await;
        let kept = self.put(None)?;
        if !kept.is_younger_than(RESTED) {
            self.0.rested.fetch_add(1, Ordering::Relaxed);
        }
        let connection = kept.is_younger_than(TOO_OLD).then_some(kept.connection)?;
        connection.downcast().ok().map(|connection| *connection)
    }

    fn holds_one_younger_than(&self, age: Duration) -> bool {
        let kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().is_some_and(|kept| kept.is_younger_than(age))
    }

    fn put(&self, kept: Option<Idle>) -> Option<Idle> {
        std::mem::replace(&mut *self.0.kept.lock().unwrap_or_else(PoisonError::into_inner), kept)
    }

    async fn drop_when_too_old(self) {
        let place = Arc::downgrade(&self.0);
        drop(self);
        // The two clocks can differ by milliseconds.
        tokio::time::sleep(TOO_OLD + Duration::from_secs(1)).await;
        if let Some(preconnected) = place.upgrade().map(Preconnected)
            && !preconnected.holds_one_younger_than(TOO_OLD)
        {
            preconnected.put(None);
        }
    }
}

impl fmt::Debug for Preconnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preconnected").finish_non_exhaustive()
    }
}

impl<S> Layer<S> for Tap {
    type Service = Tapped<S>;

    fn layer(&self, connector: S) -> Tapped<S> {
        Tapped { connector, tap: self.clone() }
    }
}

/// A connector with a [`Tap`].
#[derive(Clone)]
pub(crate) struct Tapped<S> {
    connector: S,
    tap: Tap,
}

impl<R, S> Service<R> for Tapped<S>
where
    R: Send + 'static,
    S: Service<R, Error = BoxError> + Clone + Send + 'static,
    S::Response: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        // `poll_ready` was called on the original, not on the clone, so the original makes the call.
        let unasked = self.connector.clone();
        let mut connector = std::mem::replace(&mut self.connector, unasked);
        match self.tap.clone() {
            Tap::Fills(preconnected) => Box::pin(async move {
                let connection = Box::new(connector.call(request).await?);
                preconnected.put(Some(Idle { connection, since: SystemTime::now() }));
                tokio::spawn(preconnected.drop_when_too_old());
                Err("the connection is kept for later".into())
            }),
            Tap::Drains(preconnected) => Box::pin(async move {
                match preconnected.take().await {
                    Some(connection) => Ok(connection),
                    None => connector.call(request).await,
                }
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A connector whose connections are numbers, counted from one.
    #[derive(Clone, Default)]
    struct Counting(Arc<AtomicU32>);

    impl Service<()> for Counting {
        type Response = u32;
        type Error = BoxError;
        type Future = Pin<Box<dyn Future<Output = Result<u32, BoxError>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, (): ()) -> Self::Future {
            let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
            Box::pin(async move {
                tokio::task::yield_now().await;
                Ok(number)
            })
        }
    }

    struct Host {
        made: Counting,
        preconnected: Preconnected,
    }

    impl Host {
        fn new() -> Host {
            Host { made: Counting::default(), preconnected: Preconnected::default() }
        }

        async fn open(&self) -> Result<(), BoxError> {
            let mut connector = Tap::Fills(self.preconnected.clone()).layer(self.made.clone());
            self.preconnected.open(async { connector.call(()).await }).await
        }

        async fn connect(&self) -> u32 {
            Tap::Drains(self.preconnected.clone()).layer(self.made.clone()).call(()).await.unwrap()
        }

        fn made(&self) -> u32 {
            self.made.0.load(Ordering::SeqCst)
        }

        fn age(&self, by: Duration) {
            let mut kept = self.preconnected.0.kept.lock().unwrap();
            kept.as_mut().unwrap().since -= by;
        }
    }

    #[tokio::test]
    async fn what_was_opened_ahead_is_used_once() {
        let host = Host::new();
        host.open().await.unwrap();
        assert_eq!([host.connect().await, host.connect().await], [1, 2]);
    }

    #[tokio::test]
    async fn a_young_one_is_not_opened_anew_and_an_aged_one_is() {
        let host = Host::new();
        host.open().await.unwrap();
        host.open().await.unwrap();
        assert_eq!(host.made(), 1);
        host.age(AGED);
        host.open().await.unwrap();
        assert_eq!(host.made(), 2);
        assert_eq!(host.connect().await, 2);
    }

    #[tokio::test]
    async fn one_that_is_too_old_is_not_used() {
        let host = Host::new();
        host.open().await.unwrap();
        host.age(TOO_OLD);
        assert_eq!(host.connect().await, 2);
    }

    #[tokio::test]
    async fn one_whose_age_nobody_knows_is_not_used() {
        let host = Host::new();
        host.open().await.unwrap();
        host.preconnected.0.kept.lock().unwrap().as_mut().unwrap().since += Duration::from_secs(3600);
        assert_eq!(host.connect().await, 2);
    }

    #[tokio::test]
    async fn whoever_connects_while_one_is_opened_waits_for_it() {
        let host = Host::new();
        let (opened, connection) = tokio::join!(biased; host.open(), host.connect());
        opened.unwrap();
        assert_eq!((connection, host.made()), (1, 1));
    }

    #[tokio::test]
    async fn where_none_can_be_opened_the_reason_is_told() {
        let preconnected = Preconnected::default();
        let refused = preconnected.open(async { Err::<(), _>("refused") }).await;
        assert_eq!(refused, Err("refused"));
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_nobody_took_is_dropped() {
        let host = Host::new();
        host.open().await.unwrap();
        host.age(TOO_OLD);
        tokio::time::sleep(TOO_OLD * 2).await;
        assert!(host.preconnected.0.kept.lock().unwrap().is_none());
    }
}
