//! A clock that is moved by hand. Tokio's own paused clock would jump over every answer of the keyring's thread.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use spartan_auth::clock::Clock;
use tokio::sync::watch;
use uuid::Uuid;

/// This computer's clock, and what time it really is.
#[derive(Clone)]
pub struct HandClock {
    hands: Arc<watch::Sender<Hands>>,
    sleeper: Arc<watch::Sender<Sleeper>>,
}

#[derive(Clone, Copy)]
struct Hands {
    shown: Timestamp,
    real: Timestamp,
    /// What timers count: it stands still while the computer sleeps.
    awake: Duration,
    boot: u128,
    /// When the computer was really started.
    started: Timestamp,
}

#[derive(Clone, Copy, Default)]
struct Sleeper {
    asleep: bool,
    times: u64,
}

/// How long the computer has run when a test begins.
const STARTED: SignedDuration = SignedDuration::from_hours(1);

impl HandClock {
    pub fn new() -> HandClock {
        let now = Timestamp::from_second(1_795_284_000).unwrap();
        let hands = Hands { shown: now, real: now, awake: Duration::ZERO, boot: 1, started: now - STARTED };
        HandClock { hands: Arc::new(watch::Sender::new(hands)), sleeper: Arc::default() }
    }

    /// The same clock for another session, which sleeps by itself.
    pub fn beside(&self) -> HandClock {
        HandClock { hands: self.hands.clone(), sleeper: Arc::default() }
    }

    /// What time it really is, as the services know it.
    pub fn real(&self) -> Timestamp {
        self.hands.borrow().real
    }

    /// How far this computer's clock is ahead.
    pub fn error(&self) -> SignedDuration {
        let Hands { shown, real, .. } = *self.hands.borrow();
        shown.duration_since(real)
    }

    /// Time goes by for programs that have no session to wait for.
    pub fn go_on(&self, time: SignedDuration) {
        self.move_by(time, time, time);
    }

    /// Time goes by, 15 s or more; returns when the session has done what became due, and waits again.
    pub async fn pass(&self, time: SignedDuration) {
        self.quiet().await;
        let before = self.sleeper.borrow().times;
        self.move_by(time, time, time);
        let mut sleeper = self.sleeper.subscribe();
        sleeper.wait_for(|sleeper| sleeper.asleep && sleeper.times > before).await.unwrap();
    }

    /// The computer sleeps; timers do not notice.
    pub async fn suspend(&self, time: SignedDuration) {
        self.quiet().await;
        self.move_by(time, time, SignedDuration::ZERO);
    }

    /// Somebody sets this computer's clock.
    pub async fn set(&self, by: SignedDuration) {
        self.quiet().await;
        self.move_by(by, SignedDuration::ZERO, SignedDuration::ZERO);
    }

    /// Sets this computer's clock, without waiting for the effects.
    pub fn set_at_once(&self, by: SignedDuration) {
        self.move_by(by, SignedDuration::ZERO, SignedDuration::ZERO);
    }

    /// Restarts the computer.
    pub fn restart(&self) {
        self.hands.send_modify(|hands| (hands.boot, hands.started) = (hands.boot + 1, hands.real));
    }

    /// Waits until the session waits for time or requests alone.
    pub async fn quiet(&self) {
        self.sleeper.subscribe().wait_for(|sleeper| sleeper.asleep).await.unwrap();
    }

    fn move_by(&self, shown: SignedDuration, real: SignedDuration, awake: SignedDuration) {
        self.hands.send_modify(|hands| {
            hands.shown += shown;
            hands.real += real;
            hands.awake += awake.unsigned_abs();
        });
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        self.hands.borrow().shown
    }

    fn elapsed(&self) -> Duration {
        let Hands { real, started, .. } = *self.hands.borrow();
        real.duration_since(started).unsigned_abs()
    }

    fn boot(&self) -> Option<Uuid> {
        Some(Uuid::from_u128(self.hands.borrow().boot))
    }

    async fn sleep(&self, time: Duration) {
        let mut hands = self.hands.subscribe();
        let ends = hands.borrow().awake + time;
        let _asleep = Asleep::new(&self.sleeper);
        hands.wait_for(|hands| hands.awake >= ends).await.unwrap();
    }
}

struct Asleep<'a>(&'a watch::Sender<Sleeper>);

impl Asleep<'_> {
    fn new(sleeper: &watch::Sender<Sleeper>) -> Asleep<'_> {
        sleeper.send_modify(|sleeper| *sleeper = Sleeper { asleep: true, times: sleeper.times + 1 });
        Asleep(sleeper)
    }
}

impl Drop for Asleep<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|sleeper| sleeper.asleep = false);
    }
}
