//! Limits requests that a person can repeat with each click: one is sent every few seconds, and its answer is reused.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// The last answer to a question, and the time until which nothing more is asked.
#[derive(Debug)]
pub(crate) struct Recent<Q, A> {
    last: Mutex<Option<Last<Q, A>>>,
}

#[derive(Debug)]
struct Last<Q, A> {
    question: Q,
    answer: A,
    at: Instant,
    wait: Option<Duration>,
}

/// An answer, and the wait that a service asked for in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heard<A> {
    pub(crate) answer: A,
    /// Returns how much of the wait is left.
    pub(crate) wait: Option<Duration>,
}

/// The minimum time between two requests.
const PACE: Duration = Duration::from_secs(3);

impl<Q, A> Default for Recent<Q, A> {
    fn default() -> Recent<Q, A> {
        Recent { last: Mutex::default() }
    }
}

impl<Q: PartialEq, A: Clone> Recent<Q, A> {
    /// Asks, one at a time. Callers with the same question at the same time get the same answer; another question waits for
    /// its turn. While a service has asked for a wait, everybody gets the answer in which it said so.
    pub(crate) async fn ask(&self, question: Q, ask: impl AsyncFnOnce(&Q) -> Heard<A>) -> Heard<A> {
        let mut last = self.last.lock().await;
        if let Some(Last { question: known, answer, at, wait }) = &*last {
            let passed = at.elapsed();
            let wait = wait.map(|wait| wait.saturating_sub(passed)).filter(|left| !left.is_zero());
            let rest = PACE.saturating_sub(passed);
            if wait.is_some() || (*known == question && !rest.is_zero()) {
                return Heard { answer: answer.clone(), wait };
            }
            tokio::time::sleep(rest).await;
        }
        let heard = ask(&question).await;
        *last = Some(Last { question, answer: heard.answer.clone(), at: Instant::now(), wait: heard.wait });
        heard
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn well<A>(answer: A) -> Heard<A> {
        Heard { answer, wait: None }
    }

    #[tokio::test]
    async fn whoever_asks_the_same_at_once_gets_the_same_answer() {
        let (recent, asked) = (Recent::default(), AtomicU32::new(0));
        let ask = async |_: &u8| well(asked.fetch_add(1, Ordering::SeqCst));
        for _ in 0..30 {
            assert_eq!(recent.ask(1, ask).await, well(0));
        }
        let (one, other) = tokio::join!(recent.ask(1, ask), recent.ask(1, ask));
        assert_eq!((one, other, asked.load(Ordering::SeqCst)), (well(0), well(0), 1));
    }

    #[tokio::test(start_paused = true)]
    async fn another_question_waits_for_its_turn() {
        let recent = Recent::default();
        let began = tokio::time::Instant::now();
        for question in 0..3_u8 {
            assert_eq!(recent.ask(question, async |asked| well(*asked)).await, well(question));
        }
        assert!(began.elapsed() > PACE, "{:?}", began.elapsed());
    }

    #[tokio::test]
    async fn while_a_service_wants_to_be_left_alone_nothing_is_asked_whatever_the_question() {
        let recent = Recent::default();
        let busy = Heard { answer: "busy", wait: Some(Duration::from_secs(600)) };
        assert_eq!(recent.ask(0, async |_| busy).await, busy);
        for question in 0..30 {
            let told = recent.ask(question, async |_| panic!("it is left alone")).await;
            assert!(told.answer == "busy" && told.wait.is_some_and(|left| left > Duration::from_secs(590)), "{told:?}");
        }
    }
}
